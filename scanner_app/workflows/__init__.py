"""Workflows: the processes of the floor as scripts of questions, and the library of them."""
