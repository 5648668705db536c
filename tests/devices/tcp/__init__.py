"""Tests of readers on the network."""
