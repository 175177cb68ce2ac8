#!/usr/bin/env python
"""The command line of Maillage."""

import os
import sys


def main():
    # The demo is the only run with a persona switcher; asking for it is what turns it on.
    if sys.argv[1:2] == ["demo"]:
        os.environ.setdefault("MAILLAGE_DEMO", "yes")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.local")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
