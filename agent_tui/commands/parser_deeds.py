"""The commands by which supervisors decide and agents ask, hand in and propose."""

import argparse
from typing import Any, get_args

from agent_tui.commands.parser_values import (
    Adder,
    a_day,
    a_follow_up_or_none,
    a_month,
    a_phone,
    a_text,
    a_time,
    a_week,
    an_amount,
    somebody,
    something,
    text_option,
    whole,
)
from agent_tui.i18n import t
from shared_rules.records.parts import GRADES, AwayType, Meeting, Presence, Side, Step


def add_deeds(command: Adder) -> None:
    """Add them all."""

    def deed(name: str, handler: str | None, into: Any = None) -> argparse.ArgumentParser:
        return command(name, handler, into, area="deeds") if into else command(name, handler, area="deeds")

    _of_pay(deed)
    _of_days(deed)
    _of_judgement(deed)
    _of_customers(deed)
    _of_agents(deed)
    _of_weeks(deed)
    _of_cards(deed)


def _agent(parser: argparse.ArgumentParser, **options: Any) -> None:
    given = {"required": True, "help": t("deeds.agent"), **options}
    text_option(parser, "--agent", type=somebody, metavar="ID", **given)


def _day(parser: argparse.ArgumentParser, name: str = "--day", **options: Any) -> None:
    parser.add_argument(name, type=a_day, metavar="DAY", **{"required": True, "help": t("deeds.day"), **options})


def _said(parser: argparse.ArgumentParser, name: str = "--text", **options: Any) -> None:
    type = something if options.get("required") else a_text
    parser.add_argument(name, type=type, metavar="TEXT", **{"default": "", "help": t("deeds.text"), **options})


def _of_pay(deed: Adder) -> None:
    pay = deed("pay", "paying.pay")
    _agent(pay, required=False, help=t("usage.ledger_agent"))
    pay.add_argument("--month", type=a_month, metavar="MONTH", help=t("usage.month"))


def _of_days(deed: Adder) -> None:
    excuse = deed("excuse", "deciding.excuse")
    _agent(excuse)
    _day(excuse)
    _said(excuse, "--reason", required=True, help=t("deeds.reason"))

    for name in ("visit", "leave"):
        away = deed(name, f"deciding.{name}")
        _agent(away)
        _day(away, "--on")
        away.add_argument("--minutes", required=True, type=whole(1, 1440), metavar="N", help=t("deeds.minutes"))
        away.add_argument("--leads", type=whole(0, 100_000), metavar="N", help=t("deeds.leads"))
        _said(away)

    for name in ("confirm", "release"):
        closing = deed(name, f"deciding.{name}")
        _agent(closing)
        _day(closing)
        _said(closing)


def _of_judgement(deed: Adder) -> None:
    proposals = deed("proposals", "deciding_queues.proposals")
    how = proposals.add_mutually_exclusive_group()
    text_option(how, "--accept", type=something, metavar="ID", help=t("deeds.accept"))
    text_option(how, "--dismiss", type=something, metavar="ID", help=t("deeds.dismiss"))
    _said(proposals)
    _agent(proposals, required=False, help=t("deeds.only_agent"))

    requests = deed("requests", "deciding_queues.requests")
    answer = requests.add_mutually_exclusive_group()
    text_option(answer, "--approve", type=something, metavar="ID", help=t("deeds.approve_request"))
    text_option(answer, "--refuse", type=something, metavar="ID", help=t("deeds.refuse_request"))
    answer.add_argument("--open", action="store_true", help=t("deeds.open_only"))
    requests.add_argument("--until", type=a_day, metavar="DAY", help=t("deeds.answer_until"))
    requests.add_argument("--minutes", type=whole(1, 1440), metavar="N", help=t("deeds.minutes_granted"))
    requests.add_argument("--leads", type=whole(0, 100_000), metavar="N", help=t("deeds.leads"))
    _said(requests)
    _agent(requests, required=False, help=t("deeds.only_agent"))

    verify = deed("verify", "deciding.verify")
    text_option(verify, "id", metavar="ID", help=t("deeds.call"))
    found = verify.add_mutually_exclusive_group(required=True)
    found.add_argument("--true", dest="false", action="store_false", help=t("deeds.true"))
    found.add_argument("--false", dest="false", action="store_true", help=t("deeds.false"))
    _said(verify)

    rule_on = deed("rule-on", "deciding.rule_on")
    text_option(rule_on, "entry", metavar="ENTRY", help=t("deeds.entry"))
    ruled = rule_on.add_mutually_exclusive_group(required=True)
    ruled.add_argument("--upheld", dest="upheld", action="store_true", help=t("deeds.upheld"))
    ruled.add_argument("--withdrawn", dest="upheld", action="store_false", help=t("deeds.withdrawn"))
    _said(rule_on, required=True)

    attend = deed("attend", "deciding.attend")
    _agent(attend)
    _day(attend, "--on")
    attend.add_argument("--meeting", choices=get_args(Meeting), required=True, help=t("deeds.meeting"))
    attend.add_argument("--state", choices=get_args(Presence), required=True, help=t("deeds.presence"))
    _said(attend)

    checked = deed("check-punch", "deciding.check_punch")
    _agent(checked)
    _day(checked)
    checked.add_argument("--side", choices=get_args(Side), required=True, help=t("deeds.side"))
    _said(checked)

    for name in ("coach", "flag"):
        on_call = deed(name, f"deciding.{name}")
        text_option(on_call, "id", metavar="ID", help=t("deeds.call"))
        _said(on_call, required=name == "coach")

    withdraw = deed("withdraw", "asking.withdraw")
    text_option(withdraw, "id", metavar="ID", help=t("deeds.record"))
    withdraw.add_argument("--until", type=a_day, metavar="DAY", help=t("deeds.withdraw_until"))
    _said(withdraw)


def _of_customers(deed: Adder) -> None:
    payment = deed("payment", "deciding.payment")
    payment.add_argument("phone", type=a_phone, metavar="PHONE", help=t("deeds.phone"))
    payment.add_argument("amount", type=an_amount, metavar="AMOUNT", help=t("deeds.amount"))
    _day(payment, "--on")
    _agent(payment, required=False, help=t("deeds.owner"))
    _said(payment, "--note", help=t("usage.entry_note"))

    assign = deed("assign", "deciding.assign")
    assign.add_argument("phone", type=a_phone, metavar="PHONE", help=t("deeds.phone"))
    _agent(assign)
    _day(assign, "--on", required=False, help=t("usage.day"))
    assign.add_argument("--swap", action="store_true", help=t("deeds.swap"))

    grade = deed("grade", "deciding.grade")
    grade.add_argument("phone", type=a_phone, metavar="PHONE", help=t("deeds.phone"))
    grade.add_argument("--step", choices=get_args(Step), required=True, help=t("deeds.step"))
    grade.add_argument("--grade", choices=GRADES, required=True, help=t("deeds.grade_value"))
    text_option(grade, "--by", default="", metavar="NAME", help=t("deeds.signed_by"))
    _day(grade, "--on", required=False, help=t("usage.day"))
    _agent(grade, required=False, help=t("deeds.owner"))

    report = deed("visit-report", "deciding.visit_report")
    report.add_argument("phone", type=a_phone, metavar="PHONE", help=t("deeds.phone"))
    _said(report, required=True)
    text_option(report, "--by", default="", metavar="NAME", help=t("deeds.by"))
    _day(report, "--on", required=False, help=t("usage.day"))
    _agent(report, required=False, help=t("deeds.owner"))

    dnc = deed("dnc", None)
    inner = dnc.add_subparsers(title=t("usage.commands"), metavar="COMMAND", dest="dnc_command", required=True)
    lift = deed("lift", "deciding.lift", inner)
    lift.add_argument("phone", type=a_phone, metavar="PHONE", help=t("deeds.phone"))


def _of_agents(deed: Adder) -> None:
    ask = deed("ask", "asking.ask")
    ask.add_argument("type", choices=get_args(AwayType), help=t("deeds.asked"))
    _day(ask, "--on")
    _day(ask, "--until", required=False, help=t("deeds.away_until"))
    ask.add_argument("--minutes", required=True, type=whole(1, 1440), metavar="N", help=t("deeds.minutes"))
    _said(ask, required=True)
    ask.add_argument("--sick", action="store_true", help=t("deeds.sick"))
    ask.add_argument("--doctors-note", action="store_true", help=t("deeds.doctors_note"))

    correct = deed("correct", "asking.correct")
    text_option(correct, "id", metavar="ID", help=t("deeds.call"))
    text_option(correct, "--phone", help=t("usage.phone"))
    text_option(correct, "--outcome", help=t("usage.outcome"))
    for name in ("company", "contact", "title", "department", "headcount", "it-status", "note"):
        text_option(correct, f"--{name}", help=t(f"usage.field_{name.replace('-', '_')}"))
    correct.add_argument("--interest", choices=("intent", "developable", "none"), help=t("usage.interest"))
    correct.add_argument("--grade", choices=(*GRADES, "none"), help=t("deeds.grade_or_none"))
    correct.add_argument("--follow-up", type=a_follow_up_or_none, metavar="TIME", help=t("deeds.follow_up"))
    correct.add_argument("--started-at", type=a_time, metavar="TIME", help=t("deeds.started_at"))
    correct.add_argument("--duration", type=whole(0, 86_400), metavar="SECONDS", help=t("usage.duration"))

    void = deed("void", "asking.void")
    text_option(void, "id", metavar="ID", help=t("deeds.call"))
    _said(void, "--reason", required=True, help=t("deeds.reason"))

    propose = deed("propose", "asking.propose")
    propose.add_argument("phone", type=a_phone, metavar="PHONE", help=t("deeds.phone"))
    propose.add_argument("--grade", choices=GRADES, required=True, help=t("deeds.grade_value"))
    _said(propose)

    appeal = deed("appeal", "asking.appeal")
    text_option(appeal, "entry", metavar="ENTRY", help=t("deeds.entry"))
    _said(appeal, required=True)

    punch = deed("punch", "asking.punch")
    punch.add_argument("side", choices=get_args(Side), help=t("deeds.side"))

    hand_in = deed("hand-in", "asking.hand_in")
    _day(hand_in, required=False, help=t("usage.day"))
    _said(hand_in)


def _of_weeks(deed: Adder) -> None:
    plan = deed("plan", "asking.plan")
    plan.add_argument("--week", required=True, type=a_week, metavar="WEEK", help=t("deeds.week"))
    plan.add_argument("--companies", type=whole(0, 1_000_000), metavar="N", help=t("deeds.companies"))
    plan.add_argument("--grades", type=whole(0, 1_000_000), metavar="N", help=t("deeds.grades"))
    text_option(plan, "--trades", help=t("deeds.trades"))
    text_option(plan, "--text", help=t("deeds.text"))
    _agent(plan, required=False, help=t("deeds.plan_of"))

    summary = deed("summary", "asking.summary")
    summary.add_argument("--week", required=True, type=a_week, metavar="WEEK", help=t("deeds.week"))
    _said(summary, required=True)

    review = deed("review", "deciding.review")
    _agent(review)
    review.add_argument("--week", required=True, type=a_week, metavar="WEEK", help=t("deeds.week"))
    review.add_argument("--rating", required=True, type=whole(1, 5), metavar="N", help=t("deeds.rating"))
    _said(review)


def _of_cards(deed: Adder) -> None:
    card = deed("card", None)
    inner = card.add_subparsers(title=t("usage.commands"), metavar="COMMAND", dest="card_command", required=True)
    publish = deed("publish", "cards.card_publish", inner)
    text_option(publish, "file", metavar="FILE", help=t("deeds.card_file"))
    text_option(publish, "--instead-of", type=something, metavar="ID", help=t("deeds.instead_of"))
    deed("list", "cards.card_list", inner)
    back = deed("take-back", "cards.card_take_back", inner)
    text_option(back, "id", metavar="ID", help=t("deeds.card_id"))

    notice = deed("notice", "deciding.notice")
    notice.add_argument("text", type=something, metavar="TEXT", help=t("deeds.text"))
    _day(notice, "--until", required=False, help=t("deeds.until"))
