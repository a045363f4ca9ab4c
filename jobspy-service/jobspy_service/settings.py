"""Every setting of the service. `.env.example` explains them."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from urllib.parse import urlsplit


def _whole(name: str, least: int, most: int, default: int) -> int:
    return field(default=default, metadata={"name": name, "bounds": (least, most)})


def _text(name: str, pattern: str, default: str | None) -> str | None:
    return field(default=default, metadata={"name": name, "pattern": pattern})


@dataclass(frozen=True)
class Settings:
    host: str = _text("JOBSPY_HOST", r"\S+", "127.0.0.1")
    # 0 takes a free port; the log says which.
    port: int = _whole("JOBSPY_PORT", 0, 65_535, 3004)
    # Callers send it as `Authorization: Bearer …`. Without it everybody who reaches the port is answered.
    secret: str | None = _text("JOBSPY_SECRET", r"[\x21-\x7e]{16,200}", None)
    # Good as well, while callers change over from it.
    secret_before: str | None = _text("JOBSPY_SECRET_BEFORE", r"[\x21-\x7e]{16,200}", None)
    # Every `https://<host>/<path>` of a site is asked as `<this>/<host>/<path>`.
    sites_url: str | None = _text("JOBSPY_SITES_URL", r"https?://\S+", None)
    # ISO 3166-1 alpha-2: where sites that search one country look when the request names none.
    default_country: str = _text("JOBSPY_DEFAULT_COUNTRY", r"[A-Z]{2}", "US")
    scrapes_at_once: int = _whole("JOBSPY_SCRAPES_AT_ONCE", 1, 100, 8)
    busy_retry_after_seconds: int = _whole("JOBSPY_BUSY_RETRY_AFTER_SECONDS", 1, 3_600, 10)
    site_timeout_seconds: int = _whole("JOBSPY_SITE_TIMEOUT_SECONDS", 1, 600, 120)
    body_limit_bytes: int = _whole("JOBSPY_BODY_LIMIT_BYTES", 256, 1_048_576, 16_384)
    # Scrapes that are under way may go on for so long after a stop signal.
    shutdown_grace_seconds: int = _whole("JOBSPY_SHUTDOWN_GRACE_SECONDS", 0, 600, 5)
    log_level: str = _text("LOG_LEVEL", r"fatal|error|warn|info|debug|trace|silent", "info")


def settings_or_exit(environment: Mapping[str, str] = os.environ) -> Settings:
    """Reads the environment; an empty value counts as none. Ends the process with what is wrong, by name."""
    values: dict[str, object] = {}
    problems: list[str] = []
    for setting in fields(Settings):
        name = setting.metadata["name"]
        text = environment.get(name, "").strip()
        if not text:
            continue
        if bounds := setting.metadata.get("bounds"):
            least, most = bounds
            if re.fullmatch(r"\d{1,9}", text) and least <= int(text) <= most:
                values[setting.name] = int(text)
            else:
                problems.append(f"{name} must be a whole number from {least} to {most}")
        elif re.fullmatch(setting.metadata["pattern"], text):
            values[setting.name] = text
        else:
            problems.append(f"{name} must match {setting.metadata['pattern']}")
    sites_url = values.get("sites_url")
    if isinstance(sites_url, str) and not urlsplit(sites_url).hostname:
        problems.append("JOBSPY_SITES_URL must be an address")
    if problems:
        sys.exit("\n".join(problems))
    return Settings(**values)
