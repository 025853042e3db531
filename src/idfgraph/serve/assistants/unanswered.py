"""What an assistant is not answered."""


class Declined(Exception):
    """Why there is no answer, and what to do, in plain words."""
