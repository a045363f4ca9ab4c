"""The HTTP sessions of JobSpy's scrapers: what their last request came to, and where sites are answered from."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

import curl_cffi.requests as curl_requests
import curl_cffi.requests.exceptions as curl_errors
import requests
from jobspy.util import RotatingProxySession
from requests.adapters import HTTPAdapter

from .site_error import Answer

# Misdirected Request: the server that answers for the sites does not speak for this one.
_NOT_ANSWERED = 421


def watch(note: Callable[[Answer], None]) -> None:
    """Notes what each request of this process's scrapers came to: JobSpy itself tells a failure as text alone."""
    request = RotatingProxySession.request

    def watched(session, *args, **kwargs):
        try:
            response = request(session, *args, **kwargs)
        except Exception as error:
            note(Answer(error=error))
            raise
        note(
            Answer(
                status=response.status_code,
                content_type=(response.headers.get("content-type") or "").lower(),
                challenge=response.headers.get("cf-mitigated") == "challenge",
            )
        )
        return response

    RotatingProxySession.request = watched


def answer_from(sites_url: str) -> None:
    """Asks every `https://<host>/<path>` as `<sites_url>/<host>/<path>`; sites not answered there cannot be reached."""

    def mapped(url: str) -> str:
        parts = urlsplit(url)
        query = f"?{parts.query}" if parts.query else ""
        return f"{sites_url.rstrip('/')}/{parts.netloc}{parts.path or '/'}{query}"

    class SitesAdapter(HTTPAdapter):
        def send(self, request, *args, **kwargs):
            url, request.url = request.url, mapped(request.url)
            response = super().send(request, *args, **kwargs)
            response.url = request.url = url
            if response.status_code == _NOT_ANSWERED:
                raise requests.ConnectionError(f"{urlsplit(url).hostname} cannot be reached")
            return response

    make_session = requests.Session.__init__

    def make_mapped_session(session):
        make_session(session)
        # With proxies of the environment the sample server would not be found.
        session.trust_env = False
        for scheme in ("https://", "http://"):
            session.mount(scheme, SitesAdapter())

    requests.Session.__init__ = make_mapped_session

    request = curl_requests.Session.request

    def mapped_request(session, method, url, *args, **kwargs):
        response = request(session, method, mapped(url), *args, **kwargs)
        response.url = url
        if response.status_code == _NOT_ANSWERED:
            raise curl_errors.ConnectionError(f"{urlsplit(url).hostname} cannot be reached")
        return response

    curl_requests.Session.request = mapped_request
