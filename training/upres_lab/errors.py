"""The one exception of the lab that a user is meant to read."""

from __future__ import annotations

import sys
from collections.abc import Callable


class LabError(Exception):
    """A problem the user can fix; its text names the thing and says what to do."""


def another_network(where: str) -> LabError:
    """What a user reads whose weights, at `where`, do not fit the network of the options."""
    return LabError(
        f"{where} is of another network than the options make; give the --arch, --scale,"
        " --channels, --depth and --block it has"
    )


def exit_with_line(main: Callable[[], None]) -> None:
    """Run a command line's main; a `LabError` becomes one line on stderr and exit code 1."""
    try:
        main()
    except LabError as error:
        print(f"error: {error}", file=sys.stderr)
        raise SystemExit(1) from None
