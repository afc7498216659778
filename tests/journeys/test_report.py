"""The cases on screen as a file, built by a real worker while somebody watches."""

import csv
import io
from pathlib import Path

import pytest

from funding.demo_data import rounds
from tests.browser.fixtures import Visit
from tests.journeys.page_actor import PageActor
from tests.journeys.worker import worker

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("demonstration")]


def test_report_is_built_behind_a_progress_bar_and_downloaded(
    visit: Visit, tmp_path: Path
) -> None:
    official = PageActor(visit())
    official.sign_in("official")
    official.open("Cases")
    official.pick("Round", rounds.PAST_ROUND)
    official.press("Apply filters")
    assert "285 cases" in official.text
    official.follow("Download these cases")
    official.press("Build the file")
    assert official.page.locator("progress").is_visible()
    with worker(tmp_path / "worker.log"):
        # The page shows itself anew once a worker has built the file. Letters of other
        # tests may wait in the same broker, and come first.
        button = official.main.get_by_role("button", name="Download the file")
        button.wait_for(timeout=120_000)
        with official.page.expect_download() as download:
            button.click()
    read = Path(download.value.path()).read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(read)))
    assert len(rows) == 285
    assert {row["Round"] for row in rows} == {rounds.PAST_ROUND}
