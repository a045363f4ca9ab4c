"""Scrapes sites, each in a child process that is killed when its time is up or nobody wants its answer any more."""

from __future__ import annotations

import asyncio
import json
import logging
import sys
import time
from pathlib import Path

from .settings import Settings

_log = logging.getLogger(__name__)
_folder = Path(__file__).parent.parent


async def scrape_sites(query: dict, settings: Settings) -> dict:
    """
    The answer to a checked request: the jobs of all sites, and an error for each site that failed. One site after the
    other, so that a request is one child process at a time.
    """
    jobs: list[dict] = []
    errors: list[dict] = []
    for site in query["sites"]:
        began = time.monotonic()
        outcome = await _scrape_site(site, query, settings)
        error = outcome["error"]
        _log.info(
            "scraped a site",
            extra={
                "site": site,
                "jobs": len(outcome["jobs"]),
                "skipped": outcome["skipped"],
                "code": error and error["code"],
                "ms": round((time.monotonic() - began) * 1000),
            },
        )
        jobs += outcome["jobs"]
        if error:
            errors.append({"site": site, **error})
    return {"jobs": jobs, "errors": errors}


async def _scrape_site(site: str, query: dict, settings: Settings) -> dict:
    seconds = settings.site_timeout_seconds
    try:
        async with asyncio.timeout(seconds):
            return await _in_child(
                {
                    "site": site,
                    "query": query,
                    "sitesUrl": settings.sites_url,
                    "defaultCountry": settings.default_country,
                }
            )
    except TimeoutError:
        return _failed("timeout", f"{site} took more than {seconds} s")


async def _in_child(asked: dict) -> dict:
    child = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "jobspy_service.scrape_site",
        cwd=_folder,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        # JobSpy's words, search terms among them, are not for the log.
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        # Its end tells the child that nobody waits: it stays open.
        child.stdin.write(json.dumps(asked).encode() + b"\n")
        answer = await child.stdout.read()
        code = await child.wait()
    finally:
        if child.returncode is None:
            child.kill()
            await child.wait()
    if code != 0:
        return _failed("upstream", f"the scraper of {asked['site']} ended with code {code}")
    return json.loads(answer)


def _failed(code: str, message: str) -> dict:
    return {"jobs": [], "error": {"code": code, "message": message}, "skipped": 0}
