"""Rules of counting, each broken on purpose, with the case by which that is noticed."""
