"""Kinds of question: each file is one, with how it is asked, judged, told and drawn."""
