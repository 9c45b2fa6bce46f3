"""Devices marked one by one (Swedish: individmärkt hjälpmedel), and their deliveries."""
