"""The path of a scanner that types, from its keys to the terminal: a printed sheet, and what arrives of its codes."""
