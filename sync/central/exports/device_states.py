"""Devices as a listing: what each was last heard to say, and never its token."""

from sqlalchemy import select

from sync.central.database.tables import devices
from sync.central.exports.listing import Listing

_TOLD = [column for column in devices.c if column is not devices.c.token_hash]
DEVICE_STATES = Listing(select(*_TOLD).order_by(devices.c.site, devices.c.device))
