"""What every page must be, asked of the page itself."""

import re
from pathlib import Path
from typing import Any

from django.conf import settings
from playwright.sync_api import Page, ViewportSize

from innovation.audit.event_names import EventName

AXE = Path(settings.NODE_MODULES) / "axe-core" / "axe.min.js"
AXE_OPTIONS = {
    # axe leaves the one rule that WCAG 2.2 added off unless asked.
    "rules": {"target-size": {"enabled": True}},
    # To list all that is right, and hand it over, would cost more than the looking.
    "resultTypes": ["violations"],
}
ACCEPTED_VIOLATIONS = {
    # GOV.UK Frontend puts `aria-expanded` on radios that reveal a field, knowingly:
    # github.com/alphagov/govuk-frontend/issues/979.
    "aria-allowed-attr": 'input[type="radio"][aria-expanded]',
}
NARROWEST = ViewportSize(width=320, height=800)
# The labels of fields about a person. Such a field says whether the browser may fill in
# what it knows of its user (WCAG 1.3.5), or that it is about somebody else.
_ABOUT_PEOPLE = (
    r"/\b(full|your|their) name\b|\be-?mail|\bphone\b|\bjob title\b"
    r"|\bpassword\b|^\s*code\b|\bname of the organisation\b/i"
)
_FACTS = """() => ({
    headings: document.querySelectorAll("h1").length,
    title: document.title,
    scripts: [...document.querySelectorAll("script:not([src])")].length,
    styles: [...document.querySelectorAll("style")].length,
    handlers: [...document.querySelectorAll("*")].filter(node =>
        [...node.attributes].some(a => a.name.startsWith("on"))).length,
    untabbed: [...document.querySelectorAll("a, [role=button], [role=link]")]
        .filter(node => node.tabIndex < 0 && !node.closest("[hidden]"))
        .map(node => node.outerHTML),
    hurried: [...document.querySelectorAll("[tabindex]")]
        .filter(node => node.tabIndex > 0).map(node => node.outerHTML),
    purposeless: [...document.querySelectorAll("input:not([type=hidden])")]
        .filter(node => ["email", "password", "tel"].includes(node.type)
            || node.type === "text" && node.labels.length
            && ABOUT_PEOPLE.test(node.labels[0].textContent))
        .filter(node => !node.autocomplete && !node.closest(".app-name"))
        .map(node => node.outerHTML),
    nameless: [...document.querySelectorAll(".app-subject p > strong:first-child")]
        .filter(node => !document.title.includes(node.textContent))
        .map(node => node.textContent),
    lost: [...document.querySelectorAll('a[href^="#"]')]
        .filter(node => !document.getElementById(node.getAttribute("href").slice(1)))
        .map(node => node.outerHTML),
})""".replace("ABOUT_PEOPLE", _ABOUT_PEOPLE)
_EXPECTED_FACTS = {
    "headings": 1,
    "scripts": 0,
    "styles": 0,
    "handlers": 0,
    "untabbed": [],
    "hurried": [],
    "purposeless": [],
    "nameless": [],
    "lost": [],
}
_FAINT_FOCUS = """() => [...document.querySelectorAll(
        'main :is(a:not(svg a), button:not([tabindex]), summary, [tabindex="0"])')]
    .filter(node => {
        node.focus({preventScroll: true});
        const {outlineStyle} = getComputedStyle(node);
        return document.activeElement === node && outlineStyle !== "solid";
    })
    .map(node => node.cloneNode(false).outerHTML)"""
_WIDE_ELEMENTS = """() => {
    const room = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= room) return [];
    const wide = [...document.body.querySelectorAll("*")]
        .filter(node => node.getBoundingClientRect().right > room + 1)
        .filter(node => !node.closest(".app-scroll, .app-listing"))
        .map(node => node.cloneNode(false).outerHTML);
    return wide.length ? wide.slice(0, 3) : ["something"];
}"""
# The least space between lines, paragraphs, letters and words that must not hide
# anything (WCAG 1.4.12).
_TEXT_SPACING = """
* { line-height: 1.5 !important; letter-spacing: 0.12em !important;
    word-spacing: 0.16em !important; }
p { margin-bottom: 2em !important; }
"""
LONG_ADDRESS = "councillor.featherstonehaugh@northumberland.example.gov.uk.xx"
LONG_WORD = "Donaudampfschiffahrtselektrizitaetenhauptbetriebswerkbauunter"
# A sheet may be adopted where the content security policy forbids a style element.
_SPREAD_TEXT = """([style, words]) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(style);
    document.adoptedStyleSheets = [sheet];
    const places = "h1, h2, h3, p, li, dt, dd, td, th, caption, label, legend, main a,"
        + ".app-typed, .govuk-hint, .govuk-caption-l, .govuk-caption-m";
    for (const place of document.querySelectorAll(places)) {
        const text = document.createElement("span");
        text.className = "test-long-words";
        text.textContent = " " + words;
        if (!place.closest(".govuk-visually-hidden, svg, nav")) place.append(text);
    }
}"""
_RESTORE_TEXT = """() => {
    document.adoptedStyleSheets = [];
    document.querySelectorAll(".test-long-words").forEach(text => text.remove());
}"""
# A sheet of A4 between margins of 15 mm, in CSS pixels.
PAPER = ViewportSize(width=680, height=1000)
_PRINTED_WASTE = """() => {
    const seen = node => node.getClientRects().length > 0;
    const waste = [...document.querySelectorAll(
        "nav, footer, .govuk-button, .app-link-button, .app-filters")].filter(seen);
    const cut = [...document.querySelectorAll("main textarea, main .app-scroll")]
        .filter(node => node.scrollHeight > node.clientHeight + 2
            || node.scrollWidth > node.clientWidth + 1);
    const closed = [...document.querySelectorAll("details > :not(summary)")]
        .filter(node => !node.checkVisibility({contentVisibilityAuto: true}));
    return [...waste, ...cut, ...closed].map(node => node.cloneNode(false).outerHTML);
}"""


def violations(page: Page) -> set[tuple[str, str]]:
    """What axe finds wrong, by rule and the markup it is about, but those explained."""
    page.evaluate(AXE.read_text())
    run = "async options => (await axe.run(options)).violations"
    return {
        (rule["id"], node["html"])
        for rule in page.evaluate(run, AXE_OPTIONS)
        for node in rule["nodes"]
        if not _is_accepted(page, rule["id"], node["target"][0])
    }


def _is_accepted(page: Page, rule: str, target: str) -> bool:
    selector = ACCEPTED_VIOLATIONS.get(rule)
    if selector is None:
        return False
    element = page.locator(target)
    return bool(element.evaluate("(node, css) => node.matches(css)", selector))


def faults(page: Page) -> dict[str, Any]:
    """By name, what is not as it must be; nothing where the page is right."""
    page.wait_for_load_state()
    facts = page.evaluate(_FACTS)
    differing = {
        name: facts[name]
        for name, expected in _EXPECTED_FACTS.items()
        if facts[name] != expected
    }
    if not facts["title"].endswith(" – GOV.UK") or facts["title"].startswith(" "):
        differing["title"] = facts["title"]
    text = page.inner_text("body")
    if names := [name for name in event_names() if re.search(rf"\b{name}\b", text)]:
        differing["events without words"] = names
    problems = violations(page)
    if problems:
        differing["axe"] = sorted(problems)
    return differing


def event_names() -> list[str]:
    return [name.value for app in EventName.__subclasses__() for name in app]


def first_tab_stop(page: Page) -> str:
    """Where the Tab key leads first, by its class."""
    page.keyboard.press("Tab")
    return str(page.evaluate("document.activeElement.className"))


def faint_focus(page: Page) -> list[str]:
    """What has no focus of the Design System, but only the browser’s thin ring."""
    elements: list[str] = page.evaluate(_FAINT_FOCUS)
    return elements


def wide_elements(page: Page) -> list[str]:
    """What makes its reader scroll sideways."""
    elements: list[str] = page.evaluate(_WIDE_ELEMENTS)
    return elements


def wide_with_long_words(page: Page) -> list[str]:
    """What makes its reader scroll sideways where every text has long words, and as
    much space as its reader may need. The page is afterwards as it was.
    """
    page.evaluate(_SPREAD_TEXT, [_TEXT_SPACING, f"{LONG_ADDRESS} {LONG_WORD}"])
    elements = wide_elements(page)
    page.evaluate(_RESTORE_TEXT)
    return elements


def printing_faults(page: Page) -> list[str]:
    """What is of no use on paper, is cut, or is too wide for a sheet of A4."""
    page.emulate_media(media="print")
    page.set_viewport_size(PAPER)
    elements: list[str] = page.evaluate(_PRINTED_WASTE)
    elements += wide_elements(page)
    page.emulate_media(media="null")
    return elements[:5]
