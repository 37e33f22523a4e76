"""The error for a policy that is refused."""


class PolicyError(ValueError):
    """A refused policy. `line` and `column` count from 1; the column is 0 if it is not known.

    `key` is dotted, and empty for the file as a whole; `allowed` says what may stand there.
    """

    def __init__(self, source: str, line: int, key: str, allowed: str, column: int = 0) -> None:
        what = f"{key}: allowed: {allowed}" if key else allowed
        place = f"line {line}, column {column}" if column else f"line {line}"
        super().__init__(f"{source}, {place}: {what}")
        self.source = source
        self.line = line
        self.column = column
        self.key = key
        self.allowed = allowed
