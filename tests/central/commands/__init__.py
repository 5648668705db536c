"""The commands of the desk at the centre, over a store of each engine."""
