"""Policies as people bring them: read from a text or a file, refused in one line that says what is allowed."""

import re
from pathlib import Path

from agent_tui.errors import Problem, system_reason
from agent_tui.i18n import language, texts
from agent_tui.text_file import read_text
from shared_rules.policies.errors import PolicyError
from shared_rules.policies.policy import Policy, parse_policy


def read_policy(toml: str, source: str) -> Policy:
    """The policy that a TOML text writes. Raises Problem, naming source, line, key and what is allowed."""
    try:
        return parse_policy(toml, source)
    except PolicyError as error:
        allowed = allowed_text(error.allowed)
        if error.column:
            place = {"line": error.line, "column": error.column}
            raise Problem("policy.refused_at", source=source, allowed=allowed, **place) from None
        if not error.key:
            raise Problem("policy.refused", source=source, line=error.line, allowed=allowed) from None
        raise Problem("policy.refused_key", source=source, line=error.line, key=error.key, allowed=allowed) from None


def policy_file(path: Path) -> tuple[str, Policy]:
    """The text of a policy file, and the policy. Raises Problem."""
    try:
        toml = read_text(path)
    except OSError as error:
        raise Problem("policy.no_file", path=path, reason=system_reason(error)) from None
    except UnicodeDecodeError:
        raise Problem("policy.not_utf8", path=path) from None
    return toml, read_policy(toml, str(path))


def allowed_text(allowed: str) -> str:
    """What may stand at a key, in the language in use. The model's own descriptions are English."""
    if language() == "en":
        return allowed
    known = texts("policy_allowed")
    for english, chinese in known.values():
        pattern = re.escape(english).replace(r"\{x\}", "(.*)")
        if found := re.fullmatch(pattern, allowed, re.DOTALL):
            return chinese.format(x=allowed_text(found[1])) if found.groups() else chinese
    return allowed
