"""The console script. Before anything else is imported, the terminal of ``scanner run`` is made raw.

Until then a control byte in a scan would be a signal or an edit of the line.
"""

import os
import sys

from screens.charset.encoding import AUTO, fit_streams, forget_coercion
from screens.streams import stand_in


def main() -> None:
    """Run the command line; never returns. Whatever it writes is for this user alone: the cache holds a token."""
    os.umask(0o077)
    stand_in()
    forget_coercion(os.environ)
    fit_streams(AUTO, os.environ)
    if _command(sys.argv[1:]) == "run" and not {"-h", "--help"} & set(sys.argv):
        from screens.rawmode import enter_raw_mode

        enter_raw_mode()
    from scanner_app.cli.direct import direct, run_direct

    if (asked := direct(sys.argv[1:])) is not None:
        run_direct(asked)
    from scanner_app.cli.main import run_cli

    run_cli()


def _command(arguments: list[str]) -> str:
    """The first word that is neither an option nor the value of one."""
    before = ""
    for argument in arguments:
        if not argument.startswith("-") and before != "--config":
            return argument
        before = argument
    return ""


if __name__ == "__main__":
    main()
