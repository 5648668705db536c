"""Screens: the faces, full screen and line mode; they paint a view and know nothing else."""
