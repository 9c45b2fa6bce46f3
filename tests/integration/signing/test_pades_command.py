"""`rampen signatures verify`, as an archivist runs it."""

import json
import subprocess
import sys

import pytest
from click.testing import CliRunner

from chassis.cli import main
from tests.integration.signing.people import ASA, ASSESSMENT, material


@pytest.fixture
def verify(authorities, tmp_path):
    """Run the command on a file with this content."""

    def run(content: bytes, *options: str):
        path = tmp_path / "handling.pdf"
        path.write_bytes(content)
        command = ["signatures", "verify", str(path), "--trust", str(authorities.root), *options]
        return CliRunner().invoke(main, command)

    return run


@pytest.fixture(scope="session")
def signed(signer, pdf) -> bytes:
    return signer.sign(pdf, ASA, material())


def test_a_signed_file_holds(verify, signed):
    ended = verify(signed)

    assert ended.exit_code == 0
    assert ended.output.startswith("Underskrifterna gäller.\n")
    assert "Åsa Öberg (SE2120001111-T001)" in ended.output
    assert "Diarienummer: HMC 2026/123" in ended.output
    assert "NEJ" not in ended.output


def test_a_file_with_one_other_byte_does_not(verify, signed):
    ended = verify(signed[:300] + bytes([signed[300] ^ 1]) + signed[301:])

    assert ended.exit_code == 1
    assert ended.output.startswith(("UNDERSKRIFTERNA GÄLLER INTE.\n", "Filen går inte att läsa"))


def test_an_unsigned_file_is_not_signed(verify, pdf):
    ended = verify(pdf)

    assert ended.exit_code == 1
    assert ended.output.startswith("Filen är inte underskriven.\n")


@pytest.mark.parametrize("content", [b"", b"Hej", b"%PDF-1.7\n"])
def test_what_is_no_pdf_is_said_to_be_none(verify, content):
    ended = verify(content)

    assert ended.exit_code == 1
    assert ended.output.startswith("Filen går inte att läsa")


def test_programs_read_the_same_as_json(verify, signed):
    found = json.loads(verify(signed, "--json").output)

    assert found["holds"] is True
    assert found["signatures"][0]["hsa_id"] == ASA.hsa_id
    assert found["signatures"][0]["material"]["assessment_sha256"] == ASSESSMENT


def test_an_unreadable_file_is_json_too(verify):
    assert json.loads(verify(b"Hej", "--json").output) == {
        "signatures": [],
        "holds": False,
        "error": "not a PDF file",
    }


def test_no_command_loads_what_reads_pdf_files_before_it_is_asked_for():
    look = "import sys, chassis.cli; print({'pyhanko', 'pikepdf', 'asn1crypto'} & {*sys.modules})"

    ended = subprocess.run([sys.executable, "-W", "ignore", "-c", look], capture_output=True)

    assert ended.stdout.strip() == b"set()"
