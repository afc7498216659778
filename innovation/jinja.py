"""The environment of the templates in `templates/jinja2`. They render what a page
repeats: the rows of lists, summaries and timelines. Compiled, they take a fifth of the
time of Django's own.
"""

import re
from typing import Any

from django.template.defaultfilters import filesizeformat
from jinja2 import Environment
from markupsafe import Markup, escape

from innovation.audit.presenters import stage_tag
from innovation.web.templatetags import govuk

_NEWLINE = re.compile(r"\r\n|\r|\n")


def environment(**options: Any) -> Environment:
    """The environment for the settings, with the filters of our other templates."""
    made = Environment(trim_blocks=True, lstrip_blocks=True, **options)
    made.filters.update(
        day=govuk.day,
        filesizeformat=filesizeformat,
        linebreaksbr=_break_lines,
        moment=govuk.moment,
        stage_tag=stage_tag,
    )
    made.globals.update(state_tag=govuk.state_tag)
    return made


def _break_lines(text: object) -> Markup:
    return Markup(_NEWLINE.sub("<br>", escape(text)))
