"""Build, measure, grow, measure again; print one table."""

import os
import sys

import django

from tests.benchmarks import database

SIZES = (1_000, 10_000, 100_000)


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "innovation.settings")
    os.environ["API_REQUESTS_A_MINUTE"] = "1000000"
    sizes = tuple(int(size) for size in sys.argv[1:]) or SIZES
    with database.throwaway():
        django.setup()
        # Only now are there settings and apps to import.
        from tests.benchmarks import run

        run.main(sizes)


if __name__ == "__main__":
    main()
