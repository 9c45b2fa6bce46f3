"""python -m services.signing.pades.inspection SECONDS < FILE: what `examination` runs."""

import json
import resource
import sys
from collections.abc import Iterator
from io import BytesIO

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from services.signing.pades import errors
from services.signing.pades.local_signer import add_fields
from services.signing.pades.verification import UNREADABLE

MEMORY = 1024 * 1024 * 1024  # bytes
SIGNATORIES = 9  # whose fields must find a place
DEEPEST = 100  # direct objects within each other

#: Actions that do something else than to lead to a page or an address.
ACTIONS = {
    *("/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/ResetForm", "/GoToR", "/GoToE"),
    *("/Rendition", "/RichMediaExecute", "/Sound", "/Movie", "/Hide", "/SetOCGState", "/Trans"),
    *("/GoTo3DView", "/Thread", "/GoToDp"),
}
ADDRESSES = ("http://", "https://", "mailto:", "tel:")  # of links
SCRIPTS = ("/JS", "/JavaScript", "/AA")
FILES = ("/EmbeddedFiles", "/EF", "/XFA", "/Collection", "/RichMediaContent")
MEDIA = {"/FileAttachment", "/RichMedia", "/Screen", "/Movie", "/Sound", "/3D"}


def inspect(pdf: bytes) -> int:
    """Return the number of pages.

    Raises:
        Unacceptable: one of its kinds.
    """
    try:
        with pikepdf.open(BytesIO(pdf), attempt_recovery=False, suppress_warnings=True) as opened:
            pages = _look(opened)
        add_fields(IncrementalPdfFileWriter(BytesIO(pdf)), SIGNATORIES)  # as signing will
    except pikepdf.PasswordError:
        raise errors.Encrypted("encrypted") from None
    except (pikepdf.PdfError, *UNREADABLE) as error:
        raise errors.Damaged(f"the file cannot be read ({type(error).__name__})") from None
    return pages


def _look(pdf: pikepdf.Pdf) -> int:
    if pdf.is_encrypted:
        raise errors.Encrypted("encrypted")
    for dictionary in _dictionaries(pdf):
        _judge(dictionary)
    _judge_start(pdf.Root.get("/OpenAction"))
    if not (pages := len(pdf.pages)):
        raise errors.NoPages("there is no page")
    if pdf.get_warnings():
        raise errors.Damaged("its structure is broken")
    return pages


def _dictionaries(pdf: pikepdf.Pdf) -> Iterator[Dictionary]:
    """Every dictionary in the file: indirect ones once, and those that lie within them."""
    for found in pdf.objects:
        yield from _within(found, 0)
    yield from _within(pdf.trailer, 0)


def _within(found: object, depth: int) -> Iterator[Dictionary]:
    if depth > DEEPEST:
        raise errors.TooComplex("objects lie too deep within each other")
    if isinstance(found, Stream):
        found = found.stream_dict
    if isinstance(found, Dictionary):
        yield found
        parts = [part for _, part in found.items()]
    else:
        parts = list(found) if isinstance(found, Array) else []
    for part in parts:
        if isinstance(part, (Dictionary, Array)) and not part.is_indirect:
            yield from _within(part, depth + 1)


def _judge(found: Dictionary) -> None:
    if "/ByteRange" in found or (found.get("/FT") == Name.Sig and "/V" in found):
        raise errors.AlreadySigned("it is signed already")
    if any(name in found for name in SCRIPTS) or _is_action(found) or _leads_astray(found):
        raise errors.ActiveContent("it has scripts or actions")
    if any(name in found for name in FILES) or found.get("/Type") == Name.EmbeddedFile:
        raise errors.EmbeddedContent("it carries other files")
    if str(found.get("/Subtype", "")) in MEDIA:
        raise errors.EmbeddedContent("it carries media or files")


def _is_action(found: Dictionary) -> bool:
    structure = found.get("/Type") == Name.StructElem  # whose /S is a word of the author's
    return not structure and str(found.get("/S", "")) in ACTIONS


def _leads_astray(found: Dictionary) -> bool:
    """Whether a link leads to a script, or into the reader's own machine."""
    address = found.get("/URI") if found.get("/S") == Name.URI else None
    return address is not None and not str(address).strip().lower().startswith(ADDRESSES)


def _judge_start(action: object) -> None:
    """What happens when the file is opened may be no more than to show a page of it."""
    if isinstance(action, Dictionary) and action.get("/S") != Name.GoTo:
        raise errors.ActiveContent("it does something when it is opened")


def main() -> None:
    seconds = int(sys.argv[1])
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        found: dict = {"pages": inspect(sys.stdin.buffer.read())}
    except errors.Unacceptable as refusal:
        found = {"refused": type(refusal).__name__, "detail": str(refusal)}
    print(json.dumps(found))


if __name__ == "__main__":
    main()
