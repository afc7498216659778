"""A page with a `step` leaves its call to the base, so no type checker sees it."""

import inspect

import pytest
from django import forms

from innovation.web import pages
from tests.browser.routes import all_routes

STEPS: list[type[pages.StepPage | pages.ActionPage]] = sorted(
    {
        route.view
        for route in all_routes()
        if issubclass(route.view, pages.StepPage | pages.ActionPage)
        and hasattr(route.view, "step")
        and route.view.perform in {pages.StepPage.perform, pages.ActionPage.perform}
    },
    key=lambda view: f"{view.__module__}.{view.__name__}",
)


def form_field_names(view: type[pages.StepPage | pages.ActionPage]) -> set[str]:
    form: type[forms.Form] | None = getattr(view, "form_class", None)
    return set(form.base_fields) if form else set()


def test_there_are_steps() -> None:
    assert len(STEPS) > 30


@pytest.mark.parametrize("view", STEPS)
def test_the_step_of_a_page_takes_what_its_form_asks(
    view: type[pages.StepPage | pages.ActionPage],
) -> None:
    arguments = dict.fromkeys([*form_field_names(view), "by", "at"])
    inspect.signature(view.step).bind(object(), **arguments)
