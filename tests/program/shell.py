"""Becomes a command line of the shell."""

import os
import sys

if __name__ == "__main__":
    os.execv("/bin/sh", ["sh", "-c", f"exec {sys.argv[1]}"])
