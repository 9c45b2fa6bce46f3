"""Patients, and the log of who has seen or changed what is kept about them."""
