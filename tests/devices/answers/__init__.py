"""Tests of answers to scanners."""
