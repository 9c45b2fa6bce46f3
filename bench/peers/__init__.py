"""What Rampen is measured against."""
