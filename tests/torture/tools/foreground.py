"""Starts the program as a shell does: on a terminal that controls it, so that control bytes can become signals."""

import fcntl
import os
import sys
import termios

if __name__ == "__main__":
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)
    os.execv(sys.executable, [sys.executable, "-m", *sys.argv[1:]])
