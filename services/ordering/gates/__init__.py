"""The obligatory-course gate: ordering's own copy of what training tells (Swedish: spärr)."""
