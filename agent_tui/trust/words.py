"""The words that two people read to each other: 256 things, each with its name in both languages."""

from agent_tui.i18n import Language

_PAIRS = """
apple 苹果|pear 梨子|peach 桃子|lemon 柠檬|grape 葡萄|melon 甜瓜|cherry 樱桃|mango 芒果
banana 香蕉|coconut 椰子|walnut 核桃|peanut 花生|almond 杏仁|chestnut 板栗|potato 土豆|carrot 萝卜
cabbage 白菜|celery 芹菜|spinach 菠菜|garlic 大蒜|onion 洋葱|ginger 生姜|pepper 辣椒|pumpkin 南瓜
cucumber 黄瓜|mushroom 蘑菇|tofu 豆腐|noodle 面条|bread 面包|biscuit 饼干|dumpling 饺子|honey 蜂蜜
butter 黄油|vinegar 陈醋|coffee 咖啡|milk 牛奶|juice 果汁|sugar 白糖|cotton 棉花|bamboo 竹子
willow 柳树|cedar 雪松|lotus 荷花|orchid 兰花|rose 玫瑰|peony 牡丹|sunflower 葵花|maple 枫叶
tiger 老虎|lion 狮子|panda 熊猫|monkey 猴子|rabbit 兔子|horse 骏马|donkey 毛驴|camel 骆驼
elephant 大象|otter 水獭|zebra 斑马|leopard 豹子|wolf 野狼|fox 狐狸|deer 小鹿|sheep 绵羊
goat 山羊|cow 奶牛|pig 小猪|dog 小狗|cat 花猫|mouse 老鼠|squirrel 松鼠|hedgehog 刺猬
eagle 老鹰|swan 天鹅|goose 大雁|duck 鸭子|rooster 公鸡|pigeon 鸽子|parrot 鹦鹉|peacock 孔雀
sparrow 麻雀|magpie 喜鹊|crane 仙鹤|lark 云雀|bat 蝙蝠|crow 乌鸦|penguin 企鹅|turtle 乌龟
frog 青蛙|lizard 蜥蜴|whale 鲸鱼|dolphin 海豚|shark 鲨鱼|crab 螃蟹|shrimp 虾米|octopus 章鱼
butterfly 蝴蝶|bee 蜜蜂|ant 蚂蚁|spider 蜘蛛|dragonfly 蜻蜓|cricket 蟋蟀|snail 蜗牛|dragon 飞龙
mountain 高山|river 江河|lake 湖泊|ocean 海洋|island 岛屿|desert 沙漠|forest 森林|grassland 草原
valley 山谷|waterfall 瀑布|volcano 火山|beach 沙滩|bridge 大桥|tunnel 隧道|harbor 港口|lighthouse 灯塔
sun 太阳|moon 月亮|star 星星|cloud 云朵|rain 雨水|snow 雪花|thunder 雷声|rainbow 彩虹
wind 大风|fog 大雾|frost 冰霜|flame 火焰|spring 春天|summer 夏天|autumn 秋天|winter 冬天
gold 黄金|silver 白银|brass 黄铜|steel 钢铁|jade 玉石|pearl 珍珠|diamond 钻石|crystal 水晶
glass 玻璃|plaster 石膏|brick 砖头|cement 水泥|wool 羊毛|silk 丝绸|leather 皮革|paper 纸张
table 桌子|chair 椅子|bed 木床|sofa 沙发|mirror 镜子|curtain 窗帘|carpet 地毯|candle 蜡烛
lamp 台灯|clock 时钟|key 钥匙|lock 门锁|window 窗户|ladder 梯子|bucket 水桶|broom 扫把
bowl 饭碗|plate 盘子|chopsticks 筷子|spoon 勺子|knife 小刀|teapot 茶壶|bottle 瓶子|basket 篮子
umbrella 雨伞|suitcase 皮箱|wallet 钱包|watch 手表|helmet 头盔|glove 手套|scarf 围巾|hat 帽子
shirt 衬衫|skirt 裙子|sock 袜子|shoe 鞋子|button 纽扣|needle 针线|scissors 剪刀|towel 毛巾
soap 肥皂|comb 梳子|toothbrush 牙刷|hammer 锤子|axe 斧头|saw 锯子|nail 钉子|rope 绳子
pencil 铅笔|brush 刷子|book 书本|map 地图|stamp 邮票|letter 信封|newspaper 报纸|calendar 日历
telephone 电话|computer 电脑|camera 相机|television 电视|speaker 音箱|battery 电池|compass 罗盘|magnet 磁铁
bicycle 单车|car 汽车|bus 巴士|train 火车|airplane 飞机|ship 轮船|rocket 火箭|truck 卡车
drum 大鼓|flute 笛子|piano 钢琴|violin 提琴|guitar 吉他|bell 铃铛|trumpet 喇叭|harp 竖琴
football 足球|kite 风筝|chess 象棋|balloon 气球|puppet 木偶|lantern 灯笼|firework 烟花|fan 扇子
school 学校|hospital 医院|factory 工厂|bookshop 书店|hotel 酒店|temple 寺庙|castle 城堡|pagoda 宝塔
doctor 医生|teacher 老师|farmer 农民|soldier 士兵|painter 画家|cook 厨师|tailor 裁缝|fisherman 渔夫
"""

_ROWS = [pair.split() for line in _PAIRS.split("\n") if line for pair in line.split("|")]
WORDS: dict[Language, tuple[str, ...]] = {
    "en": tuple(english for english, _ in _ROWS),
    "zh": tuple(chinese for _, chinese in _ROWS),
}
"""The same 256 things in the same order in each language: one byte, one word."""
