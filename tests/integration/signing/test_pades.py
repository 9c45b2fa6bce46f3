"""What is signed holds, by our own eyes and by poppler's; what is changed after does not."""

import subprocess
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest
import time_machine
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sandbox.authorities import Authorities
from services.signing.pades.errors import NotSignable, PadesError
from services.signing.pades.material import StatedMaterial
from services.signing.pades.settings import read_roots
from services.signing.pades.verification import verify
from tests.integration.signing.people import ASA, ASSESSMENT, BO, material


@pytest.fixture(scope="session")
def signed(signer, pdf) -> bytes:
    return signer.sign(pdf, ASA, material())


@pytest.fixture(scope="session")
def half_signed(signer, pdf) -> bytes:
    return signer.sign(pdf, ASA, material(1, 2))


@pytest.fixture(scope="session")
def twice_signed(signer, half_signed) -> bytes:
    return signer.sign(half_signed, BO, material(2, 2))


@pytest.mark.rule("S-11")
def test_a_signature_says_who_signed_when_and_on_which_level(signed, roots):
    (found,) = verify(signed, roots).signatures

    assert (found.hsa_id, found.name, found.level) == (ASA.hsa_id, "Åsa Öberg", "B-LT")
    assert abs(found.time - datetime.now(UTC)) < timedelta(minutes=10)
    assert found.holds


@pytest.mark.rule("S-1")
@pytest.mark.rule("S-12")
def test_assessment_and_diary_number_are_part_of_what_is_signed(signed, roots):
    (found,) = verify(signed, roots).signatures

    assert found.material == StatedMaterial(
        "Specialanpassad fotplatta",
        "HMC 2026/123",
        ASSESSMENT,
        "Risken är godtagbar (efter åtgärd)",
    )


def test_poppler_finds_the_signature_valid_over_the_whole_document(signed, tmp_path):
    seen = pdfsig(signed, tmp_path)

    assert "Signature is Valid" in seen
    assert "Total document signed" in seen
    assert "ETSI.CAdES.detached" in seen
    assert f"serialNumber={ASA.hsa_id}" in seen


def test_what_was_there_before_is_the_beginning_of_what_is_there_after(pdf, twice_signed):
    assert twice_signed.startswith(pdf)


def test_a_second_signature_leaves_the_first_as_it_was(twice_signed, roots, tmp_path):
    found = verify(twice_signed, roots)

    assert [one.name for one in found.signatures] == ["Åsa Öberg", "Bo Žižek"]
    assert found.holds
    assert pdfsig(twice_signed, tmp_path).count("Signature is Valid") == 2


def test_the_first_of_two_signatures_holds_by_itself(half_signed, roots):
    assert verify(half_signed, roots).holds


def test_nobody_signs_in_another_s_place(signer, half_signed, signed):
    for pdf, sequence in ((half_signed, 1), (signed, 2)):
        with pytest.raises(NotSignable):
            signer.sign(pdf, BO, material(sequence, 2))


def test_each_signatory_leaves_a_mark_on_the_last_page(twice_signed, tmp_path):
    seen = text_of_page(twice_signed, 2, tmp_path)

    assert "Underskrivet av Åsa Öberg" in seen
    assert "HSA-id SE2120001111-T002" in seen
    assert seen.count("HMC 2026/123") == 2
    assert "Underskrivet" not in text_of_page(twice_signed, 1, tmp_path)


def test_every_signature_has_a_key_and_certificate_of_its_own(signer, pdf, roots):
    one, other = (signer.sign(pdf, ASA, material()) for _ in range(2))

    assert certificate(one).public_key.dump() != certificate(other).public_key.dump()
    assert certificate(one).serial_number != certificate(other).serial_number


def test_a_certificate_lives_for_minutes_and_is_for_signing_alone(signed):
    found = certificate(signed)

    assert found.not_valid_after - found.not_valid_before < timedelta(minutes=15)
    assert found.key_usage_value.native == {"digital_signature", "non_repudiation"}
    assert not found.ca


@pytest.mark.parametrize("years", [1, 9, 30])
def test_a_signature_holds_long_after_every_certificate_has_ended(signed, roots, years):
    with time_machine.travel(datetime.now(UTC) + timedelta(days=366 * years)):
        assert verify(signed, roots).holds


def test_a_signature_holds_for_those_alone_who_trust_its_root(signed, tmp_path):
    strangers = read_roots(Authorities(tmp_path).make().root, "roots")

    (found,) = verify(signed, strangers).signatures

    assert (found.intact, found.trusted, found.time, found.holds) == (True, False, None, False)


@settings(max_examples=60, derandomize=True, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_one_changed_byte_is_found(signed, roots, data):
    where = data.draw(st.sampled_from(signed_range(signed)))
    mask = data.draw(st.integers(1, 255))

    assert not holds(with_changed_byte(signed, where, mask), roots)


@pytest.mark.parametrize("part", range(12))
def test_poppler_finds_one_changed_byte_too(signed, tmp_path, part):
    where = signed_range(signed)[part * len(signed_range(signed)) // 12 + 7]

    assert "Signature is Valid" not in pdfsig(with_changed_byte(signed, where, 1), tmp_path)


def test_a_note_that_is_added_later_is_found(signed, roots):
    assert not holds(with_note(signed), roots)


def test_a_note_between_two_signatures_is_found(half_signed, roots):
    assert not holds(with_note(half_signed), roots)


def test_a_signature_that_is_cut_off_leaves_what_was_signed_before(
    twice_signed, half_signed, roots
):
    found = verify(twice_signed[: len(half_signed)], roots)

    assert [one.name for one in found.signatures] == ["Åsa Öberg"]
    assert found.holds


def test_an_unsigned_file_has_no_signatures(pdf, roots):
    found = verify(pdf, roots)

    assert found.signatures == ()
    assert not found.holds


def holds(pdf: bytes, roots) -> bool:
    try:
        return verify(pdf, roots).holds
    except PadesError:
        return False


def signed_range(pdf: bytes) -> list[int]:
    """The offsets of all bytes that the last signature covers."""
    _, first, second, length = signature(pdf).byte_range
    return [*range(first), *range(second, second + length)]


def signature(pdf: bytes):
    from pyhanko.pdf_utils.reader import PdfFileReader

    return PdfFileReader(BytesIO(pdf)).embedded_signatures[-1]


def certificate(pdf: bytes):
    return signature(pdf).signer_cert


def with_changed_byte(pdf: bytes, where: int, mask: int) -> bytes:
    return pdf[:where] + bytes([pdf[where] ^ mask]) + pdf[where + 1 :]


def with_note(pdf: bytes) -> bytes:
    """The file with a revision more, in which somebody has added a note to its first page."""
    from pyhanko.pdf_utils import generic
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    writer = IncrementalPdfFileWriter(BytesIO(pdf))
    entries = {"/Type": "/Annot", "/Subtype": "/Text"}
    note = {generic.pdf_name(key): generic.pdf_name(value) for key, value in entries.items()}
    rectangle = generic.ArrayObject(map(generic.NumberObject, (10, 10, 50, 50)))
    note[generic.pdf_name("/Rect")] = rectangle
    writer.register_annotation(
        writer.find_page_for_modification(0)[0], writer.add_object(generic.DictionaryObject(note))
    )
    output = BytesIO()
    writer.write(output)
    return output.getvalue()


def pdfsig(pdf: bytes, folder: Path) -> str:
    path = folder / "signed.pdf"
    path.write_bytes(pdf)
    return subprocess.run(["pdfsig", path], capture_output=True, text=True, timeout=60).stdout


def text_of_page(pdf: bytes, number: int, folder: Path) -> str:
    path = folder / "signed.pdf"
    path.write_bytes(pdf)
    page = ("-f", str(number), "-l", str(number))
    command = ["pdftotext", *page, path, "-"]
    return subprocess.run(command, capture_output=True, text=True, timeout=60).stdout
