"""Benchmarks: ratios against a peer and against the limit, in one run: `make bench`."""
