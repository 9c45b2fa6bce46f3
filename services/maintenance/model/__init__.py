"""Work orders, what happens to them, and their clocks; no I/O."""
