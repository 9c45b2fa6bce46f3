"""Adaptation documents signed by those who answer for them (Swedish: underskrift)."""
