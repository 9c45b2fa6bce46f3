"""The pages: HTML made here, read without JavaScript."""
