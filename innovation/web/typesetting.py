"""Runs in a confined process: a template in Typst and its facts to a PDF."""

import json

import typst


def render_pdf(content: bytes) -> bytes:
    asked = json.loads(content)
    found = typst.compile(
        asked["template"].encode(),
        format="pdf",
        pdf_standards=["ua-1"],
        sys_inputs={"data": json.dumps(asked["facts"])},
        ignore_system_fonts=True,
        timestamp=asked["at"],
    )
    assert isinstance(found, bytes)
    return found
