"""The demo warehouse: goods, places, people and stock, made from a seed."""
