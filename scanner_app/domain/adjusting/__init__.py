"""Adjusting: what a correction of stock does, and whether the reason that is given for it fits. Pure."""
