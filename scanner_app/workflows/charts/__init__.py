"""Charts: the flow charts of the scripts, drawn by running them on examples."""
