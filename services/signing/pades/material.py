"""Who signs, and what the signature is to say besides the document itself."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

HEADING = "Specialanpassning godkänd efter funktionell riskbedömning"
SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class Signatory:
    """Who signs (Swedish: undertecknare), as the login said."""

    hsa_id: str
    given_name: str
    family_name: str

    @property
    def name(self) -> str:
        return f"{self.given_name} {self.family_name}"


@dataclass(frozen=True)
class SignedMaterial:
    """What becomes part of the signature besides the document.

    Args:
        title: the job's, as the signatory saw it.
        diary_number: under which the declaration is registered (S-12).
        assessment_sha256: of the functional risk assessment, in hexadecimal digits (S-1).
        conclusion: what the assessment came to, in the signatory's words.
        time: when the signatory signed.
        sequence: the signatory's number among `signatories`, from 1; they sign in that order.

    Source: S-1, S-12
    """

    title: str
    diary_number: str
    assessment_sha256: str
    conclusion: str
    time: datetime
    sequence: int = 1
    signatories: int = 1

    def __post_init__(self) -> None:
        if not SHA256.fullmatch(self.assessment_sha256):
            raise ValueError("assessment_sha256 is not a SHA-256 in hexadecimal digits")
        if not 1 <= self.sequence <= self.signatories:
            raise ValueError("sequence is not one of the signatories' numbers")

    def as_text(self) -> str:
        """The reason for signing, a fact a line, as PDF readers show it."""
        facts = {
            "Ärende": self.title,
            "Diarienummer": self.diary_number,
            "Riskbedömning SHA-256": self.assessment_sha256,
            "Slutsats": self.conclusion,
        }
        return "\n".join([HEADING, *(f"{name}: {one_line(fact)}" for name, fact in facts.items())])


@dataclass(frozen=True)
class StatedMaterial:
    """What a signature says besides the document; empty where it says nothing of the kind."""

    title: str = ""
    diary_number: str = ""
    assessment_sha256: str = ""
    conclusion: str = ""

    @classmethod
    def from_text(cls, reason: str) -> "StatedMaterial":
        """Read what `SignedMaterial.as_text` has written."""
        heading, *lines = reason.split("\n")
        if heading != HEADING or len(lines) != 4:
            return cls()
        return cls(*(line.partition(": ")[2] for line in lines))


class Signer(Protocol):
    """Signs PDF files (Swedish: underskriftstjänst)."""

    def sign(self, pdf: bytes, signatory: Signatory, material: SignedMaterial) -> bytes:
        """Return `pdf` with one signature more; what it was before stays its beginning.

        Raises:
            TimestampUnavailable: there is no timestamp to be had; nothing was signed.
            NotSignable: the file cannot take the signature.
            AuthorityUnusable: a revocation list has been replaced by something that is none.
        """
        ...


def field_name(sequence: int) -> str:
    """The name of the signature field of that signatory."""
    return f"Underskrift{sequence}"


def one_line(text: str) -> str:
    return " ".join(text.split())
