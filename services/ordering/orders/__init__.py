"""Orders of articles (Swedish: kundorder)."""
