"""Counting: a model of a site, histories for it, the named cases; for the tests of the domain and of the centre."""
