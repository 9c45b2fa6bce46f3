"""Hours that can be booked, against what is needed.

Source: B-17
"""
