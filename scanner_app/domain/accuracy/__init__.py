"""Accuracy: how true the book is, as figures made from what was counted; each with its formula. Pure."""
