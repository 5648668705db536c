"""Tasks: what is to be counted, who has it, and how far a stocktake is, for whoever may decide that."""
