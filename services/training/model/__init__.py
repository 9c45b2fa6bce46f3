"""What training is about; no I/O."""
