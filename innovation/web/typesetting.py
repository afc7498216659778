"""Renders a Typst template and its facts to PDF. Runs in the sandbox."""

import json

import typst


def render_pdf(content: bytes) -> bytes:
    order = json.loads(content)
    pdf = typst.compile(
        order["template"].encode(),
        format="pdf",
        pdf_standards=["ua-1"],
        sys_inputs={"data": json.dumps(order["facts"])},
        ignore_system_fonts=True,
        timestamp=order["at"],
    )
    assert isinstance(pdf, bytes)
    return pdf
