from pathlib import Path

import pytest
from pytest_django import Settings


@pytest.fixture(autouse=True)
def media(settings: Settings, tmp_path: Path) -> Path:
    """Files go to a folder that is deleted after the test."""
    settings.MEDIA_ROOT = media = tmp_path / "media"
    return media
