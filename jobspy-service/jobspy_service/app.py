"""POST /scrape and GET /healthz."""

from __future__ import annotations

import asyncio
import hmac
import json

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from .contract import problems_of
from .scraping import scrape_sites
from .settings import Settings


def create_app(settings: Settings) -> Starlette:
    busy = asyncio.BoundedSemaphore(settings.scrapes_at_once)

    async def scrape(request: Request) -> Response:
        _authorize(request, settings)
        query = await _query_of(request, settings.body_limit_bytes)
        if busy.locked():
            raise HTTPException(
                429,
                f"{settings.scrapes_at_once} scrapes run already",
                {"retry-after": str(settings.busy_retry_after_seconds)},
            )
        async with busy:
            answer = await _unless_gone(request, scrape_sites(query, settings))
        return JSONResponse(answer)

    async def health(_request: Request) -> Response:
        return JSONResponse({"status": "ok"})

    return Starlette(
        routes=[Route("/scrape", scrape, methods=["POST"]), Route("/healthz", health)],
        exception_handlers={HTTPException: _problem, ClientDisconnect: _nobody, Exception: _broken},
    )


def _authorize(request: Request, settings: Settings) -> None:
    given = request.headers.get("authorization", "").encode()
    secrets = [secret for secret in (settings.secret, settings.secret_before) if secret]
    # Each is compared: how long it takes tells nothing of which one is right.
    if secrets and not any([hmac.compare_digest(given, f"Bearer {secret}".encode()) for secret in secrets]):
        raise HTTPException(401, "the secret is missing or wrong", {"www-authenticate": "Bearer"})


async def _query_of(request: Request, most: int) -> dict:
    """The request's body, checked against the contract."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > most:
            raise HTTPException(413, f"the body has more than {most} bytes")
    try:
        query = json.loads(body)
    except ValueError:
        raise _Unprocessable([{"path": "", "message": "is not JSON"}]) from None
    if problems := problems_of(query):
        raise _Unprocessable(problems)
    return query


async def _unless_gone(request: Request, work) -> dict:
    """The work's result; the work is cancelled when the caller closes the connection. @raises ClientDisconnect."""
    working = asyncio.create_task(work)
    gone = asyncio.create_task(_disconnected(request))
    try:
        await asyncio.wait({working, gone}, return_when=asyncio.FIRST_COMPLETED)
        if not working.done():
            raise ClientDisconnect
        return working.result()
    finally:
        working.cancel()
        gone.cancel()
        await asyncio.gather(working, gone, return_exceptions=True)


async def _disconnected(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass


class _Unprocessable(HTTPException):
    def __init__(self, errors: list[dict[str, str]]) -> None:
        super().__init__(422, "the request is not as the contract has it")
        self.errors = errors


_titles = {
    401: "Unauthorized",
    404: "Not Found",
    405: "Method Not Allowed",
    413: "Content Too Large",
    422: "Unprocessable Content",
    429: "Too Many Requests",
    500: "Internal Server Error",
}


async def _problem(_request: Request, error: HTTPException) -> Response:
    """RFC 9457."""
    body = {"status": error.status_code, "title": _titles.get(error.status_code, "Error"), "detail": error.detail}
    if isinstance(error, _Unprocessable):
        body["errors"] = error.errors
    return JSONResponse(body, error.status_code, error.headers, "application/problem+json")


async def _broken(request: Request, _error: Exception) -> Response:
    """A bug of ours; the log has it."""
    return await _problem(request, HTTPException(500, "the service failed"))


async def _nobody(_request: Request, _error: ClientDisconnect) -> Response:
    """Nobody is there to read it; the status is for the log."""
    return Response(status_code=499)
