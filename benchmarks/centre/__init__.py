"""The centre measured: pushes, storms, first pulls, news, past balances."""
