"""Typed readers of the environment.

Each stops the process with one sentence that names the variable, so that a wrong
or missing setting is met at the start and never by a user.
"""

import os
from urllib.parse import parse_qs, unquote, urlsplit


class WrongSetting(SystemExit):
    """Ends the process: the message is the whole story."""

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
    found = [
        word.strip() for word in read_text(name, default).split(",") if word.strip()
    ]
    if not found and default is None:
        raise WrongSetting(name, "it holds no value.")
    return found


def read_secret(name: str) -> str:
    value = read_text(name)
    if len(value) < 50 or len(set(value)) < 5:
        raise WrongSetting(
            name, "it is too short or too simple; use 50 random characters or more."
        )
    return value


# Our wide queries hang small facts on one row, in an order that is right as written.
# To weigh every order of nine tables takes twenty times as long as the query itself.
_PLANNER_OPTION = "-c join_collapse_limit=5"


# A database that answers nothing is away, and soon known to be so.
_CONNECTION_OPTIONS = {
    "connect_timeout": 5,
    "keepalives_idle": 30,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 15_000,
}


def read_base_url(name: str, *, plain_http: bool) -> str:
    """`https://host`, without a path: links in letters begin with it."""
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
    known = ("redis://", "rediss://", "redis+socket://", "amqp://", "amqps://")
    if not value.startswith(known):
        raise WrongSetting(name, f"it must begin with one of {', '.join(known)}.")
    return value


def read_scanner(name: str, default: str | None = None) -> str:
    """`unix:///run/clamav/clamd.ctl` or `tcp://host:3310`."""
    value = read_text(name, default)
    url = urlsplit(value)
    known = (url.scheme == "unix" and url.path and not url.hostname) or (
        url.scheme == "tcp" and url.hostname
    )
    if value and not known:
        raise WrongSetting(
            name, "it must look like unix:///run/clamav/clamd.ctl or tcp://host:3310."
        )
    return value
