"""The services: each in a package of its own, with a database of its own; none imports another."""
