"""Who signs in the tests, and what."""

from datetime import UTC, datetime
from hashlib import sha256

from services.signing.pades.material import Signatory, SignedMaterial

ASA = Signatory("SE2120001111-T001", "Åsa", "Öberg")
BO = Signatory("SE2120001111-T002", "Bo", "Žižek")
ASSESSMENT = sha256(b"the functional risk assessment").hexdigest()


def material(sequence: int = 1, signatories: int = 1) -> SignedMaterial:
    return SignedMaterial(
        title="Specialanpassad fotplatta",
        diary_number="HMC 2026/123",
        assessment_sha256=ASSESSMENT,
        conclusion="Risken är godtagbar\n(efter åtgärd)",
        time=datetime.now(UTC),
        sequence=sequence,
        signatories=signatories,
    )
