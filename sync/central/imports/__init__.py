"""Imports: tables of others become master data and opening stock, whole or not at all."""
