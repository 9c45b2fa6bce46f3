"""Adaptations, their signing jobs and risk assessments; no I/O."""
