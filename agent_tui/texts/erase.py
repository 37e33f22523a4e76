"""What is said of an erased customer."""

TEXTS: dict[str, tuple[str, str]] = {
    "done": (
        "erased; records on this machine that spoke of the customer: {n}",
        "已删除;本机上与该客户有关的记录:{n} 条",
    ),
    "none": (
        "nothing here spoke of that number; was it mistyped? Nobody else is touched",
        "本机没有与该号码有关的记录;若是号码写错,不会影响其他客户",
    ),
    "others": (
        "the other machines follow at their next sync; whoever is offline follows when back",
        "其他机器在下次同步时执行;离线的机器恢复后执行",
    ),
    "waiting": ("yet to follow: {who}", "尚未执行:{who}"),
    "stays": (
        "what stays: that there were calls, the number's tag (a keyed hash), do-not-call by that tag, grade steps, and"
        " records about a person with their texts (payments, points, verdicts, leave, plans and the like); and copies"
        " taken before, such as backups, snapshots of a server and exported files, which no program can reach",
        "保留的内容:通话次数等统计、号码的标签(加密散列)、按标签的勿再拨标记、定级记录,以及关于个人的各种记录和其中的"
        "文字(回款、积分、核实、请假、计划等);此前的副本(备份、服务器快照、已导出的文件)程序无法触及",
    ),
    "customer": ("(erased)", "(已删除)"),
    "customer_gone": ("this customer was erased", "这位客户的资料已删除"),
}
