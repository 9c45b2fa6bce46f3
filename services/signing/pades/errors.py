"""What can go wrong with a signature.

* PadesError
  * TimestampUnavailable    no valid timestamp could be had in time; try again later
  * AuthorityUnusable       the local CA's certificate, key or revocation lists do not fit
  * NotSignable             the file has changed since it was examined, or its signature is full
  * Unacceptable            a file that must not be signed
    * NotPdf, Damaged, TooLarge, TooComplex, NoPages
    * Encrypted, ActiveContent, EmbeddedContent, AlreadySigned
"""


class PadesError(Exception):
    """A signature could not be made or read; the text holds no personal data."""


class TimestampUnavailable(PadesError):
    """The timestamp authority did not give a valid timestamp in time."""


class AuthorityUnusable(PadesError):
    """The local certificate authority cannot certify anybody."""


class NotSignable(PadesError):
    """The file cannot take this signature."""


class Unacceptable(PadesError):
    """A file that must not be signed."""


class NotPdf(Unacceptable):
    """It does not begin as a PDF file does."""


class Damaged(Unacceptable):
    """It is cut, or its structure is broken."""


class TooLarge(Unacceptable):
    """It has more bytes than are taken."""


class TooComplex(Unacceptable):
    """Looking into it takes more time or memory than it may."""


class NoPages(Unacceptable):
    """It has no page."""


class Encrypted(Unacceptable):
    """It is encrypted, with or without a password."""


class ActiveContent(Unacceptable):
    """It has scripts, or actions that do more than lead to a page or an address."""


class EmbeddedContent(Unacceptable):
    """It carries other files, media, or an XFA form."""


class AlreadySigned(Unacceptable):
    """Somebody has signed it already."""
