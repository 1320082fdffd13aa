"""What stops a start."""


class CannotStartError(RuntimeError):
    """The text is one sentence for the person at the console: what is wrong, what to do."""
