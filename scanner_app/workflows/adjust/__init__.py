"""Adjust: stock is taken out, brought in or changes its status, for a reason; what goes too far waits for somebody."""
