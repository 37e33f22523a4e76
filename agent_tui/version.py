"""Which version of the program this is."""


def version() -> str | None:
    """The version that was installed; None for a copy of the sources that nobody installed."""
    # Imports what no command needs that goes well: a tenth of the time of a start.
    from importlib import metadata  # noqa: PLC0415 - only where it is asked

    try:
        return metadata.version("agent-tui")
    except metadata.PackageNotFoundError:
        return None
