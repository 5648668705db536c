"""Exports: what the store holds, as lines and workbooks."""
