//! The words of which a line without a name may make one, and those that make a name doubtful.
//!
//! A name is taken from the words beside a number only where every one of them is known, for
//! one word that is not (不再, 的一半, 半年) turns the number into another.

use jialiang_model::unit::Unit;

/// Groups of people, payments and services: no word among them says how much, how often, from
/// when, or that something is not so.
const WORDS: &str = "\
    城市 农村 城镇 城乡 乡村 县城 城区 辖区 地区 贫困地区 民族 边境 居民 村民 农民 农民工 职工 家庭 人员 对象 群众 公众 公民 \
    学生 小学生 初中生 高中生 大学生 中小学生 小学 初中 高中 中小学 普通 普通小学 普通初中 普通高中 中职 中等职业学校 中等职业教育 技工学校 \
    幼儿园 幼儿 学前 学前教育 义务教育 义务教育阶段 高等教育 高中教育 高校 本科 专科 本专科 研究生 寄宿 寄宿生 寄宿制 走读生 特殊教育 特殊教育学校 随班就读 \
    残疾人 残疾 残疾儿童 残疾学生 重度 中度 轻度 困难 困难学生 家庭经济困难 经济困难 贫困 特困 特困人员 低保 低保对象 低保家庭 低收入 \
    老年人 老人 高龄 高龄老人 高龄老年人 失能 半失能 失能老年人 独居 空巢 留守 儿童 孤儿 婴幼儿 未成年人 困境儿童 青少年 青年 少年 孕妇 产妇 孕产妇 妇女 新生儿 夫妇 育龄妇女 \
    参保人 参保人员 退役军人 退役士兵 军人 义务兵 烈士 遗属 烈属 优抚对象 伤残军人 集中供养 分散供养 社会散居 机构养育 散居 失业人员 就业困难人员 毕业生 高校毕业生 劳动者 患者 流浪 乞讨 \
    居家 社区 机构 乡镇 街道 行政村 村 学校 县级以上地方人民政府 \
    补助 补贴 津贴 资助 奖励 救助 供养 抚恤 优待 慰问 生活 生活费 生活补助 助学金 国家助学金 奖学金 护理 护理补贴 生活补贴 基本 基本生活 最低生活保障 养老金 基础养老金 养老 \
    保障 保障金 救助金 抚恤金 优待金 慰问金 补助金 奖励金 救济金 丧葬 公用经费 生均公用经费 营养 膳食 营养膳食 伙食 交通 取暖 住房 租赁 照料 临时 价格 经费 标准 基准定额 额度 待遇 一次性 \
    医疗 门诊 住院 体检 筛查 检查 健康检查 免疫 疫苗 接种 教科书 作业本 学杂费 费用 支付 政策范围内 比例 覆盖率 \
    提供 组织 举办 开展 配备 开放 享受 给予 发放 服务 活动 专场 招聘 招聘会 培训 职业 技能 就业 创业 指导 咨询 健康 健康管理 随访 访视 产前 产后 巡诊 义诊 探访 家访 上门 面对面 \
    广播 电视 广播节目 电视节目 节目 套数 电影 放映 公益 文艺 演出 送戏 图书 图书馆 阅览 文化 体育 健身 场馆 公共 设施 讲座 展览 阅读 数字 农家书屋 报刊 报纸 期刊 床位 卫生 法律 援助 热线 志愿 直播卫星 覆盖 \
    为 向 对 的 和 及 与 “ ” （ ）";

/// The most characters of a name that is taken from the words beside a number.
const MOST: usize = 40;

/// Whether words are wholly known.
pub(super) fn known(text: &str) -> bool {
    // A giant is not taken apart.
    if text.chars().take(MOST + 1).count() > MOST {
        return false;
    }
    // Half a sentence, or half a bracket.
    let count = |sign: char| text.chars().filter(|c| *c == sign).count();
    let half = text.starts_with(['和', '及', '与', '的'])
        || text.ends_with(['和', '及', '与', '为', '向', '对'])
        || count('（') != count('）')
        || count('“') != count('”');
    if half {
        return false;
    }
    let mut reached = vec![text];
    let mut at = 0;
    while let Some(rest) = reached.get(at).copied() {
        if rest.is_empty() {
            return true;
        }
        for word in WORDS.split_ascii_whitespace() {
            if let Some(left) = rest.strip_prefix(word)
                && !reached.contains(&left)
            {
                reached.push(left);
            }
        }
        at += 1;
    }
    false
}

/// Words in which a doubtful one means something else.
const SOUND: &[&str] = &[
    "周岁及以上",
    "周岁以上",
    "岁及以上",
    "岁以上",
    "最低生活保障",
    "最低工资",
    "未成年",
    "不动产",
    "失能半失能",
    "半失能",
    "半自理",
    "半护理",
    "停车",
    "老年",
    "青少年",
    "青年",
    "少年",
    "成年",
    "年龄",
    "周岁",
    "节日",
    "生日",
    "日间",
    "日常",
    "周边",
    "天津",
    "免除",
    "自由",
    "注册",
    "关注",
    "年满",
];
/// What in a name says that the number behind it does not hold as it stands.
const DOUBTFUL: &[&str] = &[
    "不再",
    "不予",
    "不得",
    "不低于",
    "不少于",
    "不高于",
    "不超",
    "不到",
    "不足",
    "不满",
    "未",
    "停止",
    "暂停",
    "停发",
    "取消",
    "废止",
    "撤销",
    "原标准",
    "原有",
    "原来",
    "原为",
    "上年",
    "去年",
    "往年",
    "暂定",
    "拟",
    "预计",
    "大概",
    "大约",
    "左右",
    "接近",
    "低于",
    "高于",
    "大于",
    "小于",
    "少于",
    "多于",
    "超过",
    "逾",
    "最多",
    "最少",
    "最高",
    "最低",
    "上限",
    "下限",
    "以上",
    "以下",
    "以内",
    "一半",
    "减半",
    "半价",
    "倍",
    "提高",
    "提至",
    "降低",
    "增加",
    "减少",
    "上调",
    "下调",
    "扣",
    "由",
    "除",
    "其中",
    "合计",
    "总计",
    "例如",
    "注",
    "说明",
    "目标",
    "每",
    "人均",
    "户均",
    "以前",
    "之前",
    "年前",
    "月前",
    "建议",
    "征求意见",
    "不含",
    "农村不",
    "罚款",
    "≥",
    "≤",
    "＞",
    "＜",
    ">",
    "<",
];
/// What in words that refer elsewhere says that they do not hold, or not as they stand.
const REVERSED: &[&str] = &[
    "不", "缓", "废止", "翻番", "扣", "减", "以外", "若干", "接近", "低限", "停止", "暂停", "但",
    "失效",
];

/// The word of a peg that turns it round, such as 不 in 按国家规定不执行.
pub(super) fn reversed(bare: &str) -> Option<&'static str> {
    let bare = SOUND.iter().fold(bare.to_owned(), |bare, word| bare.replace(word, ""));
    REVERSED.iter().copied().find(|word| bare.contains(word))
}

/// The word of a name that makes it doubtful that the number behind it holds as it stands.
pub(crate) fn doubt(name: &str) -> Option<&'static str> {
    let bare = SOUND.iter().fold(name.to_owned(), |name, word| name.replace(word, ""));
    DOUBTFUL.iter().copied().find(|word| bare.contains(word))
}

/// The word of a name that says for whom or for how long, where the unit does not say it, or
/// says another time.
pub(crate) fn measured_in(name: &str, unit: Unit) -> Option<&'static str> {
    let bare = SOUND.iter().fold(name.to_owned(), |name, word| name.replace(word, ""));
    let by_whom = ["每人", "每生", "每户", "人均", "生均", "户均"];
    if unit.subject.is_none()
        && let Some(word) = by_whom.into_iter().find(|word| bare.contains(word))
    {
        return Some(word);
    }
    let times = ["月", "年", "季", "日", "天", "周", "学期"];
    times.into_iter().find(|time| {
        let said = || {
            let before = ["每", "按"].iter().any(|word| bare.contains(&format!("{word}{time}")));
            let behind = ["均", "人均", "生均", "补", "标准", "发"];
            before || behind.iter().any(|word| bare.contains(&format!("{time}{word}")))
        };
        match unit.period {
            None => bare.contains(time),
            Some(period) => !period.zh().contains(time) && said(),
        }
    })
}

/// How a number spelled in characters, or a bound on it, stands in words that name no number.
pub(super) fn spelled(bare: &str) -> Option<&'static str> {
    const AMOUNTS: &[&str] = &[
        "元",
        "百",
        "千",
        "万",
        "亿",
        "分之",
        "%",
        "％",
        "倍",
        "一半",
        "半",
        "折",
        "不低于",
        "不少于",
        "不高于",
        "不超过",
        "低于",
        "高于",
        "少于",
        "多于",
        "大于",
        "小于",
        "超过",
        "以上",
        "以下",
        "以内",
        "至少",
        "至多",
        "最多",
        "最少",
        "最高",
        "最低",
        "上限",
        "下限",
        "提高",
        "提至",
        "提升",
        "增加",
        "增发",
        "加发",
        "上调",
        "下调",
        "降低",
        "减少",
        "下浮",
        "上浮",
        "不再",
        "停止",
        "暂停",
        "取消",
        "不予",
        "不按",
        "未",
        "暂",
    ];
    let bare = SOUND.iter().fold(bare.to_owned(), |bare, word| bare.replace(word, ""));
    if let Some(word) = AMOUNTS.iter().copied().find(|word| bare.contains(word)) {
        return Some(word);
    }
    // 三成 is a share, and 完成 is none.
    let numeral = |c: char| "一二三四五六七八九十两".contains(c);
    bare.split_once('成').is_some_and(|(before, _)| before.ends_with(numeral)).then_some("成")
}
