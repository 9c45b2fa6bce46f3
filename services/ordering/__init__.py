"""Ordering (Swedish: beställning): who may order, what is ordered, and what becomes of it."""
