"""Connectors: the book as other systems read it, such as an ERP."""
