"""`make demo`: one real case, played against the running suite as its users would play it."""
