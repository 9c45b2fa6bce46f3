"""Dated messages to all who use Rampen (Swedish: meddelanden)."""
