"""Whether a file may be signed: only a whole PDF that shows pages and does nothing else.

Looked at in a process of its own, which is given little time and memory: a file that unfolds
without end, or leads in circles, harms nobody but that process.
"""

import hashlib
import json
import subprocess
import sys
from dataclasses import dataclass

from services.signing.pades import errors

LARGEST = 25 * 1024 * 1024  # bytes
SECONDS = 10  # of computing
PATIENCE = 60  # seconds until the process is given up, on however busy a machine
HEADER, TRAILER = b"%PDF-", b"%%EOF"
TAIL = 1024  # bytes at the end, where the trailer must be
INSPECTOR = "services.signing.pades.inspection"


@dataclass(frozen=True)
class Facts:
    """What a file that may be signed is (Swedish: handling)."""

    pages: int
    size: int  # bytes
    sha256: str


def examine(pdf: bytes) -> Facts:
    """Look into an uploaded file.

    Raises:
        Unacceptable: one of its kinds, for the first reason found not to sign it.
    """
    if len(pdf) > LARGEST:
        raise errors.TooLarge("the file is too large")
    if not pdf.startswith(HEADER):
        raise errors.NotPdf("not a PDF file")
    if TRAILER not in pdf[-TAIL:]:
        raise errors.Damaged("the end is missing")
    found = _inspect(pdf)
    if reason := found.get("refused"):
        raise getattr(errors, reason)(found["detail"])
    return Facts(found["pages"], len(pdf), hashlib.sha256(pdf).hexdigest())


def _inspect(pdf: bytes) -> dict:
    command = [sys.executable, "-W", "ignore", "-m", INSPECTOR, str(SECONDS)]
    try:
        ended = subprocess.run(command, input=pdf, capture_output=True, timeout=PATIENCE)
    except subprocess.TimeoutExpired:
        raise errors.TooComplex("looking into the file takes too long") from None
    if ended.returncode:
        raise errors.TooComplex("looking into the file takes too much")
    return json.loads(ended.stdout)
