"""The local scheduler as a process of its own, and the adapter against it."""
