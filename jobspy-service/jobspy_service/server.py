"""The process: settings, log, and the server that listens."""

from __future__ import annotations

import json
import logging
import socket
import sys
import time

import uvicorn

from .app import create_app
from .settings import settings_or_exit

_levels = {"trace": 5, "debug": 10, "info": 20, "warn": 30, "error": 40, "fatal": 50, "silent": 99}
# What a log call may add to its message.
_extra = ("site", "jobs", "skipped", "code", "ms", "url", "port")


class _JsonLines(logging.Formatter):
    """The form that the product's other processes log in: one JSON object a line, levels from 20 (debug) to 60."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "level": record.levelno + 10,
            "time": round(time.time() * 1000),
            "name": "jobspy",
            "msg": record.getMessage(),
            **{name: getattr(record, name) for name in _extra if getattr(record, name, None) is not None},
        }
        if record.exc_info:
            line["err"] = {"message": str(record.exc_info[1]), "stack": self.formatException(record.exc_info)}
        return json.dumps(line)


def serve() -> None:
    settings = settings_or_exit()
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(_JsonLines())
    logging.basicConfig(level=_levels[settings.log_level], handlers=[handler])
    logging.getLogger("uvicorn").setLevel(logging.WARNING)

    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((settings.host, settings.port))
    except OSError as error:
        sys.exit(f"{settings.host}:{settings.port} cannot be listened on: {error.strerror}")
    port = listening.getsockname()[1]
    logging.getLogger(__name__).info("The JobSpy service is listening", extra={"port": port})
    server = uvicorn.Server(
        uvicorn.Config(
            create_app(settings),
            log_config=None,
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=settings.shutdown_grace_seconds,
        )
    )
    server.run(sockets=[listening])
