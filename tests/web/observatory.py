"""The rules of MDN's HTTP Observatory, as far as one answer can meet them.

After its published chart (“Tests and scoring”, and `src/grader/charts.js` of
mdn/mdn-http-observatory, August 2026): 100 to begin with, and 165 at the most. The 5
for a host that is on the browsers' preload list cannot be earned by an answer.
"""

import re
from collections.abc import Callable, Mapping
from http.cookies import SimpleCookie
from typing import Any

BEST = 160
_SCRIPT = re.compile(r"<script\b[^>]*>")
_SIX_MONTHS = 15_768_000
_PRIVATE = {
    "no-referrer",
    "same-origin",
    "strict-origin",
    "strict-origin-when-cross-origin",
}


def directives(policy: str) -> dict[str, list[str]]:
    parts = [part.split() for part in policy.split(";") if part.strip()]
    return {name.lower(): values for name, *values in parts}


def _policy(answer: Any) -> int:
    policy = directives(answer.headers.get("Content-Security-Policy", ""))
    if not policy:
        return -25
    sources = [source for values in policy.values() for source in values]
    if any(source in {"'unsafe-inline'", "'unsafe-eval'", "*"} for source in sources):
        return -20
    return 10 if policy.get("default-src") == ["'none'"] else 5


def _cookies(answer: Any) -> int:
    cookies: SimpleCookie = answer.cookies
    if not cookies:
        return 0
    for name, cookie in cookies.items():
        if not cookie["secure"] or ("sess" in name and not cookie["httponly"]):
            return -40
    return 5 if all(cookie["samesite"] for cookie in cookies.values()) else 0


def _transport(answer: Any) -> int:
    header = answer.headers.get("Strict-Transport-Security", "")
    age = re.search(r"max-age=(\d+)", header)
    if age is None:
        return -20
    return 0 if int(age[1]) >= _SIX_MONTHS else -10


def _integrity(answer: Any) -> int:
    if not answer.headers["Content-Type"].startswith("text/html"):
        return 0
    scripts = _SCRIPT.findall(answer.content.decode())
    if not scripts:
        return 0
    if not all(' src="/' in script for script in scripts):
        return -50
    return 5 if all(' integrity="sha384-' in script for script in scripts) else 0


def _equals(name: str, points: Mapping[str, int], otherwise: int) -> Any:
    def score(answer: Any) -> int:
        return points.get(answer.headers.get(name, ""), otherwise)

    return score


def _referrer(answer: Any) -> int:
    policy = answer.headers.get("Referrer-Policy")
    return 5 if policy in _PRIVATE else 0 if policy is None else -5


def _frames(answer: Any) -> int:
    policy = directives(answer.headers.get("Content-Security-Policy", ""))
    framed = "frame-ancestors" in policy
    return 5 if framed else 0 if "X-Frame-Options" in answer.headers else -20


RULES: dict[str, Callable[[Any], int]] = {
    "content-security-policy": _policy,
    "cookies": _cookies,
    "cross-origin-resource-sharing": _equals(
        "Access-Control-Allow-Origin", {"": 0}, -50
    ),
    "strict-transport-security": _transport,
    "referrer-policy": _referrer,
    "subresource-integrity": _integrity,
    "x-content-type-options": _equals("X-Content-Type-Options", {"nosniff": 0}, -5),
    "x-frame-options": _frames,
    "cross-origin-resource-policy": _equals(
        "Cross-Origin-Resource-Policy", {"same-origin": 10, "": 0}, -5
    ),
    "cross-origin-embedder-policy": _equals(
        "Cross-Origin-Embedder-Policy", {"require-corp": 10}, 0
    ),
    "cross-origin-opener-policy": _equals(
        "Cross-Origin-Opener-Policy", {"same-origin": 10}, 0
    ),
}


def modifiers(answer: Any) -> dict[str, int]:
    return {name: rule(answer) for name, rule in RULES.items()}


def score(modifiers_found: Mapping[str, int]) -> int:
    """Extra points count only from 90 on."""
    base = 100 + sum(points for points in modifiers_found.values() if points < 0)
    extra = sum(points for points in modifiers_found.values() if points > 0)
    return max(base + (extra if base >= 90 else 0), 0)
