"""The commands about the rules: `policy` and `why`."""

from typing import Any

from agent_tui.commands.parser_values import Adder, a_day, a_month, text_option
from agent_tui.i18n import t
from shared_rules.policies.names import BUILTINS


def add_policy(command: Adder) -> None:
    """Add them."""
    policy = command("policy", None, area="policy")
    inner = policy.add_subparsers(title=t("usage.commands"), metavar="COMMAND", dest="policy_command", required=True)

    def each(name: str) -> Any:
        return command(name, f"policy.{name}", inner, area="policy")

    show = each("show")
    show.add_argument("which", nargs="?", choices=BUILTINS, metavar="NAME", help=t("policy.which"))
    show.add_argument("--day", type=a_day, metavar="DAY", help=t("policy.day"))
    show.add_argument("--toml", action="store_true", help=t("policy.toml"))
    for name in ("check", "publish", "replay"):
        text_option(parser := each(name), "file", metavar="FILE", help=t("policy.file"))
        if name == "publish":
            parser.add_argument(
                "--from", required=True, dest="since", type=a_day, metavar="DATE", help=t("policy.from")
            )
        if name == "replay":
            parser.add_argument("--month", required=True, type=a_month, metavar="MONTH", help=t("policy.month"))

    text_option(command("why", "why.why", area="why"), "id", metavar="ID", help=t("why.id"))
