"""Kinds of orders: the registry. A new one is a file beside this, and a line here."""

from msgspec import Struct

from scanner_app.domain.desk.asks import AdmitDevice, RenameDevice, RetireOperator, RevokeDevice, SetPin
from scanner_app.domain.desk.work_asks import CloseStocktake
from sync.central.decisions.orders.admit_device import ADMIT_DEVICE
from sync.central.decisions.orders.close_stocktake import CLOSE_STOCKTAKE
from sync.central.decisions.orders.effect import OrderKind
from sync.central.decisions.orders.rename_device import RENAME_DEVICE
from sync.central.decisions.orders.retire_operator import RETIRE_OPERATOR
from sync.central.decisions.orders.revoke_device import REVOKE_DEVICE
from sync.central.decisions.orders.set_pin import SET_PIN

ORDERS: dict[type[Struct], OrderKind] = {
    RevokeDevice: REVOKE_DEVICE,
    AdmitDevice: ADMIT_DEVICE,
    RenameDevice: RENAME_DEVICE,
    SetPin: SET_PIN,
    RetireOperator: RETIRE_OPERATOR,
    CloseStocktake: CLOSE_STOCKTAKE,
}
