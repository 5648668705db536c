"""Answers: what a scanner is told of each code, in bytes that come from its profile and from nowhere else."""
