"""Signatures in PDF files (PAdES B-LT), made and verified; knows no database and no broker.

material.py      who signs what
examination.py   whether a file may be signed at all
local_signer.py  signs with a key of its own for each signature (`Signer` is the port)
authority.py     the local CA, which certifies those keys
timestamps.py    asks the timestamp authority (RFC 3161)
mark.py          what each signatory leaves on the last page
verification.py  who has signed a file, and whether that holds
command.py       `rampen signatures verify`
"""

import logging

# Their warnings quote certificates, and those name people.
for name in ("pyhanko", "pyhanko_certvalidator"):
    logging.getLogger(name).setLevel(logging.CRITICAL)
