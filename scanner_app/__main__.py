"""The console script. Before anything else is imported, the terminal of ``scanner run`` is made raw.

Until then a control byte in a scan would be a signal or an edit; see the decision on raw mode.
"""

import sys


def main() -> None:
    """Run the command line; never returns."""
    if "run" in sys.argv[1:4] and "--help" not in sys.argv:
        from screens.rawmode import enter_raw_mode

        enter_raw_mode()
    from scanner_app.cli import run_cli

    run_cli()


if __name__ == "__main__":
    main()
