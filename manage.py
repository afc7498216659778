#!/usr/bin/env python
"""Django's command line for this project."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "innovation.settings")
    from django.core.management import execute_from_command_line

    from innovation.core import timeouts

    timeouts.set_process_timeouts(timeouts.COMMAND)
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
