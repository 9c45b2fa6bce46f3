"""What we rely on of systems that others run: the same tests for theirs and for our stand-in."""
