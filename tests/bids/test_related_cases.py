"""What is like a case, and why, among the cases that its reader can open."""

from collections.abc import Sequence
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from bids.domain import expressions
from bids.domain.barriers import take_off
from bids.domain.queries import case_snapshot
from bids.domain.queries.related_cases import RelatedCase, RelatedCases, related_cases
from bids.models import Expression, PracticeModel
from innovation.accounts.models import User
from innovation.organisations.models import Organisation
from tests.database_guards import force_update
from tests.dates import MOMENT
from tests.factories import barriers, cases, grants, users

pytestmark = pytest.mark.django_db


def submit(
    title: str, summary: str = "", *, lead: Organisation | None = None, **facts: Any
) -> Expression:
    """Of a lead of its own that is no council, unless one is given."""
    lead = lead or users.organisation()
    draft = cases.draft(lead=lead, title=title)
    changed = {"summary": summary or title, **facts}
    by = cases.editor_of(lead)
    expressions.save(draft, facts=changed, by=by, at=MOMENT)
    return expressions.submit(draft, by=by, at=MOMENT)


def related(user: User, case: Expression) -> RelatedCases:
    rows = Expression.objects.filter(pk=case.pk)
    return related_cases(
        user, case_snapshot.with_parts(rows, "snapshot_barriers").get()
    )


def titles(rows: Sequence[RelatedCase]) -> list[str]:
    return ["".join(piece.text for piece in row.title) for row in rows]


def everything(found: RelatedCases) -> list[str]:
    parts = (found.of_lead, found.in_councils, found.with_same_means, found.in_words)
    return [title for part in parts for title in titles(part)]


def barrier(law: str) -> dict[str, str]:
    return {"law_or_rule": law, "what_it_stops": "All of it."}


def test_cases_of_the_same_lead_come_newest_first() -> None:
    lead = users.organisation("Open Doors")
    for title in ("Bicycles", "Gardens"):
        submit(title, lead=lead)
    case = submit("Lodgings", lead=lead)
    submit("Music", lead=users.organisation("Elsewhere"))
    found = related(users.official(), case)
    assert titles(found.of_lead) == ["Gardens", "Bicycles"]
    assert found.of_lead[0].reasons == ["Same lead"]
    assert everything(found) == ["Gardens", "Bicycles"]


def test_a_lead_is_the_same_under_the_reference_it_was_merged_into() -> None:
    old, current = users.organisation("Open Door"), users.organisation("Open Doors")
    submit("Bicycles", lead=old)
    case = submit("Lodgings", lead=current)
    official = users.official()
    assert everything(related(official, case)) == []
    force_update(
        Organisation.objects.filter(pk=old.pk), state="merged", merged_into=current
    )
    assert titles(related(official, case).of_lead) == ["Bicycles"]


def test_councils_are_those_of_the_work_and_the_one_that_leads() -> None:
    mere, shire = users.council("Larkmere"), users.council("Larkshire")
    submit("Bicycles", councils=[mere, shire])
    submit("Gardens", lead=users.council_organisation(mere), councils=[shire])
    submit("Music", councils=[users.council("Elsewhere")])
    case = submit("Lodgings", councils=[mere])
    found = related(users.official(), case)
    assert titles(found.in_councils) == ["Gardens", "Bicycles"]
    assert [row.reasons for row in found.in_councils] == [[f"Also in {mere.name}"]] * 2


def test_a_barrier_is_the_same_however_it_is_written() -> None:
    model = PracticeModel.objects.create(name="Mockingbird")
    submit("Bicycles", barriers=[barrier("Children Act 1989, section 20")])
    submit("Gardens", practice_models=[model])
    submit("Music", barriers=[barrier("Data Protection Act 1998")])
    case = submit(
        "Lodgings",
        barriers=[barrier("children act 1989 – Section 20")],
        practice_models=[model],
    )
    found = related(users.official(), case)
    assert titles(found.with_same_means) == ["Gardens", "Bicycles"]
    gardens, bicycles = found.with_same_means
    assert gardens.reasons == ["Same practice model: Mockingbird"]
    assert bicycles.reasons == ["Same barrier: Children Act 1989, section 20"]


def test_barriers_in_other_words_are_the_same_where_the_register_joins_them() -> None:
    official = users.official()
    one, other = (
        submit(title, lead=real_organisation(title), barriers=[barrier(law)])
        for title, law in (
            ("Bicycles", "Working Together, chapter 3"),
            ("Lodgings", "The statutory guidance"),
        )
    )
    assert related(official, other).with_same_means == []
    entry = barriers.named(one, by=official).entry
    joined = barriers.named(other, entry, by=official)
    [found] = related(official, other).with_same_means
    assert found.reasons == ["Same barrier: The statutory guidance"]
    coach = users.assign(users.coach(), other)
    assert everything(related(coach, other)) == []
    take_off(other, named=joined, because="Another chapter.", by=official, at=MOMENT)
    assert related(official, other).with_same_means == []


def real_organisation(name: str) -> Organisation:
    return users.organisation(name, demonstration=False)


def test_what_both_say_is_marked_the_most_similar_first() -> None:
    submit(
        "Kinship carers meet",
        "Grandparents and other kinship carers meet weekly. Crèche & lunch.",
    )
    submit("Training in court", "Social workers learn how courts decide.")
    submit("Support for kinship", "Grandparents who are carers get a phone line.")
    case = submit(
        "A club for kinship carers",
        "Grandparents and other kinship carers meet weekly in a club.",
    )
    found = related(users.official(), case)
    assert titles(found.in_words) == ["Kinship carers meet", "Support for kinship"]
    closest = found.in_words[0]
    assert closest.reasons == ["Similar words"]
    marked = [piece.text for piece in closest.title if piece.is_shared]
    assert marked == ["Kinship", "carers", "meet"]
    assert "weekly" in [piece.text for piece in closest.excerpt if piece.is_shared]


def test_a_typing_error_in_a_title_does_not_part_two_alike() -> None:
    submit("Supported lodgings close to colege", "A room.")
    case = submit("Suported lodgings close to college", "Something else entirely.")
    [found] = related(users.official(), case).in_words
    assert found.has_similar_title
    assert found.reasons == ["Similar title"]


def test_words_that_everybody_says_make_nothing_similar() -> None:
    for title in ("Bread", "Gardens", "Music", "Horses", "Chess", "Boats"):
        submit(title, "Support for families.")
    submit("Coast", "Support for families of keepers of a lighthouse.")
    case = submit("Sea", "Support for families in a lighthouse, with keepers.")
    assert titles(related(users.official(), case).in_words) == ["Coast"]


def test_what_was_imported_by_mistake_or_is_a_draft_is_like_nothing() -> None:
    lead = users.organisation("Open Doors")
    cases.draft(lead=lead, title="Lodgings unsent")
    case = submit("Lodgings", lead=lead)
    assert everything(related(users.official(), case)) == []


def test_a_reader_learns_only_of_cases_that_they_can_open() -> None:
    lead = users.organisation("Open Doors")
    rule = [barrier("The Rule")]
    bid_case = submit("Lodgings for carers", lead=lead, barriers=rule)
    bid = expressions.take_forward(bid_case, by=users.official(), at=MOMENT)
    case = submit("Lodgings for carers again", lead=lead, barriers=rule)
    both = users.person("official", "board_member")
    coach = users.assign(users.coach(), case)
    assert everything(related(both, case)) == ["Lodgings for carers"]
    assert everything(related(coach, case)) == []
    users.assign(coach, bid_case)
    assert everything(related(coach, case)) == ["Lodgings for carers"]
    grants.interest(bid, both)
    assert everything(related(both, case)) == []


def test_how_rare_a_word_is_depends_on_the_readers_own_cases_alone() -> None:
    own = submit("Lodgings by the sea", "Rooms for carers of children.")
    case = submit("Lodgings in town", "Rooms for carers of children.")
    coach = users.assign(users.assign(users.coach(), own), case)
    [before] = related(coach, case).in_words
    for number in range(5):
        submit(f"Lodgings {number}", "Rooms for carers of children in town.")
    assert related(coach, case).in_words == [before]


def test_the_page_shows_reasons_and_the_answers_of_what_was_merged(
    client: Client,
) -> None:
    lead = users.organisation("Open Doors")
    case = submit("Lodgings <for> carers", lead=lead)
    merged = submit("Rooms & beds", "Beds in **sheds**.", lead=lead)
    expressions.merge(merged, into=case, by=users.official(), at=MOMENT)
    submit("Lodgings <for> kin", "Lodgings for carers.")
    address = reverse("bids:case-related", args=[case.key])
    client.force_login(users.official())
    shown = client.get(address).content.decode()
    assert "<mark>Lodgings</mark> &lt;for&gt; kin" in shown
    assert "Rooms &amp; beds" in shown
    assert "Beds in **sheds**." in shown
    client.force_login(users.assign(users.coach(), case))
    shown = client.get(address).content.decode()
    assert "Rooms &amp; beds" not in shown
    assert "No case or award that you can open has the same lead" in shown
    client.force_login(users.outsider())
    assert client.get(address).status_code == 403


def test_awards_of_the_lead_or_its_councils_are_shown_to_those_who_may_know(
    client: Client,
) -> None:
    award = grants.active_award()
    bid = award.bid
    assert bid is not None
    case = submit("Lodgings", lead=bid.lead)
    grants.published_award(title="A past project", councils=[bid.lead.council])
    address = reverse("bids:case-related", args=[case.key])

    def awards(reader: User) -> list[str]:
        client.force_login(reader)
        return [row.title for row in client.get(address).context["awards"]]

    assert awards(users.analyst()) == ["A past project", award.title]
    assert awards(users.secretary()) == ["A past project"]
    assert awards(users.assign(users.coach(), case)) == ["A past project"]
    both = users.person("official", "board_member")
    assert award.title in awards(both)
    grants.interest(bid, both)
    assert awards(both) == ["A past project"]


def test_the_page_takes_the_same_queries_however_much_is_like_it(
    client: Client, count_queries: Any
) -> None:
    lead = users.council_organisation()
    case = submit("Lodgings for carers", lead=lead, barriers=[barrier("The Rule")])
    client.force_login(users.official())
    address = reverse("bids:case-related", args=[case.key])
    alone = count_queries(client, address)
    for _ in range(3):
        other = submit("Lodgings for carers", lead=lead, barriers=[barrier("The Rule")])
        expressions.merge(
            submit("Lodgings for kin", lead=lead),
            into=case,
            by=users.official(),
            at=MOMENT,
        )
    grants.active_award(cases.assessed_bid(lead=lead))
    assert other.lead == lead
    assert count_queries(client, address) == alone
    assert alone <= 12
