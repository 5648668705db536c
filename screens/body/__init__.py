"""The body of a screen: what is known and what there is to choose, as rows in which nothing that matters is cut."""
