"""Custom adaptations of devices (Swedish: specialanpassning)."""
