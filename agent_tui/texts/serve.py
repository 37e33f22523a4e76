"""The screens in a browser."""

TEXTS: dict[str, tuple[str, str]] = {
    "missing": (
        "serving needs an extra that is not installed: install agent-tui[serve]",
        "serve 需要的附加组件没有安装:请安装 agent-tui[serve]",
    ),
    "not_free": (
        "{host} port {port} cannot be listened on ({reason}); choose another with --port, or --host",
        "无法监听 {host} 端口 {port}({reason});请用 --port 或 --host 换一个",
    ),
    "serving": ("the screens are at {url} (Ctrl+C ends)", "画面地址:{url}(Ctrl+C 结束)"),
    "open": (
        "everybody who reaches this address works as you do here: put a password before it",
        "能访问这个地址的人都能以您的身份操作:请在前面加上密码",
    ),
    "refused": ("This page does not come from here.", "拒绝:请求不是来自本页面。"),
    "other_user": (
        "This page is open to the user who started it alone.",
        "拒绝:只有启动本页面的用户才能打开。",
    ),
    "opening": ("opening ...", "正在打开 ..."),
    "closed": ("The program has ended; what was said to be saved is saved.", "程序已结束;显示已保存的都在。"),
    "again": ("open again", "重新打开"),
}
