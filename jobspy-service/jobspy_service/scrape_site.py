"""
One site, scraped by JobSpy in a process of its own: `python -m jobspy_service.scrape_site`.

Reads one line of JSON, {site, query, sitesUrl, defaultCountry}, and writes {jobs, error, skipped}. It ends when its
standard input is closed, so it does not outlive whoever wants its answer.
"""

from __future__ import annotations

import json
import logging
import os
import sys
import threading
from datetime import date

import pandas
from jobspy import scrape_jobs
from jobspy.glassdoor.constant import domains as glassdoor_countries
from jobspy.indeed.constant import country_codes

from .contract import JOB_COLUMNS
from .sessions import answer_from, watch
from .site_error import Answer, class_of

_countries = {code: country for country, code in country_codes.items()}
# The others search the place alone.
_countries_of_site = {"indeed": set(country_codes), "glassdoor": set(glassdoor_countries)}


class _Skipped(logging.Handler):
    """Counts the jobs that a scraper could not read; JobSpy only logs them."""

    count = 0

    def emit(self, record: logging.LogRecord) -> None:
        if record.getMessage().startswith("skipping job"):
            self.count += 1


def scrape(site: str, query: dict, sites_url: str | None, default_country: str) -> dict:
    answers: list[Answer] = []
    if sites_url:
        answer_from(sites_url)
    watch(answers.append)
    skipped = _Skipped()
    logging.getLogger("jobspy").addHandler(skipped)

    def failed(message: str) -> dict[str, str]:
        return {"code": class_of(site, message, answers[-1] if answers else None), "message": _whole(message[:500])}

    code = query.get("country") or default_country
    country = _countries.get(code)
    if site in _countries_of_site and country not in _countries_of_site[site]:
        return {"jobs": [], "error": failed(f"{site} does not search the country {code}"), "skipped": 0}
    try:
        found = scrape_jobs(
            site_name=site,
            search_term=query["searchTerm"],
            location=query.get("location"),
            is_remote=query.get("remoteOnly", False),
            results_wanted=query["resultsWanted"],
            hours_old=query.get("hoursOld"),
            country_indeed=country or "usa",
            description_format="html",
        )
    except Exception as error:
        return {"jobs": [], "error": failed(f"{type(error).__name__}: {error}"), "skipped": skipped.count}
    message = found.attrs["errors"].get(site)
    if not message and found.empty and skipped.count:
        message = f"none of {skipped.count} jobs could be read"
    jobs = [{name: _value(row[name]) for name in JOB_COLUMNS} for row in found.to_dict("records")]
    return {"jobs": jobs, "error": failed(message) if message else None, "skipped": skipped.count}


def _value(value: object) -> object:
    """As JSON has it: dates in ISO 8601, and null for each of pandas' ways to say that there is nothing."""
    if pandas.isna(value):
        return None
    if isinstance(value, str):
        return _whole(value)
    return value.isoformat() if isinstance(value, date) else value


def _whole(text: str) -> str:
    """Half characters, of which sites' texts now and then have one, cannot be sent."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _end_with_caller() -> None:
    sys.stdin.buffer.read()
    os._exit(1)


if __name__ == "__main__":
    asked = json.loads(sys.stdin.buffer.readline())
    threading.Thread(target=_end_with_caller, daemon=True).start()
    outcome = scrape(asked["site"], asked["query"], asked["sitesUrl"], asked["defaultCountry"])
    sys.stdout.write(json.dumps(outcome, allow_nan=False))
    sys.stdout.flush()
    # Not by way of the interpreter's end, which would wait for the thread that reads.
    os._exit(0)
