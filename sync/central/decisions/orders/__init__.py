"""Orders: what changes devices and people, one file a kind; each is a numbered word and is done once."""
