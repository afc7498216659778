"""The environment variables for the project's settings and for the installers."""

import os
import secrets
import ssl
from pathlib import Path

from dev import paths, programs
from dev.instance import Instance


def project_environment(
    instance: Instance, addresses: dict[str, str], port: int
) -> dict[str, str]:
    """Values that the person has set win, except where a command needs its own."""
    variables = {
        "DEMONSTRATION": "1",
        "DJANGO_SECRET_KEY": _secret_key(),
        "DJANGO_ALLOWED_HOSTS": "localhost,127.0.0.1",
        "DJANGO_BASE_URL": f"http://127.0.0.1:{port}",
        "DJANGO_SETTINGS_MODULE": "innovation.settings",
        "MEDIA_ROOT": str(instance.folder / "media"),
        "NODE_MODULES": str(paths.NODE_MODULES),
        "STATIC_ROOT": str(paths.STATIC),
        **os.environ,
        **addresses,
        "PATH": _search_path([paths.VENV / "bin", *_postgres_programs()]),
        "PYTHONUNBUFFERED": "1",
        "VIRTUAL_ENV": str(paths.VENV),
    }
    variables.pop("PYTHONHOME", None)
    # Without compiled files every process would spend seconds on reading its imports.
    variables.pop("PYTHONDONTWRITEBYTECODE", None)
    if not os.environ.get("DATABASE_URL"):
        variables["PGHOST"] = str(instance.sockets("postgres"))
        variables["PGUSER"] = variables["PGDATABASE"] = "innovation"
    return variables


def _search_path(folders: list[Path]) -> str:
    return os.pathsep.join([*map(str, folders), os.environ.get("PATH", "")])


def _postgres_programs() -> list[Path]:
    """For psql and pg_dump by hand, of the server's own version."""
    if os.environ.get("DATABASE_URL"):
        return []
    return [programs.postgres_folder(programs.unprivileged_user())]


def installer_environment() -> dict[str, str]:
    """For pip, uv and npm: no Python downloads, the system's certificates."""
    variables = dict(os.environ)
    defaults = {
        "UV_PYTHON_DOWNLOADS": "never",
        "UV_NO_PROGRESS": "1",
        "UV_NO_CONFIG": "1",
        "UV_HTTP_RETRIES": "2",
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        "PIP_NO_INPUT": "1",
        "PIP_RETRIES": "2",
        "PIP_DEFAULT_TIMEOUT": "20",
        "PIP_ROOT_USER_ACTION": "ignore",
    }
    if "PIP_INDEX_URL" in variables:
        defaults["UV_DEFAULT_INDEX"] = variables["PIP_INDEX_URL"]
    certificates = variables.get("PIP_CERT") or ssl.get_default_verify_paths().cafile
    if certificates and Path(certificates).exists():
        defaults["UV_SYSTEM_CERTS"] = "1"
        defaults["SSL_CERT_FILE"] = certificates
        defaults["NODE_EXTRA_CA_CERTS"] = certificates
    if not os.access(os.path.expanduser("~"), os.W_OK):
        defaults["UV_CACHE_DIR"] = str(paths.LOCAL / "cache" / "uv")
        defaults["npm_config_cache"] = str(paths.LOCAL / "cache" / "npm")
    return defaults | variables


def _secret_key() -> str:
    file = paths.LOCAL / "secret-key"
    if not file.exists():
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT, 0o600), "w") as new:
            new.write(secrets.token_urlsafe(60))
    return file.read_text()
