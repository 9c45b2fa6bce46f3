"""What can be booked when, and why a booking is refused; no input or output."""
