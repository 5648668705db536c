"""Tests of readers on HID."""
