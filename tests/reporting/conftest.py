from pathlib import Path

import pytest
from pytest_django import Settings


@pytest.fixture(autouse=True)
def media(settings: Settings, tmp_path: Path) -> Path:
    """Files go where the test's end takes them away."""
    settings.MEDIA_ROOT = media = tmp_path / "media"
    return media
