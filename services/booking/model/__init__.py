"""Consultation activities with their clock, and what is held and booked for them; no I/O."""
