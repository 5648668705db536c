"""Readers on serial ports and USB-CDC: the port, the marks of spoilt bytes, the thread that reads."""
