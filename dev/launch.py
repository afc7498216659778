"""The commands behind `make`: needs Python 3.11 or later, pip, and nothing else."""

import sys
from pathlib import Path

if sys.version_info < (3, 11):  # noqa: UP036 - says so in a sentence on older ones
    sys.exit("This project needs Python 3.11 or later; try make PYTHON=python3.11.")

# In place of this folder, whose module names would hide the standard library's.
sys.path[0] = str(Path(__file__).resolve().parents[1])

from dev import commands  # noqa: E402 - the path above comes first

if __name__ == "__main__":
    sys.exit(commands.main(sys.argv[1:]))
