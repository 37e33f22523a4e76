"""What makes a call a suspect, and how many to verify, as data. A suspicion never costs anything (ours)."""

from shared_rules.policies.values import Count, Minutes, Part, Rule


class SuspectsRule(Rule):
    """When a call is a suspect.

    `repeat` conversations with one number on a day; a dial less than `cadence` seconds after a conversation began;
    `identical` conversations with the same text of their own of at least `text_length` signs; `sequential` numbers each
    one above the last; a clock that goes back by `clock` minutes or is so far ahead; exactly the quota on `exact_days`
    of the last `of_days` workdays.
    """

    repeat: Count
    cadence: Count
    identical: Count
    text_length: Count
    sequential: Count
    clock: Minutes
    exact_days: Count
    of_days: Count


class VerifyPart(Part):
    """Suspects, and the number to verify, which follows from what a false record earns and costs."""

    suspects: SuspectsRule
    number: Rule
