"""docs/production.md is true."""

import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection

from innovation.core import clock
from innovation.notifications import delivery, letters
from innovation.notifications.models import Letter, LetterState

PAGE = (settings.BASE_DIR / "docs/production.md").read_text()
READ = re.compile(r"""env\.\w+\(\s*"([A-Z0-9_]+)\"""")


def test_every_variable_that_the_settings_read_is_explained() -> None:
    files = (settings.BASE_DIR / "innovation/settings").glob("*.py")
    read = {name for file in files for name in READ.findall(file.read_text())}
    assert "DATABASE_URL" in read
    assert {name for name in read if f"`{name}`" not in PAGE} == set()


@pytest.mark.django_db
def test_a_restored_letter_that_was_due_is_left_to_a_person() -> None:
    now = clock.now()
    (letter,) = letters.queue_written(
        "account", addresses=["reader@example.org"], title="Hello", text="…", at=now
    )
    [statement] = re.findall(r"(UPDATE notifications_letter .*?;)", PAGE, re.DOTALL)
    with connection.cursor() as cursor:
        cursor.execute(statement)

    assert delivery.sweep(until=now + timedelta(days=1)) == 0
    assert Letter.objects.get() == letter
    assert Letter.objects.get().state == LetterState.IN_DOUBT
