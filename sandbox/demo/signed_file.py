"""What a signed file proves by itself, to anybody who has the roots."""

import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from sandbox.authorities import Authorities
from sandbox.demo.case import Case
from sandbox.steps import RAMPEN

PATIENCE = 60  # seconds


def prove(case: Case, content: bytes, folder: Path) -> None:
    """Show that the file holds, and that it no longer does when one bit of it differs."""
    root = Authorities(folder / "authorities").root
    with TemporaryDirectory() as place:
        file = Path(place, "signed.pdf")
        file.write_bytes(content)
        told = verified(file, root)
        case.evidence.show(
            told.returncode == 0, f"rampen signatures verify: {told.stdout.splitlines()[1]}"
        )
        if pdfsig := shutil.which("pdfsig"):
            other = run(pdfsig, "-nocert", file)
            case.evidence.show(
                "Signature is Valid" in other.stdout, "pdfsig, another program: Signature is Valid"
            )
        file.write_bytes(flipped(content))
        told = verified(file, root)
        case.evidence.show(
            told.returncode == 1, f"one bit of it flipped: {told.stdout.splitlines()[1]}"
        )


def verified(file: Path, root: Path) -> subprocess.CompletedProcess[str]:
    return run(sys.executable, *RAMPEN, "signatures", "verify", file, "--trust", root)


def run(*command: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=False)


def flipped(content: bytes) -> bytes:
    """The same with one bit of the page's own content changed."""
    at = content.index(b"stream") + len(b"stream\r\n") + 20
    return content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :]
