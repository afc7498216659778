"""docs/security.md answers each requirement of the standard, and names real files."""

import re
from collections import Counter

from django.conf import settings

PAGE = (settings.BASE_DIR / "docs/security.md").read_text()
ROWS = re.findall(r"^\| (V[\d.]+) \| ([12]) \| ([a-z ]+) \| (.+) \|$", PAGE, re.M)
# The requirements of OWASP ASVS 5.0 at levels 1 and 2, by section.
LEVEL_2 = """
V1.1:1-2 V1.2:1-9 V1.3:1-11 V1.4:1-3 V1.5:1-2 V2.1:1-3 V2.2:1-3 V2.3:1-4 V2.4:1-1
V3.2:1-2 V3.3:1-4 V3.4:1-6 V3.5:1-5 V3.7:1-2 V4.1:1-3 V4.2:1-1 V4.3:1-2 V4.4:1-4
V5.1:1-1 V5.2:1-3 V5.3:1-2 V5.4:1-3 V6.1:1-3 V6.2:1-12 V6.3:1-4 V6.4:1-4 V6.5:1-5
V6.6:1-3 V6.8:1-4 V7.1:1-3 V7.2:1-4 V7.3:1-2 V7.4:1-5 V7.5:1-2 V7.6:1-2 V8.1:1-2
V8.2:1-3 V8.3:1-1 V8.4:1-1 V9.1:1-3 V9.2:1-4 V10.1:1-2 V10.2:1-2 V10.3:1-4
V10.4:1-11 V10.5:1-5 V10.6:1-2 V10.7:1-3 V11.1:1-2 V11.2:1-3 V11.3:1-3 V11.4:1-4
V11.5:1-1 V11.6:1-1 V12.1:1-3 V12.2:1-2 V12.3:1-4 V13.1:1-1 V13.2:1-5 V13.3:1-2
V13.4:1-5 V14.1:1-2 V14.2:1-4 V14.3:1-3 V15.1:1-3 V15.2:1-3 V15.3:1-7 V16.1:1-1
V16.2:1-5 V16.3:1-4 V16.4:1-3 V16.5:1-3 V17.1:1-1 V17.2:1-4 V17.3:1-2
"""


def required_numbers() -> list[str]:
    requirements = []
    for section in LEVEL_2.split():
        name, first, last = re.split("[:-]", section)
        requirements += [f"{name}.{n}" for n in range(int(first), int(last) + 1)]
    return requirements


def test_each_requirement_is_answered_once_and_in_order() -> None:
    assert [number for number, *_ in ROWS] == required_numbers()


def test_the_verdicts_are_counted() -> None:
    count = Counter(verdict for _, _, verdict, _ in ROWS)
    assert set(count) == {"met", "not met", "not applicable"}
    assert (
        f"Of {len(ROWS)} requirements {count['met']} are met, {count['not met']} are "
        f"not and {count['not applicable']} do not apply."
    ) in PAGE


def test_every_file_it_names_is_there() -> None:
    named = set(re.findall(r"`((?:\w+/)+[\w.-]*)`", PAGE))
    named |= {f"docs/{name}" for name in re.findall(r"\]\(([^)#]+)\)", PAGE)}
    assert "tests/server/test_timely.py" in named
    missing = {name for name in named if not (settings.BASE_DIR / name).exists()}
    assert missing == set()
