"""What there is to read of Rampen, and what writes the parts that are generated: docs.tools."""
