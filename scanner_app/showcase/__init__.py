"""The showcase: `scanner demo`, and the PostgreSQL server that it starts."""
