"""Adjusting as a whole: what must not go unsaid of it, at the centre and at the device."""
