"""Codes, whatever they hold: any changed digit is noticed, and no work goes beyond its bound."""
