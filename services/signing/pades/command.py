"""`rampen signatures verify`: what an archivist asks of a signed file, years later."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import click

# What reads PDF files is imported when it is asked for: every `rampen` command loads this module,
# `rampen serve` before it has made the standard library green.
if TYPE_CHECKING:
    from services.signing.pades.verification import FoundSignature, Verification

HERE = ZoneInfo("Europe/Stockholm")
FILE = click.Path(path_type=Path, exists=True, dir_okay=False)


@click.group()
def signatures() -> None:
    """Signatures in PDF files (underskrifter)."""


@signatures.command("verify")
@click.argument("file", type=FILE)
@click.option("--trust", type=FILE, help="PEM file with the roots; else SIGNING_TRUST_ROOTS.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@click.pass_context
def verify_file(context: click.Context, file: Path, trust: Path | None, as_json: bool) -> None:
    """Say who has signed FILE, and whether it holds; status 1 when it does not."""
    from services.signing.pades.errors import PadesError
    from services.signing.pades.settings import read_roots, trust_roots
    from services.signing.pades.verification import Verification, verify

    roots = read_roots(trust, "--trust") if trust else trust_roots()
    try:
        found, wrong = verify(file.read_bytes(), roots), ""
    except PadesError as error:
        found, wrong = Verification(()), str(error)
    click.echo(_as_json(found, wrong) if as_json else "\n".join(_lines(found, wrong)))
    context.exit(0 if found.holds else 1)


def _as_json(found: "Verification", wrong: str) -> str:
    facts = asdict(found) | {"holds": found.holds, "error": wrong or None}
    return json.dumps(facts, ensure_ascii=False, default=lambda moment: moment.isoformat())


def _lines(found: "Verification", wrong: str) -> list[str]:
    """Swedish first, English after it."""
    if wrong:
        return ["Filen går inte att läsa: den är ingen hel PDF.", f"Not readable: {wrong}."]
    if not found.signatures:
        return ["Filen är inte underskriven.", "The file is not signed."]
    lines = [line for one in found.signatures for line in _about(one)]
    if found.holds:
        return ["Underskrifterna gäller.", "All signatures hold.", *lines]
    return ["UNDERSKRIFTERNA GÄLLER INTE.", "THE SIGNATURES DO NOT HOLD.", *lines]


def _about(one: "FoundSignature") -> list[str]:
    when = f"{one.time.astimezone(HERE):%Y-%m-%d %H:%M:%S}" if one.time else "okänd tid"
    facts = {
        "Ärende": one.material.title,
        "Diarienummer": one.material.diary_number,
        "Slutsats": one.material.conclusion,
        "Riskbedömning SHA-256": one.material.assessment_sha256,
        "Nivå": f"PAdES {one.level}",
        "Oförändrad": _answer(one.intact),
        "Hela dokumentet": _answer(one.covered),
        "Betrodd": _answer(one.trusted),
        "Tidsstämpel": _answer(one.time is not None),
    }
    head = f"{one.field}: {one.name} ({one.hsa_id}), {when}"
    return ["", head, *(f"  {name}: {value}" for name, value in facts.items() if value)]


def _answer(holds: bool) -> str:
    return "ja" if holds else "NEJ"
