"""Devices: bytes in from scanners, labels and beeps out; no warehouse is known here."""
