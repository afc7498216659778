"""Static files: finds those of the npm packages, gives them hashed names and serves
them.

During a rolling release, processes of the last build and of the new one serve at the
same time, and either may be asked for the files of a page that the other has made. So
`collectstatic` leaves those of earlier builds for a while, and a process also serves
files that were collected after it started.
"""

import base64
import hashlib
import os
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import timedelta
from functools import cached_property
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.finders import BaseFinder
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.checks import CheckMessage
from django.core.files.storage import FileSystemStorage, Storage
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from whitenoise.compress import Compressor
from whitenoise.middleware import WhiteNoiseMiddleware
from whitenoise.storage import CompressedManifestStaticFilesStorage

from innovation.core import clock

_GOVUK = "govuk-frontend/dist/govuk"
_MOJ = "@ministryofjustice/frontend/moj"
_SERVED = (
    # package folder, files in it, folder they are served under
    (_GOVUK, "govuk-frontend.min.*", "vendor"),
    (f"{_GOVUK}/assets", "**/*", ""),
    (_MOJ, "moj-frontend.min.*", "vendor"),
    (f"{_MOJ}/assets", "**/*", ""),
    ("accessible-autocomplete/dist", "accessible-autocomplete.min.*", "vendor"),
)
"""GOV.UK's stylesheets say `url(/assets/fonts/…)`: hence the empty prefixes."""

KEPT_AFTER_BUILD = timedelta(days=7)
"""How long a file stays after a build has replaced it. Nobody’s page is older: a
session lasts a day at most.
"""
_HASHED = re.compile(r"\.[0-9a-f]{12}\.\w+(?:\.gz)?$")


class PackageFinder(BaseFinder):
    """Finds the files of npm packages under `NODE_MODULES`."""

    @cached_property
    def _files(self) -> dict[str, tuple[Path, str]]:
        """Static name → (folder, name within it). The first package wins."""
        files: dict[str, tuple[Path, str]] = {}
        for package, pattern, prefix in _SERVED:
            folder = Path(settings.NODE_MODULES) / package
            for path in sorted(folder.glob(pattern)):
                inner = path.relative_to(folder).as_posix()
                name = f"{prefix}/{inner}" if prefix else inner
                if path.is_file():
                    files.setdefault(name, (folder, inner))
        return files

    def check(self, **kwargs: object) -> list[CheckMessage]:
        return []

    def find(self, path: str, find_all: bool = False, **kwargs: object) -> Any:
        folder, inner = self._files.get(path, (None, ""))
        if folder is None:
            return []
        full = str(folder / inner)
        return [full] if find_all else full

    def list(
        self, ignore_patterns: Iterable[str] | None
    ) -> Iterator[tuple[str, Storage]]:
        for name, (folder, inner) in self._files.items():
            yield inner, _PrefixedStorage(folder, name.removesuffix(inner).rstrip("/"))


class _PrefixedStorage(FileSystemStorage):
    """`collectstatic` puts the storage's prefix before each file's name."""

    def __init__(self, folder: Path, prefix: str) -> None:
        super().__init__(location=str(folder))
        self.prefix = prefix


class ManifestStorage(CompressedManifestStaticFilesStorage):
    """Hashed names and compressed files after `collectstatic`; plain names before.

    Tests and the development server have no manifest, and serve each file from where
    it is, under its own name.
    """

    support_js_module_import_aggregation = True
    _is_collecting = False

    def post_process(self, *args: Any, **options: Any) -> Iterator[Any]:
        """Called by `collectstatic` once the files are in the folder."""
        if options.get("dry_run"):
            return
        self._mark_as_current(self.hashed_files.values())
        self._is_collecting = True
        yield from super().post_process(*args, **options)
        self._is_collecting = False
        self._delete_outdated({*self.hashed_files.values()})

    def _mark_as_current(self, names: Iterable[str]) -> None:
        """Date the files of the last build from now, when the next one replaces it."""
        for name in names:
            for path in (self.path(name), self.path(f"{name}.gz")):
                with suppress(FileNotFoundError):
                    os.utime(path)

    def _delete_outdated(self, current: set[str]) -> None:
        earliest = (clock.now() - KEPT_AFTER_BUILD).timestamp()
        folder = Path(self.location)
        for path in folder.rglob("*.*"):
            name = path.relative_to(folder).as_posix()
            if (
                _HASHED.search(name)
                and name.removesuffix(".gz") not in current
                and path.stat().st_mtime < earliest
            ):
                path.unlink()

    def _save(self, name: str, content: Any) -> str:
        """A hashed file that exists is not written again, because a process may be
        sending it at this moment.
        """
        if _HASHED.search(name) and self.exists(name):
            return name
        return str(super()._save(name, content))

    def delete(self, name: str) -> None:
        if not (self._is_collecting and _HASHED.search(name)):
            super().delete(name)

    def create_compressor(self, **options: Any) -> Compressor:
        return _NewFilesCompressor(**options)

    def integrity(self, name: str) -> str:
        """The hash for a script's `integrity` attribute. It is computed each time until
        files are collected, because they may still change.
        """
        if not self.hashed_files:
            return _hash(Path(str(finders.find(name))))
        if name not in self._integrities:
            served = Path(self.path(self.stored_name(name)))
            self._integrities[name] = _hash(served)
        return self._integrities[name]

    @cached_property
    def _integrities(self) -> dict[str, str]:
        return {}

    def url(self, name: str | None, force: bool = False) -> str:
        if not self.hashed_files:
            return FileSystemStorage.url(self, name)
        return str(super().url(name, force))


class _NewFilesCompressor(Compressor):
    def compress(self, path: str) -> list[str]:
        if _HASHED.search(path) and os.path.exists(f"{path}.gz"):
            return []
        return list(super().compress(path))


class Assets(WhiteNoiseMiddleware):
    """WhiteNoise only knows the files that were there when the process started."""

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        path = request.path_info
        if path not in self.files and path.startswith(self.static_prefix):
            self._add_collected_since(path)
        response: HttpResponseBase = super().__call__(request)
        return response

    def serve(self, static_file: Any, request: HttpRequest) -> HttpResponseBase:
        try:
            response: HttpResponseBase = super().serve(static_file, request)
        except FileNotFoundError:
            # Of an earlier build, and deleted since the process started.
            response = self.get_response(request)
        return response

    def _add_collected_since(self, address: str) -> None:
        if not _HASHED.search(address) or not self.url_is_canonical(address):
            return
        path = os.path.join(self.static_root, address.removeprefix(self.static_prefix))
        if os.path.isfile(path):
            self.add_file_to_dictionary(address, path)


def integrity(name: str) -> str:
    storage: Any = staticfiles_storage
    return str(storage.integrity(name))


def _hash(file: Path) -> str:
    digest = hashlib.sha384(file.read_bytes()).digest()
    return f"sha384-{base64.b64encode(digest).decode()}"
