"""The catalogue of articles (Swedish: varukatalog)."""
