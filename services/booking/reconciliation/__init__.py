"""Reconciliation (Swedish: avstämning): where ordering, booking and the scheduler differ.

    model.py        what is compared, and what a difference is; no I/O
    looking.py      a run: page by page, looked at twice, repaired where that is safe
    repairing.py    what is safe
    repository.py   runs and differences, with tables.py and statements.py
    use_cases.py    asked for and shown, by operators

Source: B-16
"""
