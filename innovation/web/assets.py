"""Static files: finds those of the npm packages, and gives them hashed names."""

import base64
import hashlib
from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.finders import BaseFinder
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.checks import CheckMessage
from django.core.files.storage import FileSystemStorage, Storage
from whitenoise.storage import CompressedManifestStaticFilesStorage

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


def integrity(name: str) -> str:
    storage: Any = staticfiles_storage
    return str(storage.integrity(name))


def _hash(file: Path) -> str:
    digest = hashlib.sha384(file.read_bytes()).digest()
    return f"sha384-{base64.b64encode(digest).decode()}"
