"""The mark that each signatory leaves on the last page: where it is, and what it looks like."""

from zoneinfo import ZoneInfo

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.content import RawContent
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.layout import AxisAlignment, BoxConstraints, Margins, SimpleBoxLayoutRule
from pyhanko.stamp import StaticStampStyle

from services.signing.pades.material import Signatory, SignedMaterial, one_line

HERE = ZoneInfo("Europe/Stockholm")
WIDTH, HEIGHT, GAP = 174, 44, 6  # points; three fit beside each other on A4
SIZE, LEADING = 6.5, 9  # points
LONGEST_LINE = 52  # characters

Box = tuple[int, int, int, int]


def place(page: Box, sequence: int) -> Box:
    """Where on the page the mark belongs: from the lower left, row by row upwards."""
    left, bottom, right, _ = page
    columns = max(1, (right - left - GAP) // (WIDTH + GAP))
    row, column = divmod(sequence - 1, columns)
    x = left + GAP + column * (WIDTH + GAP)
    y = bottom + GAP + row * (HEIGHT + GAP)
    return x, y, x + WIDTH, y + HEIGHT


def style(signatory: Signatory, material: SignedMaterial) -> StaticStampStyle:
    """The mark, as pyHanko draws it into the signature's field."""
    return StaticStampStyle(
        border_width=1,
        background=_Lines(lines(signatory, material)),
        background_layout=SimpleBoxLayoutRule(
            AxisAlignment.ALIGN_MIN, AxisAlignment.ALIGN_MIN, margins=Margins()
        ),
    )


def lines(signatory: Signatory, material: SignedMaterial) -> list[str]:
    """What the mark says."""
    return [
        f"Underskrivet av {signatory.name}",
        f"HSA-id {signatory.hsa_id}",
        f"{material.time.astimezone(HERE):%Y-%m-%d %H:%M}   Diarienr {material.diary_number}",
        f"Riskbedömning: {material.conclusion}",
    ]


class _Lines(RawContent):
    """Lines of text in Helvetica, which every reader has."""

    def __init__(self, texts: list[str]) -> None:
        super().__init__(_drawn(texts), box=BoxConstraints(width=WIDTH, height=HEIGHT))
        font = {"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": "/Helvetica"}
        font |= {"/Encoding": "/WinAnsiEncoding"}
        names = {pdf_name(key): pdf_name(value) for key, value in font.items()}
        fonts = generic.DictionaryObject({pdf_name("/F1"): generic.DictionaryObject(names)})
        self.resources.font.update(fonts)


def _drawn(texts: list[str]) -> bytes:
    start = f"BT /F1 {SIZE} Tf {LEADING} TL {GAP} {HEIGHT - GAP / 2} Td ".encode()
    return start + b"".join(b"T* (%s) Tj " % _escaped(_shortened(text)) for text in texts) + b"ET"


def _shortened(text: str) -> str:
    text = one_line(text)
    return text if len(text) <= LONGEST_LINE else text[: LONGEST_LINE - 1] + "…"


def _escaped(text: str) -> bytes:
    encoded = text.encode("cp1252", errors="replace")
    for special in (b"\\", b"(", b")"):
        encoded = encoded.replace(special, b"\\" + special)
    return encoded
