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
    "gone": ("the demo is over; nothing of it is left", "演示结束,没有留下任何数据"),
}
