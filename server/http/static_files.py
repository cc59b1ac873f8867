"""Files that never depend on the data: style, icon, the client's bundle; compressed where they were when they were made."""

from __future__ import annotations

import re
from mimetypes import guess_type
from pathlib import Path

from flask import Response, request, send_from_directory

FOLDER = Path(__file__).parents[1] / "pages" / "static"
_NAMED_BY_CONTENT = re.compile(r"-[A-Z0-9]{8}\.(?:js|css)")  # such a file never changes
_FOREVER = "public, max-age=31536000, immutable"


def static_file(filename: str) -> Response:
    """Return a file, its gzip copy where there is one and the client takes it; 404 where there is no such file."""
    packed = request.accept_encodings["gzip"] > 0 and (FOLDER / f"{filename}.gz").is_file()
    kind = guess_type(filename)[0] or "application/octet-stream"
    answer = send_from_directory(FOLDER, f"{filename}.gz" if packed else filename, mimetype=kind, conditional=True)
    answer.headers["Vary"] = "Accept-Encoding"
    if packed:
        answer.headers["Content-Encoding"] = "gzip"
    if _NAMED_BY_CONTENT.search(filename):
        answer.headers["Cache-Control"] = _FOREVER
    answer.headers.pop("Content-Disposition", None)
    return answer
