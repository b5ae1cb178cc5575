#!/usr/bin/env python
"""Django's command line for this project."""

import os
import sys
from pathlib import Path


def assume_a_trial(environment, folder):
    """With neither a .env nor a SECRET_KEY, this is somebody trying it out: DEBUG and DEMO, unless they say otherwise.

    Only commands come through here. The server (wsgi.py) refuses to start without a SECRET_KEY.
    """
    if not (folder / ".env").exists() and not environment.get("SECRET_KEY"):
        environment.setdefault("DEBUG", "true")
        environment.setdefault("DEMO", "true")


def main():
    assume_a_trial(os.environ, Path(__file__).resolve().parent)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cse_board.settings")
    from django.core import management
    from django.db import InterfaceError, OperationalError

    try:
        management.execute_from_command_line(sys.argv)
    except (OperationalError, InterfaceError) as problem:
        # Whoever reads the journal in the morning wants to know what was away, not where in the program that was met.
        if "--traceback" in sys.argv:
            raise
        sys.exit(f"The database did not answer as it should: {str(problem).strip()}")


if __name__ == "__main__":
    main()
