"""Supervise: what waits for somebody is decided, devices and people are looked after."""
