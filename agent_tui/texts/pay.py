"""What the statement says, on its page and by command."""

TEXTS: dict[str, tuple[str, str]] = {
    "do_why": ("why", "为什么"),
    "do_why_help": ("Where this line comes from: rule, records, arithmetic", "这一行从哪来:条款、记录、算法"),
    "do_earlier": ("earlier month", "上月"),
    "do_earlier_help": ("The statement of the month before", "看上一个月的工资估算"),
    "do_later": ("later month", "下月"),
    "do_later_help": ("The statement of the month after", "看下一个月的工资估算"),
    "do_back": ("back", "返回"),
    "do_back_help": ("Back to where you came from", "返回上一个画面"),
    "title": ("Pay, an estimate", "工资估算"),
    "of_month": ("{month}", "{month}"),
    "estimate": ("Estimate: {total} yuan", "估算 {total} 元"),
    "until": ("{count:line/lines}, through {day}", "{count} 项,截至 {day}"),
    "no_pay": (
        "The policy in force has no pay rules: there is no statement.",
        "现行制度没有工资规则,没有工资估算。",
    ),
    "not_there": (
        "in {month} {agent} was no agent of the team: there is no statement",
        "{month} 时 {agent} 不是团队的电话销售员,没有工资估算",
    ),
    "to_come": ("{month} is still to come: there is no statement yet", "{month} 还没到,没有工资估算"),
    "mode_points": (
        "The policy in force shows points alone, no amounts. The points have their own page.",
        "现行制度只显示积分,不显示金额。积分请看积分页。",
    ),
    "mode_off": (
        "The policy in force shows neither points nor amounts.",
        "现行制度不显示积分和金额。",
    ),
    "line": ("Line", "项目"),
    "quantity": ("Quantity", "数量"),
    "rate": ("Rate", "单价"),
    "amount": ("Yuan", "金额(元)"),
    "mark": ("Mark", "备注"),
    "disputed": ("disputed", "有争议"),
    "unconfirmed": ("open", "未确认"),
    "in_question": ("in question: {n}", "存疑 {n} 笔"),
    "owner_other": (
        "Note: on that day the customer is {owner}'s, not {agent}'s",
        "注意:这位客户当天归 {owner},不归 {agent}",
    ),
    "owner_late": (
        "Note: it is {owner}'s by a lead call of {call} that was recorded only on {told}; {before}'s lead call of "
        "{then} was recorded before it",
        "注意:归 {owner} 的依据是 {call} 的意向通话,{told} 才录入;{before} {then} 的意向通话录入在先",
    ),
    "doubt": (
        "in question: {what} of {day}, record {id}: {why}{owner}. It stays until a supervisor moves it: agent-tui "
        "withdraw {id}, then enter it for whose it is",
        "存疑:{day} 的{what}(记录 {id}):{why}{owner}。在主管处理之前不变:"
        "先 agent-tui withdraw {id},再为应得的人重新登记",
    ),
    "doubt_take_back": (
        "in question: {what} of {day}, record {id}: {why}. Both count until a supervisor takes one back: agent-tui "
        "withdraw {id}; if it was paid twice, enter it again with a note",
        "存疑:{day} 的{what}(记录 {id}):{why}。在主管撤销一笔之前两笔都计入:"
        "agent-tui withdraw {id};若确有两笔,撤销后加备注重新登记",
    ),
    "doubt_entry": (
        "in question: {title} of {day}, record {id}: likely entered twice; record {record} has the same rule and day. "
        "Both count until a supervisor withdraws this one or upholds it: agent-tui rule-on {id} --withdrawn (or "
        "--upheld) --text ...",
        "存疑:{day} 的{title}(记录 {id}):疑似重复登记,同一天同一条款已有记录 {record}。"
        "在主管撤销或维持它之前,两条都计入:"
        "agent-tui rule-on {id} --withdrawn(或 --upheld)--text ……",
    ),
    "doubt_twice": (
        "likely entered twice; the same amount of that customer and day is record {record}, by a supervisor who did "
        "not know of it",
        "疑似重复登记:这位客户当天的同一金额已有记录 {record},两位主管登记时互不知情",
    ),
    "doubt_payment": ("payment of {amount} yuan", "回款 {amount} 元"),
    "doubt_grade": ("signature {grade}", "签字 {grade} 级"),
    "doubt_void": ("its lead call {record} was withdrawn", "所依据的意向通话 {record} 已撤回"),
    "doubt_false": ("its lead call {record} was found false", "所依据的意向通话 {record} 已查实虚报"),
    "doubt_other": (
        "its call {record} is no longer a lead of that customer on that day",
        "所依据的通话 {record} 更正后不再是这位客户当时的意向通话",
    ),
    "doubt_owner": ("; the customer is {owner}'s now", ",客户现归 {owner}"),
    "raised": ("{title}, raised from B", "{title}(B 升 A)"),
    "fine_of": ("fine {day}: {cause}", "罚款 {day}:{cause}"),
    "part_calls": (", calls", "(电话)"),
    "part_leads": (", leads", "(意向)"),
    "clause": ("Clause: {text}", "原文:{text}"),
    "no_clause": ("The page has no clause for this line", "原文没有这一项"),
    "limits": ("What may be withheld", "可扣多少"),
    "no_payroll": ("an estimate, never a payroll", "仅为估算,不是工资单"),
    "gross": ("Earned, before fines", "扣款前应得"),
    "deductions": ("Fines and penalty", "罚款与扣款"),
    "twenty": ("20 % of what was earned", "应得的 20%"),
    "wage": ("minimum wage: {wage}", "最低工资:{wage}"),
    "no_wage": ("not set", "未设置"),
    "deductible": ("Deductible at the most", "最多可扣"),
    "beyond": ("{amount} yuan more is not deductible", "超出 {amount} 元,不可扣"),
    "payable": ("Left to pay", "应付(估算)"),
    "whose": ("say whose statement: --agent ID", "请说明看谁的工资:--agent 工号"),
    "hidden": (
        "the policy in force shows no amounts (money mode '{mode}')",
        "现行制度不显示金额(金额模式 {mode})",
    ),
    "head": ("{agent} {name}, {month}: an estimate, through {day}", "{agent} {name} {month} 工资估算,截至 {day}"),
    "total": ("total {total} yuan (estimate)", "合计 {total} 元(估算)"),
}
