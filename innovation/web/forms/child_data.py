"""Asks, before text is saved, whether it could identify a child.

The form comes back with everything that was typed, the words beside their fields, and
one checkbox. The confirmation is valid only for these words.
"""

from collections.abc import Sequence
from hashlib import sha256
from typing import TYPE_CHECKING

from innovation.core import child_data, clock
from innovation.core.child_data import Finding, Kind
from innovation.web.forms.choices import MultipleChoiceField
from innovation.web.forms.fields import LongTextField, TextField

if TYPE_CHECKING:
    from innovation.web.forms import Form

FIELD = "about_no_child"
DESCRIPTIONS = {
    Kind.NHS_NUMBER: "an NHS number",
    Kind.PUPIL_NUMBER: "a pupil’s unique number",
    Kind.NAME_AND_BIRTH: "a child’s name with a date of birth",
}
_MAX_SHOWN = 80
_MISSING = "Take out what is about a child, or confirm that none of it is"


def check(form: "Form") -> None:
    """Runs after the other validation; a form with errors is not checked yet."""
    form.child_data = _findings(form)
    if not form.child_data:
        return
    all_findings = [
        finding for findings in form.child_data.values() for finding in findings
    ]
    mark = _fingerprint(all_findings)
    excerpts = ", ".join(f"“{_excerpt(finding)}”" for finding in all_findings)
    form.fields[FIELD] = MultipleChoiceField(
        [(mark, f"I confirm that this is not about a child: {excerpts}")],
        label="Could this identify a child?",
        help_text="We must not keep anything that could identify a child.",
        missing=_MISSING,
    )
    form.confirmed = mark in (form[FIELD].data or [])
    if not form.confirmed:
        _add_errors(form)


def _add_errors(form: "Form") -> None:
    for name, findings in form.child_data.items():
        for finding in findings:
            form.add_error(
                name,
                f"“{_excerpt(finding)}” looks like {DESCRIPTIONS[finding.kind]}. Take "
                "it out, or confirm below that it is not about a child",
            )
    if FIELD not in form.errors:
        form.add_error(FIELD, _MISSING)


def _findings(form: "Form") -> dict[str, list[Finding]]:
    texts = {
        name: text
        for name, field in form.fields.items()
        if isinstance(field, TextField | LongTextField)
        and isinstance(text := form.cleaned_data.get(name), str)
        and text
    }
    if not texts:
        return {}
    today = clock.london_day(clock.now())
    told = {name: child_data.find(text, today=today) for name, text in texts.items()}
    return {name: found for name, found in told.items() if found}


def _fingerprint(findings: Sequence[Finding]) -> str:
    words = "\n".join(sorted({finding.words for finding in findings}))
    return sha256(words.encode()).hexdigest()[:16]


def _excerpt(finding: Finding) -> str:
    words = " ".join(finding.words.split())
    return words if len(words) <= _MAX_SHOWN else f"{words[: _MAX_SHOWN - 1]}…"
