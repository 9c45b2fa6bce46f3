"""Telephone numbers, in whatever form people write them."""

import phonenumbers

from contracts.errors.booking import TELEPHONE_WRONG

HOME = "SE"  # where a number without country code is


def e164(text: str) -> str:
    """The number as +46701740605.

    Raises:
        Invalid: it is no number that can be called.

    Source: B-9
    """
    try:
        number = phonenumbers.parse(text, HOME)
    except phonenumbers.NumberParseException:
        raise _wrong() from None
    if not phonenumbers.is_valid_number(number):
        raise _wrong()
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _wrong() -> Exception:
    return TELEPHONE_WRONG(fields={"telephone": TELEPHONE_WRONG.sv.wrong})
