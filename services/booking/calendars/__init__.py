"""Consultants' calendars, both ways: what they subscribe to, and what we read of theirs.

Source: B-16
"""
