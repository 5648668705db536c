"""Centre: what processes ask of it alike: an order and the PIN that it wants, a PIN that somebody gives themselves."""
