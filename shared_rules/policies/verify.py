"""The part of a policy about suspects and how many calls to verify. A suspicion never costs anything (ours)."""

from shared_rules.policies.values import Count, Minutes, Part, Rule


class SuspectsRule(Rule):
    """When a call is a suspect.

    `repeat` conversations with one number on a day; the next dial less than `cadence` seconds after a conversation
    began; `identical` conversations with the same note of at least `text_length` characters, not chosen by digit;
    `sequential` numbers that follow one another; a clock that goes back by more than `clock` minutes or is as far
    ahead; exactly the quota on `exact_days` of the last `of_days` workdays.
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
