"""What can go wrong in the sandbox, said so that the reader knows what to do."""


class SandboxError(Exception):
    """The sandbox cannot go on; the text is one sentence that says what to do."""
