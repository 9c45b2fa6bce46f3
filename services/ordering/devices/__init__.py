"""Devices marked one by one, their deliveries and adaptations (Swedish: specialanpassning)."""
