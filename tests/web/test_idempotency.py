"""A form that is sent twice at the same time makes one change."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections
from django.test import Client
from django.urls import reverse

from bids.models import Bid
from innovation.core.models import Submission
from tests.factories import cases, users


@pytest.mark.django_db(transaction=True)
@pytest.mark.urls("tests.web.gallery")
def test_double_click_makes_one_row_and_leads_both_to_it() -> None:
    user = users.account("someone@example.com")
    client = Client()
    client.force_login(user)

    def send(_: int) -> tuple[int, str]:
        try:
            second_client = Client()
            second_client.cookies = client.cookies
            form_data = {"token": "row", "submission": "one-and-the-same"}
            response = second_client.post("/rows/add", form_data)
            return response.status_code, response.headers["Location"]
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(send, range(4))) == [(302, "/rows")] * 4
    assert Submission.objects.filter(token="row").count() == 1


@pytest.mark.django_db
def test_second_sending_leads_on_even_where_it_now_comes_too_late() -> None:
    """What the first one did is why a second would be refused."""
    official, client = users.official(), Client()
    client.force_login(official)
    address = reverse("bids:case-take-forward", args=[cases.submitted_expression().key])
    answers = [client.post(address, {"submission": "twice"}) for _ in range(2)]
    bid = Bid.objects.get()
    ways = [
        (response.status_code, response.headers["Location"]) for response in answers
    ]
    assert ways == [(302, reverse("bids:bid", args=[bid.key]))] * 2
    assert client.post(address, {"submission": "anew"}).status_code == 409
