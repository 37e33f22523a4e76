"""What the demo shows beside the screens."""

TEXTS: dict[str, tuple[str, str]] = {
    "team": ("Demo team", "演示一组"),
    "supervisor": ("Supervisor Chen", "陈主管"),
    "late": ("arrived at 09:12", "09:12 到岗"),
    "gathering": (
        "making a team of {n} in a temporary folder ...",
        "正在临时文件夹里组建 {n} 人的演示团队 ...",
    ),
    "simulating": ("simulating the day {day} ...", "正在模拟 {day} 一整天 ..."),
    "telling": (
        "working through {day} and the day after it up to 14:31 ...",
        "正在模拟 {day} 全天和次日到 14:31 为止 ...",
    ),
    "appeal": ("the underground stood still, I have the notice", "地铁故障,有延误证明"),
    "request": ("dentist", "看牙"),
    "visit": ("with a salesman at a customer's", "和业务员一起拜访客户"),
    "trades": ("machinery, logistics", "机械、物流"),
    "flag": ("asked for a discount three times", "客户三次要折扣"),
    "card_event": ("The new tax rule", "税收新规"),
    "card_objection": ("we wait until the rule is clear", "等新规明确了再说"),
    "card_reframe": ("now is the chance: who is ready first wins", "现在正是机遇,先准备好的先受益"),
    "card_question": ("Which invoices do you issue most?", "您现在开得最多的是哪种票?"),
    "notice": ("The meeting is in the small room today.", "今天例会在小会议室。"),
    "list": ("Trade fair", "展会名单"),
    "new_name": ("Newcomer", "新同事"),
    "gone": ("the demo is over; nothing of it is left", "演示结束,没有留下任何数据"),
}
