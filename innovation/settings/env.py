"""Typed readers of environment variables.

Each stops the process with a sentence that names the variable, so that a wrong or
missing setting is noticed at the start and not by a user.
"""

import os
from urllib.parse import parse_qs, unquote, urlsplit


class WrongSetting(SystemExit):
    """Ends the process with a message and no traceback."""

    def __init__(self, name: str, problem: str) -> None:
        super().__init__(f"Setting {name}: {problem}")


def read_text(name: str, default: str | None = None) -> str:
    value = os.environ.get(name, "").strip()
    if value:
        return value
    if default is None:
        raise WrongSetting(
            name,
            "it is missing. Set it in the environment; "
            "docs/production.md says what it holds.",
        )
    return default


def read_flag(name: str, *, default: bool = False) -> bool:
    value = os.environ.get(name, "").strip().lower()
    if not value:
        return default
    if value in {"1", "true", "yes", "on"}:
        return True
    if value in {"0", "false", "no", "off"}:
        return False
    raise WrongSetting(name, f"“{value}” is not 1 or 0.")


def read_whole_number(name: str, default: int, *, at_least: int = 0) -> int:
    value = os.environ.get(name, "").strip()
    if not value:
        return default
    if not value.isdecimal() or int(value) < at_least:
        raise WrongSetting(
            name, f"“{value}” is not a whole number of {at_least} or more."
        )
    return int(value)


def read_list(name: str, default: str | None = None) -> list[str]:
    words = [
        word.strip() for word in read_text(name, default).split(",") if word.strip()
    ]
    if not words and default is None:
        raise WrongSetting(name, "it holds no value.")
    return words


def read_secret(name: str) -> str:
    value = read_text(name)
    if len(value) < 50 or len(set(value)) < 5:
        raise WrongSetting(
            name, "it is too short or too simple; use 50 random characters or more."
        )
    return value


# The wide queries join tables in a good order already. Trying every order of nine
# tables takes PostgreSQL twenty times as long as the query itself.
_PLANNER_OPTION = "-c join_collapse_limit=5"
# Notice soon that a database no longer answers.
_CONNECTION_OPTIONS = {
    "connect_timeout": 5,
    "keepalives_idle": 30,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 15_000,
}


def read_base_url(name: str, *, plain_http: bool) -> str:
    """`https://host`, without a path: links in letters start with it."""
    value = read_text(name).rstrip("/")
    url = urlsplit(value)
    schemes = {"https", "http"} if plain_http else {"https"}
    if url.scheme not in schemes or not url.hostname or url.path:
        raise WrongSetting(name, "it must look like https://service.example.")
    return value


def read_database(name: str) -> dict[str, object]:
    """`postgresql://user:password@host:port/database?host=/socket/folder`."""
    url = urlsplit(read_text(name))
    if url.scheme not in {"postgres", "postgresql"} or not url.path.strip("/"):
        raise WrongSetting(
            name, "it must look like postgresql://user:password@host:5432/database."
        )
    query = {key: values[-1] for key, values in parse_qs(url.query).items()}
    host = query.pop("host", unquote(url.hostname or ""))
    try:
        port = str(url.port or query.pop("port", ""))
    except ValueError:
        raise WrongSetting(name, "its port is not a number.") from None
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(url.path.strip("/")),
        "USER": unquote(url.username or ""),
        "PASSWORD": unquote(url.password or ""),
        "HOST": host,
        "PORT": port,
        "OPTIONS": {"options": _PLANNER_OPTION, **_CONNECTION_OPTIONS, **query},
    }


def read_broker(name: str) -> str:
    value = read_text(name)
    schemes = ("redis://", "rediss://", "redis+socket://", "amqp://", "amqps://")
    if not value.startswith(schemes):
        raise WrongSetting(name, f"it must begin with one of {', '.join(schemes)}.")
    return value


def read_scanner(name: str, default: str | None = None) -> str:
    """`unix:///run/clamav/clamd.ctl` or `tcp://host:3310`."""
    value = read_text(name, default)
    url = urlsplit(value)
    is_valid = (url.scheme == "unix" and url.path and not url.hostname) or (
        url.scheme == "tcp" and url.hostname
    )
    if value and not is_valid:
        raise WrongSetting(
            name, "it must look like unix:///run/clamav/clamd.ctl or tcp://host:3310."
        )
    return value
