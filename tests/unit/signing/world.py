"""A small world for signing's tests: who acts, when, and by which rules."""

from datetime import UTC, datetime
from uuid import UUID

from contracts.actor import Actor
from services.signing.letters import SwedishLetters
from services.signing.ports import Rules

PRINCIPAL = "SE2321009314-E000000000000"
BORAS, SKOVDE, CENTRE = (f"SE2321009314-E00000000000{at}" for at in range(1, 4))
ANNA = Actor("SE2321009314-P000000000101", "prescriber", BORAS, PRINCIPAL)
COLLEAGUE = Actor("SE2321009314-P000000000102", "prescriber", BORAS, PRINCIPAL)
STRANGER = Actor("SE2321009314-P000000000104", "prescriber", SKOVDE, PRINCIPAL)
ERIK = Actor("SE2321009314-P000000000105", "manager", SKOVDE, PRINCIPAL)  # signs as well
JOHAN = Actor("SE2321009314-P000000000106", "technician", CENTRE, PRINCIPAL)
SARA = Actor("SE2321009314-P000000000107", "technician", CENTRE, PRINCIPAL)
KARIN = Actor("SE2321009314-P000000000108", "customer_service", CENTRE, PRINCIPAL)

NOW = datetime(2026, 4, 17, 6, 54, tzinfo=UTC)
ADAPTATION = UUID("0c3f0d7e-8b64-4a3e-9c55-21f0be7f7a10")
LOA3 = "http://id.sambi.se/loa/loa3"
PORTAL = "https://rampen.example.se"
RULES = Rules(supply_centre=frozenset({CENTRE}), levels=frozenset({LOA3}))
LETTERS = SwedishLetters(PORTAL)
BUILT = {
    "adaptation_id": ADAPTATION,
    "work_order_number": "60000047",
    "individual_number": "HMC204417",
    "unit": BORAS,
    "prescriber": ANNA.hsa_id,
    "technician": JOHAN.hsa_id,
    "built_at": NOW,
}
RISK = {
    "area": "Förflyttning",
    "description": "Fotplattan tar i tröskeln",
    "probability": 2,
    "severity": 3,
    "measure": "Plattan fälls upp",
    "acceptable": True,
}
