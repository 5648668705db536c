"""The signs that part the elements of a code."""

GS = "\x1d"
RS = "\x1e"
EOT = "\x04"
