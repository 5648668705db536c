"""Languages: what an operator reads, from the catalogues of translated sentences."""
