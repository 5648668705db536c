"""Work: what is to be done on the floor: plans of counts and what is due by them, who has which task, what is next."""
