"""Only a whole PDF that shows pages and does nothing else may be signed."""

import hashlib

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from services.signing.pades import errors, examination
from services.signing.pades.examination import Facts, examine
from services.signing.pades.inspection import inspect
from tests.unit.signing.pades import files

PLAIN = files.document()

BAD = {
    "nothing": (b"", errors.NotPdf),
    "text": (b"Hej", errors.NotPdf),
    "something before it": (b"MZ" + PLAIN, errors.NotPdf),
    "cut": (PLAIN[: len(PLAIN) // 2], errors.Damaged),
    "cut and patched": (PLAIN[: len(PLAIN) // 2] + b"%%EOF", errors.Damaged),
    "no table": (PLAIN.replace(b"xref", b"xxxx"), errors.Damaged),
    "no pages": (files.without_pages(), errors.NoPages),
    "pages in a circle": (files.circling(), errors.Damaged),
    "encrypted": (
        files.changed(lambda _: None, encryption=pikepdf.Encryption(owner="o", user="u")),
        errors.Encrypted,
    ),
    "encrypted without a password": (
        files.changed(lambda _: None, encryption=pikepdf.Encryption(owner="o", user="")),
        errors.Encrypted,
    ),
    "script when opened": (files.opens_with(files.script()), errors.ActiveContent),
    "script when clicked": (files.links_to(files.script()), errors.ActiveContent),
    "program": (
        files.links_to(files.action(S=Name.Launch, F=String("cmd.exe"))),
        errors.ActiveContent,
    ),
    "address when opened": (
        files.opens_with(files.action(S=Name.URI, URI=String("https://example.se"))),
        errors.ActiveContent,
    ),
    "script for an address": (
        files.links_to(files.action(S=Name.URI, URI=String("JavaScript:alert(1)"))),
        errors.ActiveContent,
    ),
    "own machine for an address": (
        files.links_to(files.action(S=Name.URI, URI=String("file:///etc/passwd"))),
        errors.ActiveContent,
    ),
    "sends its form": (
        files.links_to(files.action(S=Name.SubmitForm, F=String("https://example.se"))),
        errors.ActiveContent,
    ),
    "fetches its form": (
        files.links_to(files.action(S=Name.ImportData, F=String("x"))),
        errors.ActiveContent,
    ),
    "opens another": (files.links_to(files.action(S=Name.GoToR)), errors.ActiveContent),
    "one action after another": (
        files.links_to(files.action(S=Name.GoTo, Next=Array([files.script()]))),
        errors.ActiveContent,
    ),
    "actions of its own": (
        files.links_to(files.action(S=Name.GoTo), AA=Dictionary()),
        errors.ActiveContent,
    ),
    "another file": (files.with_attachment(), errors.EmbeddedContent),
    "a file as a note": (files.with_annotation(Name.FileAttachment), errors.EmbeddedContent),
    "media": (files.with_annotation(Name.RichMedia), errors.EmbeddedContent),
    "film": (files.with_annotation(Name.Movie), errors.EmbeddedContent),
    "form in XML": (files.with_form(XFA=String("<xdp/>")), errors.EmbeddedContent),
    "signed": (
        files.with_form(SigFlags=3, X=Dictionary(Type=Name.Sig, ByteRange=Array([0, 1, 2, 3]))),
        errors.AlreadySigned,
    ),
}


def test_what_a_plain_file_is():
    pdf = files.document(pages=3)

    assert examine(pdf) == Facts(3, len(pdf), hashlib.sha256(pdf).hexdigest())


@pytest.fixture
def here(monkeypatch):
    """Look into files in this process: what is seen is the same, and it is sooner done."""

    def look(pdf: bytes) -> dict:
        try:
            return {"pages": inspect(pdf)}
        except errors.Unacceptable as refusal:
            return {"refused": type(refusal).__name__, "detail": str(refusal)}

    monkeypatch.setattr(examination, "_inspect", look)


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(("pdf", "refusal"), BAD.values(), ids=BAD)
def test_a_file_that_must_not_be_signed_is_refused_for_what_it_is(pdf, refusal):
    with pytest.raises(errors.Unacceptable) as refused:
        examine(pdf)

    assert type(refused.value) is refusal


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(
    "action",
    [
        files.action(S=Name.GoTo),
        files.action(S=Name.Named),
        files.action(S=Name.URI, URI=String("https://example.se/anvisning")),
    ],
)
def test_links_to_pages_and_addresses_do_no_harm(action):
    assert examine(files.links_to(action)).pages == 1


@pytest.mark.usefixtures("here")
def test_a_file_may_have_25_megabytes_and_no_byte_more(monkeypatch):
    monkeypatch.setattr(examination, "LARGEST", len(PLAIN))

    assert examine(PLAIN).pages == 1
    with pytest.raises(errors.TooLarge):
        examine(PLAIN + b"\n")


def test_a_process_of_its_own_says_why_it_refuses():
    with pytest.raises(errors.ActiveContent, match="scripts"):
        examine(files.opens_with(files.script()))


def test_a_file_that_unfolds_to_gigabytes_is_refused_and_does_no_harm():
    with pytest.raises((errors.TooComplex, errors.Damaged)):
        examine(files.unfolding())


def test_a_file_that_takes_too_much_computing_is_refused(monkeypatch):
    monkeypatch.setattr(examination, "SECONDS", 0)

    with pytest.raises(errors.TooComplex):
        examine(PLAIN)
