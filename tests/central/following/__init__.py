"""Counters who follow their tasks: real devices at a real centre, which is called without HTTP."""
