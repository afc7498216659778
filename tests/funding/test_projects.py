"""Everybody reads a funded project once its award is announced."""

import re
from datetime import date, timedelta
from html import unescape

import pytest

from bids.models import IdeaType, PracticeModel
from funding.domain import announcements
from innovation.core import clock
from innovation.organisations.hexagons import hexagons
from innovation.organisations.models import Council
from tests.factories import cases, grants, users
from tests.funding.page_requests import (
    client_for,
    date_fields,
    get_status,
    page_url,
    post_form,
)

pytestmark = pytest.mark.django_db


def test_a_project_is_public_once_announced_and_never_before() -> None:
    award, manager = grants.active_award(), users.grant_manager()
    assert get_status(None, "project", award) == 404
    assert (
        award.title not in client_for(None).get(page_url("projects")).content.decode()
    )

    today = clock.london_day(clock.now())
    later = today + timedelta(days=3)
    post_form(manager, "award-announce", award, **date_fields("on", later))
    assert get_status(None, "project", award) == 404
    post_form(manager, "award-call-off", award)
    post_form(manager, "award-announce", award, **date_fields("on", today))

    assert get_status(None, "project", award) == 200
    assert award.title in client_for(None).get(page_url("projects")).content.decode()


def shown(**filters: str) -> str:
    answer = client_for(None).get(page_url("projects"), filters)
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def choices(page: str, name: str) -> list[str]:
    """The words of a filter’s choices, without an empty one."""
    select = re.search(rf'<select[^>]* name="{name}".*?</select>', page, re.DOTALL)
    assert select
    return re.findall(r"<option[^>]*>(.+?)</option>", select[0])


def test_each_choice_of_a_filter_says_how_many_projects_it_leaves() -> None:
    model = PracticeModel.objects.create(name="Signs of Safety")
    mere, shire = users.council("Larkmere"), users.council("Northshire")
    area = "Rethinking children{}s social work"
    first = grants.published_award(
        councils=[mere], practice_models=[model], focus_area=area.format("’")
    )
    second = grants.published_award(
        councils=[mere, shire], focus_area=area.format("'"), round=first.round
    )
    hidden = grants.active_award()
    page = shown()
    assert ">2 projects</h2>" in page
    assert choices(page, "council") == [f"{mere.name} (2)", f"{shire.name} (1)"]
    assert choices(page, "strand") == ["Any", f"{area.format('’')} (2)"]
    assert choices(page, "practice_model") == ["Any", "Signs of Safety (1)"]
    assert choices(page, "round") == ["Any", f"{first.round.name} (2)"]
    assert hidden.key not in page

    page = shown(council=shire.pk)
    assert ">1 project</h2>" in page
    assert choices(page, "council") == [f"{mere.name} (2)", f"{shire.name} (1)"]
    assert choices(page, "practice_model") == ["Any", "Signs of Safety (0)"]
    assert choices(page, "round") == ["Any", f"{first.round.name} (1)"]
    assert first.title not in page
    assert second.title in page
    assert f'<option value="{shire.pk}" selected>' in page


def test_filters_together_leave_what_their_csv_has() -> None:
    model = PracticeModel.objects.create(name="Signs of Safety")
    mere, shire = users.council("Larkmere"), users.council("Larkshire")
    award = grants.published_award(
        title="Kestrel mentors",
        councils=[mere, shire],
        practice_models=[model],
        focus_area="Families’ lives",
    )
    grants.published_award(councils=[shire], round=award.round)
    grants.published_award(councils=[mere], practice_models=[model])
    council, of_round = {"council": mere.pk}, {"round": award.round.key.lower()}
    strand, of_model = {"strand": "families lives"}, {"practice_model": model.name}
    for filters, number in (
        ({"council": "lark"}, 3),
        (council, 2),
        (council | of_model, 2),
        (of_round | {"council": "lark"}, 2),
        (council | of_round, 1),
        (council | of_round | strand | of_model, 1),
        (of_model | {"q": award.title}, 1),
        (of_round | {"council": shire.pk, "q": "no such words"}, 0),
    ):
        answer = client_for(None).get(page_url("projects-csv"), filters)
        rows = answer.getvalue().decode().splitlines()
        assert len(rows) == 1 + number, filters
        assert f">{number} project{'' if number == 1 else 's'}</h2>" in shown(**filters)


def test_what_stands_in_the_address_stays_in_the_filter() -> None:
    grants.published_award(councils=[users.council("Larkmere")])
    assert '<option value="lark" selected>lark</option>' in shown(council="lark")
    answer = client_for(None).get(page_url("projects"), {"council": "<b>"})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "“&lt;b&gt;” is not a council" in page
    assert '<option value="&lt;b&gt;" selected>' in page


def council_on_the_map() -> Council:
    return Council.objects.create(
        pk="301",
        name="Barking and Dagenham",
        authority_type="London borough",
        region=users.council().region,
    )


def test_the_map_is_the_same_as_its_table_and_keeps_the_other_filters() -> None:
    place = council_on_the_map()
    award = grants.published_award(councils=[place])
    page = shown(round=award.round.key)
    link = f"?round={award.round.key}&council=301"
    assert f'<a href="{link}" class="f">' in page
    assert ">Barking and Dagenham: 1 project</text>" in page
    assert ">Barnet: no projects</text>" in page
    row = f'<th scope="row"><a href="{link}">Barking and Dagenham</a></th><td>1</td>'
    assert row in page
    assert re.search(r"No projects: [^.]*Barnet", page)
    assert len(re.findall(r"<use ", page)) == len(hexagons()) == 153
    assert 'aria-current="true"><use' in shown(council="301")


def found(q: str) -> set[str]:
    return set(re.findall(r'href="/projects/(AWD-[^"]+)/"', shown(q=q)))


def test_a_project_is_found_by_any_words_of_its_page() -> None:
    model = PracticeModel.objects.create(name="Signs of Safety")
    idea = IdeaType.objects.create(name="Repeat removals")
    hull = users.council("Hull")
    award = grants.published_award(
        title="Pause",
        lead_as_published="The Fostering Network",
        councils=[hull],
        practice_models=[model],
        idea_type=idea,
    )
    grants.published_award(title="Another")

    for q in (
        "hull",
        "network fostering",
        "pause HULL",
        "safety, signs",
        "repeat removals hull",
        "pàuse",
    ):
        assert found(q) == {award.key}, q
    assert found("pause another") == set()


def test_a_typing_error_is_corrected_to_a_word_of_public_projects_only() -> None:
    award = grants.published_award(title="Barnardo’s Hackney House")
    private = grants.active_award(cases.assessed_bid(title="Mockingbird"))

    page = shown(q="Hackny hose")
    assert "No projects match “Hackny hose”. Showing results for “hackney house”." in (
        page
    )
    assert found("Hackny hose") == {award.key}
    assert f"{page_url('projects-csv')}?q=hackney+house" in page
    for q in ("Mockingbrd", "Mockingbird", "xyzzy"):
        page = shown(q=q)
        assert "No project matches" in page
        assert "Showing results" not in page
    assert private.key not in page


def test_a_round_is_found_by_the_name_that_the_csv_gives_it() -> None:
    award = grants.published_award()
    grants.published_award(round=cases.round_(name="Another"))
    cases.round_(name="Not yet published", published=False)

    def status(name: str) -> int:
        filters = {"round": name}
        return client_for(None).get(page_url("projects"), filters).status_code

    page = shown(round=award.round.name.upper())
    assert set(re.findall(r'href="/projects/(AWD-[^"]+)/"', page)) == {award.key}
    assert (status("Not yet published"), status("No such round")) == (422, 422)


def test_every_filter_that_matches_nothing_known_is_named() -> None:
    answer = client_for(None).get(
        page_url("projects"),
        {"council": "Nowhere", "strand": "zz", "round": "xx", "practice_model": "yy"},
    )
    assert answer.status_code == 422
    page = unescape(answer.content.decode())
    for name in ("council", "strand", "round", "practice_model"):
        assert f'<a href="#id_{name}">' in page


def test_what_somebody_searched_for_is_in_no_other_map() -> None:
    grants.published_award(title="Larks", councils=[council_on_the_map()])
    assert '"?q=larks&council=301"' in shown(q="larks")
    assert '"?q=%22%3E%3Cb%3E&council=301"' in shown(q='"><b>')
    assert "larks" not in shown().lower().replace(">larks<", "")


def test_a_council_that_is_not_on_the_map_stands_below_it() -> None:
    closed = Council.objects.create(
        pk="835",
        name="Dorset",
        authority_type="County",
        region=users.council().region,
        closed_on=date(2019, 3, 31),
    )
    grants.published_award(councils=[closed])
    assert "Dorset (closed 2019)</a>, 1 project." in shown()


def test_the_page_of_a_project_names_others_of_its_lead_and_councils() -> None:
    mere, lead = users.council("Larkmere"), users.organisation()
    award = grants.published_award(councils=[mere], lead=lead)
    near = grants.published_award(councils=[mere, users.council("Northshire")])
    same_lead = grants.published_award(lead=lead)
    other = grants.published_award()
    hidden = grants.active_award(cases.assessed_bid(lead=lead))
    page = client_for(None).get(page_url("project", award)).content.decode()
    _, _, others = page.partition("Other projects of the same lead or councils")
    assert near.key in others
    assert same_lead.key in others
    assert other.key not in page
    assert hidden.key not in page
    assert f"/projects/?council={mere.pk}" in page
    assert "November 2014 (only the month is known)" in page


def test_the_money_of_a_grant_is_shown_by_year_and_its_partners_are_named() -> None:
    award = grants.active_award()
    now = clock.now()
    day, manager = clock.london_day(now), users.grant_manager()
    announcements.announce(award, on=day, by=manager, at=now)
    page = unescape(client_for(None).get(page_url("project", award)).content.decode())
    assert "£8,000 in 2014 to 2015" in page
    partners = grants.published_award(partners=[users.organisation("Open Doors")])
    assert (
        "Open Doors"
        in client_for(None).get(page_url("project", partners)).content.decode()
    )
