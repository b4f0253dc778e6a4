"""The one exception of the lab that a user is meant to read."""

from __future__ import annotations

import sys
from collections.abc import Callable


class LabError(Exception):
    """A problem the user can fix; its text names the thing and says what to do."""


def exit_with_line(main: Callable[[], None]) -> None:
    """Run a command line's main; a `LabError` becomes one line on stderr and exit code 1."""
    try:
        main()
    except LabError as error:
        print(f"error: {error}", file=sys.stderr)
        raise SystemExit(1) from None
