"""Plausible people and companies, the same ones for the same seed. None of them is real."""

from dataclasses import dataclass
from random import Random

import msgspec


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_SURNAMES = _words("""
王 李 张 刘 陈 杨 黄 赵 周 吴 徐 孙 马 朱 胡 郭 何 高 林 罗 郑 梁 谢 宋 唐 许 韩 冯 邓 曹 彭 曾 肖 田 董 潘 袁
蔡 蒋 余 杜 叶 程 苏 魏 吕 丁 任 沈 姚 卢 姜 崔 钟 谭 陆 汪 范 金 石 廖 贾 夏 韦 付 方 白 邹 孟 熊 秦 邱 江 尹
薛 闫 段 雷 侯 龙 史 陶 黎 贺 顾 毛 郝 龚 邵 万
""")
_GIVEN = _words("""
敏 静 丽 强 磊 洋 艳 勇 军 杰 娟 涛 明 超 秀兰 霞 平 刚 桂英 建国 志强 晓燕 海燕 文博 雨桐 思远 佳怡 子涵 浩然
欣怡 俊杰 梦琪 嘉豪 婷婷 立新 春梅 国庆 慧敏 永健 玉洁 晨 倩 峰 鹏 莉 帆 楠 琳 凯 瑶
""")
_CITIES = _words("""
宁波 杭州 苏州 无锡 温州 嘉兴 常州 南通 合肥 芜湖 济南 青岛 烟台 佛山 东莞 中山 厦门 泉州 武汉 长沙 郑州 成都
""")
_NAMES = _words("""
宏达 华泰 恒信 鑫源 博创 金诚 瑞丰 永盛 海纳 天成 立信 远志 诚联 汇金 达东 嘉禾 德润 佳美 中泰 新锐 科力 云帆
通达 百川
""")
_TRADES = _words("""
科技 机械 物流 化工 建材 包装 印刷 食品 服饰 家具 五金 汽配 电子 医疗器械 贸易 软件 塑胶 纺织 环保 模具
""")
_FORMS = ["有限公司", "有限公司", "有限公司", "有限责任公司", "股份有限公司", "厂"]
_TITLES = ["总经理", "副总", "采购经理", "销售经理", "办公室主任", "信息主管", "财务主管", "厂长", "行政"]
_DEPARTMENTS = ["总经办", "采购部", "销售部", "行政部", "财务部", "信息部", "生产部"]
_BANDS = ["1-20", "21-50", "51-200", "201-500", ">500"]
_IT = ["无", "手工", "有系统", "选型中"]
# What is filled in keeps two notes from being the same: the same text again and again is what a made-up call has.
_NOTES = {
    "talked": (
        "要一份{n}个用户的报价,周{day}前发过去",
        "想看演示,约了下周{day}下午{hour}点",
        "在用老系统{n}个点,合同年底到期",
        "让把资料发到{who}邮箱,周{day}再谈",
        "主要关心{n}家门店的库存和对账能不能打通",
        "预算明年再定,大约{n}万,先保持联系",
        "问{n}个人能不能先试用一个月",
        "等{who}总出差回来再定,周{day}再打",
        "{n}个仓库,想统一管理",
        "之前用过同类产品,{n}个人觉得不好上手",
    ),
    "refused": ("没有需求", "有供应商了", "觉得价格高", "直接挂断", "没有预算"),
    "callback": ("在开会,{hour}点{minute}分再打", "负责人出差,下周{day}回来,找{who}", "让下午{hour}点{minute}分以后打"),
    "not_decider": ("找信息部{who}经理,分机{n}", "转采购部{who}主管,分机{n}", "前台,分机{n}找{who}"),
    "existing_customer": ("已经在用{n}个点,服务正常", "老客户,问{n}个点升级事宜"),
}


class Person(msgspec.Struct, frozen=True):
    """An agent of the demo. `calls_an_hour` and `care` (share of complete records) tell how they work."""

    id: str
    name: str
    hired_days_ago: int
    calls_an_hour: float
    care: float


def people(number: int, seed: int) -> list[Person]:
    """So many agents, no two of one name."""
    random = Random(f"people {seed}")
    found: dict[str, Person] = {}
    while len(found) < number:
        name = random.choice(_SURNAMES) + random.choice(_GIVEN)
        new = len(found) % 5 == 1
        found.setdefault(
            name,
            Person(
                id=f"A{len(found) + 1:03d}",
                name=name,
                hired_days_ago=random.randint(0, 12) if new else random.randint(40, 900),
                calls_an_hour=random.uniform(14, 19) if new else random.uniform(18, 29),
                care=random.uniform(0.82, 0.99),
            ),
        )
    return list(found.values())


@dataclass(frozen=True, slots=True)
class Company:
    """A company with the one person there who takes the call."""

    phone: str
    name: str
    contact: str
    title: str
    department: str
    headcount: str
    it_status: str


def company(random: Random) -> Company:
    """One more company."""
    city, name, trade, form = (random.choice(part) for part in (_CITIES, _NAMES, _TRADES, _FORMS))
    contact = random.choice(_SURNAMES)
    return Company(
        phone=_phone(random),
        name=f"{city}{name}{trade}{form}",
        contact=contact + random.choice(_GIVEN) if random.random() < 0.6 else contact,
        title=random.choice(_TITLES),
        department=random.choice(_DEPARTMENTS),
        headcount=random.choice(_BANDS),
        it_status=random.choice(_IT),
    )


def note(random: Random, outcome: str) -> str:
    """What was said in a call of that outcome; empty where nobody spoke."""
    text = random.choice(_NOTES.get(outcome, ("",)))
    return text.format(
        n=random.randint(2, 199),
        day=random.choice("一二三四五"),
        hour=random.randint(2, 5),
        minute=random.randrange(5, 60, 5),
        who=random.choice(_SURNAMES),
    )


def _phone(random: Random) -> str:
    if random.random() < 0.85:
        return f"1{random.choice('3578')}{random.randint(0, 999_999_999):09d}"
    return f"{random.choice(('0574', '0571', '0512', '0757', '0532'))}-{random.randint(20_000_000, 89_999_999)}"
