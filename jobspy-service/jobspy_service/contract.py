"""The contract as JSON Schema; requests are checked against the very files that callers are given."""

from __future__ import annotations

import json
from pathlib import Path

from jsonschema import Draft202012Validator

_folder = Path(__file__).parent.parent / "contract"


def _schema(name: str) -> dict:
    return json.loads((_folder / f"{name}.schema.json").read_text(encoding="utf-8"))


_request = Draft202012Validator(_schema("scrape-request"))
_job = _schema("scrape-response")["properties"]["jobs"]["items"]

JOB_COLUMNS: tuple[str, ...] = tuple(_job["properties"])
"""What is told of a job: JobSpy's own columns by their own names, without those that hold people's addresses."""


def problems_of(body: object) -> list[dict[str, str]]:
    """What is wrong with a request, each with the place in it; empty when nothing is."""
    return [
        {"path": "/".join(str(part) for part in error.absolute_path), "message": error.message}
        for error in _request.iter_errors(body)
    ]
