"""Opens the desk: the screen when no command is named, else the command line."""

import sys

from complaint_desk import locale
from complaint_desk.startup import language_from, read_global_flags


def main() -> None:
    """Run the program with the arguments it was called with."""
    options = read_global_flags(sys.argv[1:])
    if options is not None:
        locale.use(language_from(options))
        from complaint_desk.app import run

        run(options)
        return
    from complaint_desk.cli.main import run as run_command

    sys.exit(run_command(sys.argv[1:]))


if __name__ == "__main__":
    main()
