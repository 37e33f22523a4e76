"""Themes and the styles that every screen shares."""

from textual.theme import Theme

DEFAULT = "agent-dark"
NO_COLOUR = "no-colour"
"""Says by reverse, bold and underline what the others say by colour; the terminal's own two colours alone."""

_OWN = "ansi_default"
_SHADES = (
    "border", "border-blurred", "scrollbar", "scrollbar-hover", "scrollbar-active", "scrollbar-background",
    "scrollbar-background-hover", "scrollbar-background-active", "input-selection-background",
    "block-cursor-background", "text-muted", "text-disabled", "primary-muted", "ansi-background", "ansi-foreground",
    "foreground-disabled", "surface-active",
)  # fmt: skip

THEMES = (
    Theme(
        name=DEFAULT,
        primary="#4fa3d1",
        secondary="#2f6f94",
        accent="#e0af68",
        warning="#e0af68",
        error="#f7768e",
        success="#7dc983",
        foreground="#d8dee9",
        background="#12161c",
        surface="#171c24",
        panel="#212936",
        variables={"text-disabled": "#8b919c", "primary-muted": "#1c3241"},
    ),
    Theme(
        name="agent-light",
        primary="#1c6a99",
        secondary="#4d8fb5",
        accent="#9a6200",
        warning="#9a6200",
        error="#b3243f",
        success="#2c7a37",
        foreground="#1d2430",
        background="#f7f8fa",
        surface="#eef1f5",
        panel="#dfe5ec",
        dark=False,
        variables={"text-disabled": "#696d74", "primary-muted": "#d3e4ee"},
    ),
    Theme(
        name="high-contrast",
        primary="#00ffff",
        secondary="#00afff",
        accent="#ffff00",
        warning="#ffff00",
        error="#ff6060",
        success="#00ff00",
        foreground="#ffffff",
        background="#000000",
        surface="#000000",
        panel="#1c1c1c",
        text_alpha=1.0,
        variables={"text-muted": "#e4e4e4", "text-disabled": "#c6c6c6", "primary-muted": "#00458a"},
    ),
    Theme(
        name=NO_COLOUR,
        ansi=True,
        primary=_OWN,
        secondary=_OWN,
        accent=_OWN,
        warning=_OWN,
        error=_OWN,
        success=_OWN,
        foreground=_OWN,
        background=_OWN,
        surface=_OWN,
        panel=_OWN,
        boost=_OWN,
        variables=dict.fromkeys(_SHADES, _OWN) | {"input-cursor-text-style": "reverse"},
    ),
)
"""The first is the default. Colours never say what words do not."""

CSS = """
Screen { background: $background; color: $foreground; }
.header { height: 1; padding: 0 1; background: $panel; color: $foreground; }
.panel {
    border: round $secondary; border-title-color: $primary; border-title-style: bold;
    border-subtitle-color: $text-muted; padding: 0 1;
}
.panel:focus-within { border: round $primary; }
.-ascii .panel { border: ascii $secondary; }
.-ascii .panel:focus-within { border: ascii $primary; }
.box {
    border: round $primary; border-title-color: $primary; border-title-style: bold; background: $surface; padding: 0 1;
}
.-ascii .box { border: ascii $primary; }
OptionList > .option-list--option-highlighted { background: $panel; color: $foreground; text-style: bold; }
OptionList:focus > .option-list--option-highlighted { background: $primary-muted; color: $foreground; }
Input { border: none; height: 1; padding: 0; background: $surface; }
Input:focus { border: none; background: $panel; }
* {
    scrollbar-size: 1 1; scrollbar-color: $secondary; scrollbar-background: $surface;
    scrollbar-color-hover: $primary; scrollbar-background-hover: $surface;
}
/* On a line one row high a bar would lie over the text. */
Input { scrollbar-size-horizontal: 0; }
.-ascii * { scrollbar-size-vertical: 0; }
.-no-colour Table > .table--cursor { text-style: underline; }
.-no-colour Table:focus > .table--cursor { text-style: reverse bold; }
.-no-colour FormView > .form--value--focus { text-style: underline; }
.-no-colour FormView > .form--value--selected { text-style: reverse; }
.-no-colour FormView > .form--label--focus { text-style: bold underline; }
.-no-colour OptionList > .option-list--option-highlighted { text-style: reverse; }
.-no-colour Input:focus { text-style: underline; }
.-no-colour Pick:focus { text-style: underline; }
.-no-colour Screen > .screen--selection { text-style: reverse; }
"""
