"""A session at the desk: it asks the centre, gives orders, and decides."""
