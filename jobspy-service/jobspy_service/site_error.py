"""Why a site gave nothing, or not all: by the classes that the whole product tells such errors apart by."""

from __future__ import annotations

import re
from dataclasses import dataclass

import curl_cffi.requests.exceptions as curl_errors
import requests.exceptions as requests_errors

# These answer JSON: a web page in its place is a wall before it. On the others every answer is a web page.
_json_sites = frozenset({"indeed", "glassdoor", "naukri"})

_classes_by_status = {401: "blocked", 403: "blocked", 429: "rate_limited", 404: "not_found", 410: "not_found"}


@dataclass(frozen=True)
class Answer:
    """What came of the last request that a scraper made: a status, or the error in its place."""

    status: int | None = None
    content_type: str = ""
    challenge: bool = False
    error: Exception | None = None


def class_of(site: str, message: str, last: Answer | None) -> str:
    """The class of a failure that JobSpy tells as text, by what the site answered last."""
    if last is None:
        # It failed before it asked: it cannot search for what was asked.
        return "config"
    if last.error is not None:
        timeouts = (requests_errors.Timeout, curl_errors.Timeout)
        return "timeout" if isinstance(last.error, timeouts) else "network"
    status = last.status or 0
    if last.challenge or re.search(r"block|captcha", message, re.IGNORECASE) and status not in (404, 410, 429):
        return "blocked"
    if status in _classes_by_status:
        return _classes_by_status[status]
    if status >= 900:
        # LinkedIn's 999 is its own way to refuse.
        return "blocked"
    if status >= 500:
        return "upstream"
    if 300 <= status < 400:
        # Scrapers follow the redirects that they know: others lead to a sign-in or a captcha.
        return "blocked"
    if status == 200 and message.endswith("not found"):
        # A place that the site does not know.
        return "not_found"
    if status == 200 and site in _json_sites and "html" in last.content_type:
        return "blocked"
    return "bad_response"
