"""The team in pictures."""

TEXTS: dict[str, tuple[str, str]] = {
    "chart_title": ("charts", "图表"),
    "chart_hours": ("valid calls by hour, today", "今天每小时有效电话"),
    "chart_funnel": ("from dial to grade, today", "今天从拨打到拟级别"),
    "chart_funnel_month": ("from dial to grade, the month", "本月从拨打到拟级别"),
    "chart_trend": ("month: valid (line), quota (dots)", "本月有效电话(线)和定额(点)"),
    "chart_trend_ascii": ("month: valid (*), quota (-)", "本月有效电话(*)和定额(-)"),
    "chart_leaders": ("pace against one's own quota", "按各自定额的进度"),
    "chart_nothing": ("nothing to draw yet", "还没有数据"),
    "chart_leaders_off": ("the leaderboard is off; 1 shows it", "排行已关闭;按 1 显示"),
    "chart_rest": ("100% is on pace", "100% 即与应有进度持平"),
    "funnel_dials": ("dials", "拨打"),
    "funnel_connected": ("spoke", "接通"),
    "funnel_complete": ("complete", "完整"),
    "funnel_valid": ("valid", "有效"),
    "funnel_leads": ("leads", "意向"),
    "funnel_proposed_b": ("A/B proposed", "拟A/B"),
    "funnel_proposed_a": ("A proposed", "拟A"),
}
