"""What the page of the talk cards says."""

TEXTS: dict[str, tuple[str, str]] = {
    "do_use": ("used in this call", "本通在用"),
    "do_use_help": ("Mark this card as the one used in the call going on", "标记:这通电话用的是这张卡"),
    "do_why": ("why", "为什么"),
    "do_why_help": (
        "Where the card's figures come from: the conversations it was marked in",
        "数字的由来:标记了这张卡的通话",
    ),
    "do_back": ("back", "返回"),
    "do_back_help": ("Back to the call", "返回通话"),
    "title": ("Talk cards", "话术卡"),
    "on_call": ("a call is going on: Enter marks the card", "通话中:Enter 标记在用的卡"),
    "no_call": ("no call is going on", "现在没有通话"),
    "in_use": ("In use {count}", "在用 {count} 张"),
    "none": (
        "There is no talk card. A supervisor publishes one, and every desk gets it with the next sync.",
        "还没有话术卡。主管发布后,下次同步就会出现在这里。",
    ),
    "since": ("published by {by}, counted from {day}", "{by} 发布,自 {day} 统计"),
    "objection": ("They say", "客户异议"),
    "reframe": ("You say", "换个说法"),
    "question": ("Then ask", "接着问"),
    "with": (
        "With it: {calls:conversation/conversations}, {leads:lead/leads} ({share})",
        "用了:{calls} 通,意向 {leads} 通({share})",
    ),
    "without": (
        "Without it: {calls:conversation/conversations}, {leads:lead/leads} ({share})",
        "未用:{calls} 通,意向 {leads} 通({share})",
    ),
    "on": ("Event", "日期"),
    "event": ("What happened", "事件"),
    "used": ("Used", "次数"),
    "leads": ("Leads", "意向率"),
    "leads_without": ("without", "未用时"),
    "marked": ("in use", "本通"),
}
