"""The commands behind `make`: needs Python 3.11 or later, pip, and nothing else."""

import sys
from pathlib import Path


def main() -> int:
    # A number, because older Pythons must still be able to read this file and say so.
    if sys.hexversion < 0x030B0000:
        sys.exit("This project needs Python 3.11 or later; try make PYTHON=python3.11.")
    # In place of this folder, whose module names would hide the standard library's.
    sys.path[0] = str(Path(__file__).resolve().parents[1])
    from dev import commands

    return commands.main(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
