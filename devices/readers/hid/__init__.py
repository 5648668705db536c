"""Readers on HID: keyboards (evdev) and HID-POS (hidraw), drained by a process of their own and decoded here."""
