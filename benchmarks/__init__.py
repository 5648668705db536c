"""Benchmarks: the product against a floor, measured in turn in the same run."""
