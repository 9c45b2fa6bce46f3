"""Customer numbers, agreements and permissions: who may order, and for which unit."""
