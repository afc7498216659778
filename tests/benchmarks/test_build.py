"""The benchmark’s cases are rows that the database takes, and its pages open."""

import pytest
from django.test import Client

from bids.models import Expression
from funding.demo_data.people import DemoUsers
from tests.benchmarks import build
from tests.benchmarks.pages import BenchmarkPages


@pytest.mark.usefixtures("demonstration")
def test_cases_are_built_and_each_page_of_the_run_opens() -> None:
    users = DemoUsers()
    build.add_assessors()
    build.round_()
    build.add_cases(1, 20, leads=(1, 102), by=users["official"])
    cases = Expression.objects.filter(round__name="Bench round")
    assert cases.count() == 20
    for page in BenchmarkPages(users).pages():
        response = Client().get(page.path, headers=page.headers)
        assert response.status_code == 200, page.name
