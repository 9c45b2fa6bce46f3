"""Training (Swedish: utbildning): courses, occasions, enrolments, completions, and the gate.

    service.py      entrypoints
    use_cases.py    occasions and enrolments
    completing.py   completions, the curriculum, and the gates that follow from them
    importing.py    completions from a file, and the rows of it that match nobody
    model/          curriculum, gate, occasion, import
    letters.py      mails with their calendar entries
    repository.py   with people.py, statements.py and tables.py

Rules to come have a place of their own: levels decided by a manager (T-9) and local requirements
(T-17) as requirement sets of a unit in model/curriculum.py; the life cycle of courses (T-32) and
their evaluation (T-34) as folders with the same parts as this one.
"""
