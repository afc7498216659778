"""A setting that is unsafe in production stops the process with a message."""

import subprocess
import sys

import pytest
from django.conf import settings

PRODUCTION = {
    "DATABASE_URL": "postgresql://app@db/innovation",
    "CELERY_BROKER_URL": "redis://broker/0",
    "DJANGO_SECRET_KEY": "qhs8dJ2kL0pZx7Vb3NmQwErTyUiOpAsDfGhJkLzXcVbNm1234567890ab",
    "DJANGO_ALLOWED_HOSTS": "service.example",
    "DJANGO_BASE_URL": "https://service.example",
    "LETTER_GATEWAY": "innovation.notifications.gateways.Smtp",
    "DEFAULT_FROM_EMAIL": "no-reply@service.example",
    "CLAMD": "unix:///run/clamav/clamd.ctl",
}


def start(**changed: str) -> str:
    """What the service prints when it starts; empty if it starts."""
    process = subprocess.run(
        [sys.executable, "-c", "import innovation.settings"],
        env=PRODUCTION | changed,
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
    )
    return process.stderr.strip()


def test_production_starts() -> None:
    assert start() == ""


def test_a_browser_takes_every_cookie_of_production_from_this_host_only() -> None:
    """Also of those that are set before somebody signs in."""
    names = [name for name in dir(settings) if name.endswith("COOKIE_NAME")]
    names.remove("LANGUAGE_COOKIE_NAME")  # Set by nobody: there is one language.
    code = f"from innovation import settings as s; print(*(s.{', s.'.join(names)},))"
    output = subprocess.check_output(
        [sys.executable, "-c", code], env=PRODUCTION, cwd=settings.BASE_DIR, text=True
    )
    assert output.split() == [f"__Host-{getattr(settings, name)}" for name in names]
    assert len(names) == 4


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("DJANGO_BASE_URL", "http://service.example", "it must look like https://"),
        ("DJANGO_BASE_URL", "service.example", "it must look like https://"),
        ("DJANGO_SECRET_KEY", "", "it is missing"),
        ("CLAMD", "", "it is missing"),
        ("CLAMD", "/run/clamav/clamd.ctl", "it must look like unix:///run"),
        ("CLAMD", "tcp://", "it must look like unix:///run"),
        ("DOCUMENT_MOST_MEGABYTES", "25", "it must be less than 25"),
        ("TRUST_REQUEST_START", "maybe", "is not 1 or 0"),
        ("S3_BUCKET", "uploads", "it needs the packages of requirements/s3.txt"),
        (
            "LETTER_GATEWAY",
            "innovation.notifications.gateways.Postbox",
            "it sends no letters",
        ),
    ],
)
def test_a_wrong_setting_is_named(name: str, value: str, sentence: str) -> None:
    message = start(**{name: value})
    assert message.startswith(f"Setting {name}: ")
    assert sentence in message
    assert "\n" not in message


def test_a_balancers_word_is_not_trusted_where_there_is_none() -> None:
    message = start(TRUST_REQUEST_START="1", TRUSTED_PROXIES="0")
    assert message.startswith("Setting TRUST_REQUEST_START: TRUSTED_PROXIES is 0")
    assert start(TRUST_REQUEST_START="1", TRUSTED_PROXIES="1") == ""
