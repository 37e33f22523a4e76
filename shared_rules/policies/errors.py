"""A policy that is refused."""


class PolicyError(ValueError):
    """A policy refused. `line` and `column` count from 1, the column 0 where it is not known.

    `key` is dotted, empty for the whole; `allowed` is what may stand.
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
