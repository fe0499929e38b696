//! The Tianjin plan on record against a table of its own: titles as printed, the length of
//! every text, every target with its form, firmness and deadline.

use jialiang_model::kind::Plan;
use jialiang_model::kind::plan::{Aim, Due, Part};
use jialiang_model::provision::Comparator;
use jialiang_store::source::Folder;
use jialiang_store::{Loaded, Source, load};

use crate::sample;

type Parts = &'static [(&'static str, usize)];

/// Each domain with its key tasks and projects: their titles, and how many characters the
/// text of each has.
#[rustfmt::skip]
const OUTLINE: [(&str, Parts, Parts); 7] = [
    (
        "基本公共教育",
        &[
            ("建设高质量教育体系", 282),
            ("推动基础教育优质均衡发展", 246),
            ("构建服务全民的终身教育体系", 173),
            ("推动“滨城”教育先行先试", 187),
            ("促进京津冀教育协同发展", 178),
        ],
        &[
            ("实施学前教育普及普惠安全优质发展计划", 190),
            ("实施义务教育优质均衡发展计划", 207),
            ("实施品牌高中建设工程", 143),
            ("实施职业教育领先发展计划", 233),
            ("实施新时代教师队伍建设计划", 381),
        ],
    ),
    (
        "就业与社会保障",
        &[
            ("强化就业优先政策", 396),
            ("加强职业技能培训", 219),
            ("构建和谐劳动关系", 135),
            ("完善养老保险制度", 150),
            ("完善医疗保障制度", 282),
            ("完善工伤保险制度", 110),
            ("完善失业保险制度", 139),
            ("扩大全民参保覆盖面", 162),
            ("推进京津冀医疗保障协同发展", 234),
        ],
        &[
            ("实施就业创业促进计划", 281),
            ("推行终身职业技能培训", 299),
            ("多渠道维护劳动者合法权益", 215),
            ("建设医疗保障信息平台", 157),
            ("建设国家医疗保障基金监管创新中心", 172),
            ("建设国家医疗保障服务热线中心", 182),
            ("建设国家组织医用耗材联合采购平台", 232),
            ("实施全民社会保障信息化工程", 296),
        ],
    ),
    (
        "基本社会服务",
        &[
            ("夯实社会救助体系", 161),
            ("推进养老服务高质量发展", 485),
            ("提升退役军人服务保障水平", 291),
            ("构建新时代儿童福利保护体系", 221),
            ("深化殡葬管理和服务改革", 228),
            ("提升救灾物资保障能力", 78),
            ("深入推进京津冀民政领域协作", 171),
        ],
        &[
            ("实施社会救助服务能力提升行动", 197),
            ("实施基层社会治理保障工程", 173),
            ("完善多层次养老服务保障体系", 410),
            ("实施儿童福利保护能力提升行动", 221),
            ("实施智慧民政建设工程", 171),
        ],
    ),
    (
        "基本健康服务",
        &[
            ("全方位提升人民健康水平", 266),
            ("构建高效的公共卫生体系", 361),
            ("健全系统联动的医疗卫生服务体系", 215),
            ("推动“津城”、“滨城”优质医疗资源均衡布局", 201),
            ("加强生命全周期健康服务", 204),
            ("提升健康服务水平和质量", 146),
            ("强化卫生监督体系建设", 223),
            ("加强食品药品安全监督管理", 226),
        ],
        &[
            ("实施人民健康提升行动", 143),
            ("实施重大疾病防控能力提升工程", 208),
            ("实施公共卫生保障能力提升工程", 182),
            ("实施特殊群体服务能力提升工程", 207),
            ("持续深化医药卫生体制改革", 202),
            ("实施健康人才发展保障工程", 83),
            ("完善卫生健康科技创新体系建设", 166),
            ("实施食品药品安全放心工程", 272),
        ],
    ),
    (
        "基本住房保障",
        &[
            ("持续深化农村困难群众危房改造", 195),
            ("完善住房保障管理", 100),
            ("加强无障碍环境设计", 143),
        ],
        &[
            ("完善住房保障政策资金支持体系", 127),
            ("完善适应改造需要的标准体系", 124),
        ],
    ),
    (
        "基本公共文化体育",
        &[
            ("完善公益性文化服务体系", 286),
            ("提升广播影视服务水平", 270),
            ("开展全民阅读活动", 175),
            ("提升群众体育发展水平", 236),
            ("推动京津冀公共文化体育协同发展", 176),
        ],
        &[
            ("实施公共文化设施完善计划", 234),
            ("实施公共文化服务能力提升行动", 288),
            ("实施公共文化数字化建设行动", 260),
            ("实施吸引社会力量参与文化建设计划", 151),
            ("实施广播电视服务能力提升计划", 133),
            ("深入开展书香天津•全民阅读活动", 275),
            ("实施全民健身行动", 217),
        ],
    ),
    (
        "残疾人基本公共服务",
        &[
            ("落实基本生活保障", 158),
            ("完善基本服务体系", 405),
            ("提升专业服务水平", 182),
        ],
        &[
            ("扩建市残疾人康复服务指导中心", 122),
            ("实施残疾人教育培训和就业服务提升行动", 238),
            ("实施残疾人文化体育服务建设工程", 188),
            ("推进信息无障碍建设", 165),
            ("推动农村助残帮扶基地建设", 58),
            ("开展志愿助残服务和社会组织服务活动", 84),
        ],
    ),
];

/// Every target in the order of the text: its words, its form, how firm it is, and when it
/// is due; `horizon` where the text names no deadline.
#[rustfmt::skip]
const TARGETS: [(&str, &str, &str, &str); 52] = [
    ("提供94项基本公共服务", "exactly 94", "firm", "horizon"),
    ("学前三年教育毛入园率达到93%", "at-least 93", "firm", "horizon"),
    ("普惠性学前教育资源覆盖率达到80%以上", "at-least 80", "firm", "horizon"),
    ("确保“十四五”期间各区全部通过国家县域义务教育优质均衡发展督导评估认定", "coverage", "firm", "2025-12-31"),
    ("高中阶段教育毛入学率达到98%以上", "at-least 98", "firm", "horizon"),
    ("高等教育毛入学率达到65%以上", "at-least 65", "firm", "horizon"),
    ("确保学生在《国家学生体质健康标准》测试中优良率达到50%", "at-least 50", "firm", "horizon"),
    ("确保零就业家庭动态清零", "zero", "firm", "throughout"),
    ("实现职工基本养老保险由制度全覆盖到法定人群全覆盖", "coverage", "firm", "horizon"),
    ("城乡居民养老保险基本实现适龄参保人员应保尽保", "coverage", "soft", "horizon"),
    ("实现城镇调查失业率按月发布", "every month", "firm", "horizon"),
    ("推进老年人助餐服务全覆盖", "coverage", "soft", "horizon"),
    ("到2025年底,实现街道(乡镇)儿童督导员、社区(村)儿童主任配置以及新任职培训“两个全覆盖”", "coverage", "firm", "2025-12-31"),
    ("到2025年底,实现街道(乡镇)儿童督导员、社区(村)儿童主任配置以及新任职培训“两个全覆盖”", "coverage", "firm", "2025-12-31"),
    ("每年儿童福利工作人员培训率达到100%", "exactly 100", "firm", "yearly"),
    ("每年新增1万人储备量", "exactly 10000", "firm", "yearly"),
    ("救灾物资储备总量达到13万人规模", "at-least 130000", "firm", "horizon"),
    ("实现国家卫生区镇全覆盖", "coverage", "firm", "horizon"),
    ("市级卫生村比例达到85%以上", "at-least 85", "firm", "horizon"),
    ("所有家庭医生团队均能够提供中医治未病服务", "coverage", "firm", "horizon"),
    ("所有示范接种门诊实现智慧化管理", "coverage", "firm", "horizon"),
    ("力争每千人口拥有3岁以下婴幼儿托位数达到4.5个", "at-least 4.5", "aspirational", "horizon"),
    ("实现二级及以上公立综合医院、传染病专科医院全部具备独立开展核酸检测的能力", "coverage", "firm", "horizon"),
    ("对城镇中低收入住房困难家庭应保尽保", "coverage", "firm", "throughout"),
    ("土地出让金政府净收益用于城镇保障性安居工程支出比例不低于10%", "at-least 10", "firm", "throughout"),
    ("住房公积金增值收益扣除管理费和风险准备金后的资金全部用于住房保障工作", "coverage", "firm", "throughout"),
    ("每万人公共文化设施面积达1200平方米", "at-least 1200", "firm", "horizon"),
    ("人均拥有公共图书馆藏量1.5册", "at-least 1.5", "firm", "horizon"),
    ("新建住宅有线电视网络覆盖率达到100%", "exactly 100", "firm", "horizon"),
    ("形成“一区一书城、一街道(乡镇)一书吧、一社区(村)一书屋”的全民阅读基础设施体系", "each 1", "firm", "horizon"),
    ("形成“一区一书城、一街道(乡镇)一书吧、一社区(村)一书屋”的全民阅读基础设施体系", "each 1", "firm", "horizon"),
    ("形成“一区一书城、一街道(乡镇)一书吧、一社区(村)一书屋”的全民阅读基础设施体系", "each 1", "firm", "horizon"),
    ("实现街道(乡镇)、社区(村)公共体育健身设施全覆盖", "coverage", "firm", "horizon"),
    ("人均体育场地面积达到2.6平方米", "at-least 2.6", "firm", "horizon"),
    ("经常参加体育锻炼人数比例保持在45%及以上", "at-least 45", "firm", "throughout"),
    ("每万人拥有足球场地数量达到1块以上", "at-least 1", "firm", "horizon"),
    ("即建成1个特色展馆、培育1个活动品牌、扶持1个群众文艺团体、组织1次街镇文艺汇演、编排1个特色节目", "each 1", "soft", "horizon"),
    ("即建成1个特色展馆、培育1个活动品牌、扶持1个群众文艺团体、组织1次街镇文艺汇演、编排1个特色节目", "each 1", "soft", "horizon"),
    ("即建成1个特色展馆、培育1个活动品牌、扶持1个群众文艺团体、组织1次街镇文艺汇演、编排1个特色节目", "each 1", "soft", "horizon"),
    ("即建成1个特色展馆、培育1个活动品牌、扶持1个群众文艺团体、组织1次街镇文艺汇演、编排1个特色节目", "each 1", "soft", "horizon"),
    ("即建成1个特色展馆、培育1个活动品牌、扶持1个群众文艺团体、组织1次街镇文艺汇演、编排1个特色节目", "each 1", "soft", "horizon"),
    ("在社区(村)推广“三个一”文化建设,即培育1个活动品牌、扶持1个群众文艺团体、组织1次基层文艺汇演", "each 1", "soft", "horizon"),
    ("在社区(村)推广“三个一”文化建设,即培育1个活动品牌、扶持1个群众文艺团体、组织1次基层文艺汇演", "each 1", "soft", "horizon"),
    ("在社区(村)推广“三个一”文化建设,即培育1个活动品牌、扶持1个群众文艺团体、组织1次基层文艺汇演", "each 1", "soft", "horizon"),
    ("整合全市73家博物馆数字资源", "exactly 73", "firm", "horizon"),
    ("建设市、区两级应急广播平台", "words", "firm", "horizon"),
    ("实现应急广播系统全覆盖", "coverage", "firm", "horizon"),
    ("符合最低生活保障条件的无业重度残疾人实现应保尽保", "coverage", "firm", "throughout"),
    ("确保适龄残疾儿童少年义务教育入学率达到97%以上", "at-least 97", "firm", "horizon"),
    ("包括义务教育、高中阶段教育在内的12年免费教育", "exactly 12", "firm", "throughout"),
    ("市级公共图书馆及有条件的区级公共图书馆全部建立盲人阅览区域", "coverage", "firm", "horizon"),
    ("实施50个志愿助残服务示范项目", "exactly 50", "firm", "horizon"),
];

fn standards() -> Loaded {
    let folder = Folder::holding(&sample::root().join("standards")).unwrap();
    load(&Source::Folder(folder)).unwrap()
}

fn plan(loaded: &Loaded) -> &Plan {
    &loaded.registry.plans["tianjin/basic-public-services-plan"].value
}

#[test]
fn the_titles_and_texts_are_those_of_the_plan() {
    let loaded = standards();
    let plan = plan(&loaded);
    let read = |parts: &[Part]| -> Vec<(String, usize)> {
        let length = |part: &Part| part.text.as_ref().unwrap().zh.as_str().chars().count();
        parts.iter().map(|part| (part.title.zh.to_string(), length(part))).collect()
    };
    let wanted = |parts: Parts| -> Vec<(String, usize)> {
        parts.iter().map(|(title, n)| ((*title).to_owned(), *n)).collect()
    };
    for (domain, (name, tasks, projects)) in plan.domains.iter().zip(OUTLINE) {
        assert_eq!(domain.name.zh.as_str(), name);
        assert_eq!(read(&domain.tasks), wanted(tasks), "{name}");
        assert_eq!(read(&domain.projects), wanted(projects), "{name}");
        let sentence = domain.basic_standard.as_ref().unwrap().zh.as_str();
        let ending = "基本标准。";
        assert!(sentence.starts_with('以') && sentence.ends_with(ending), "{sentence}");
        assert!(sentence.contains("制定“十四五”时期天津市"), "{sentence}");
    }
    let count = |of: fn(&(&str, Parts, Parts)) -> usize| OUTLINE.iter().map(of).sum::<usize>();
    assert_eq!((plan.domains.len(), count(|d| d.1.len()), count(|d| d.2.len())), (7, 40, 41));
}

#[test]
fn the_targets_are_those_of_the_plan() {
    let loaded = standards();
    let plan = plan(&loaded);
    let held: Vec<(String, String, &str, String)> = plan
        .every_target()
        .map(|placed| {
            let target = placed.target;
            let form = match &target.aim {
                Aim::Number(Comparator::AtLeast, number, _) => format!("at-least {number}"),
                Aim::Number(Comparator::Exactly, number, _) => format!("exactly {number}"),
                Aim::Number(Comparator::AtMost, number, _) => format!("at-most {number}"),
                Aim::Each(each, _) => format!("each {}", each.least),
                Aim::Reach(_) => "coverage".to_owned(),
                Aim::Zero(_) => "zero".to_owned(),
                Aim::Every(period) => format!("every {period}"),
                Aim::Words(_) => "words".to_owned(),
            };
            let due = match plan.due(target) {
                (Due::By(day), false) => {
                    assert_eq!(day.to_string(), "2025-12-31");
                    "horizon".to_owned()
                }
                (due, _) => due.to_string(),
            };
            (target.excerpt.to_string(), form, target.firmness.as_str(), due)
        })
        .collect();
    let wanted: Vec<(String, String, &str, String)> =
        TARGETS.iter().map(|(a, b, c, d)| ((*a).into(), (*b).into(), *c, (*d).into())).collect();
    assert_eq!(held, wanted);
    let numbers = plan.every_target().filter(|placed| placed.target.aim.is_number());
    let measured: Vec<_> = numbers.map(|placed| placed.target.indicator.as_ref()).collect();
    assert_eq!(measured.len(), 22);
    assert!(measured.iter().all(Option::is_some));
}

/// Each domain answers to an area, and an item that a text names is one of the standard.
#[test]
fn the_crosswalk_maps_every_domain_and_quotes_the_plan() {
    let loaded = standards();
    let plan = plan(&loaded);
    let crosswalk = &loaded.registry.crosswalks["tianjin/plan-to-national-standard"].value;
    for domain in &plan.domains {
        let whole = crosswalk.links.iter().filter(|l| l.domain == domain.id && l.part.is_none());
        assert_eq!(whole.filter(|link| !link.areas.is_empty()).count(), 1, "{}", domain.id);
    }
    let mut areas: Vec<_> = crosswalk.links.iter().flat_map(|link| &link.areas).collect();
    areas.sort();
    areas.dedup();
    assert_eq!(areas.len(), 9, "every area is answered for");
    for link in crosswalk.links.iter().filter(|link| link.part.is_some()) {
        let domain = plan.domains.iter().find(|domain| domain.id == link.domain).unwrap();
        let part = domain.parts().find(|(_, part)| Some(&part.id) == link.part.as_ref()).unwrap().1;
        let (text, title) = (part.text.as_ref().unwrap(), &part.title);
        let quoted = link.excerpt.as_ref().unwrap().as_str();
        let stands = [text, title].iter().any(|words| words.zh.as_str().contains(quoted));
        assert!(stands && !link.items.is_empty(), "{quoted}");
    }
}

/// Mending with an erratum, verifying, measuring by another indicator and completing are no
/// change of a published plan; the same number changed without a word is one.
#[test]
fn our_copy_of_a_plan_may_be_mended_and_completed() {
    const PLAN: &str = "cn/sample-plan.plan.json";
    let text = String::from_utf8(sample::base()[PLAN].clone()).unwrap();
    let edit = |edits: &[(&str, &str)]| {
        edits.iter().fold(text.clone(), |text, (from, to)| {
            assert_eq!(text.matches(from).count(), 1, "{from}");
            text.replace(from, to)
        })
    };
    let found = |before: &[(&str, &str)], after: &[(&str, &str)]| -> Vec<String> {
        let over = |text: String| {
            let mut files = sample::base();
            files.insert(PLAN.to_owned(), text.into_bytes());
            files
        };
        let before = over(edit(before));
        let (_, report) = sample::check_edit(over(edit(after)), Some(&before), None);
        let of_rule = report.findings.iter().filter(|finding| finding.rule == "altered-plan");
        of_rule.map(|finding| finding.place.path.to_string()).collect()
    };
    let number = "\"at-least\": \"93\"";
    let wrong = (number, "\"at-least\": \"39\"");
    let erratum = |what: &str| {
        format!(
            "  \"errata\": [\n    {{ \"what\": \"{what}\", \"why\": \"录错\", \"day\": \"2026-11-20\" }}\n  ],\n  \"source\": {{ \"at\""
        )
    };
    let target = "domains/education/tasks/quality/targets/preschool";
    let source = "  \"source\": { \"at\"";
    assert_eq!(found(&[wrong], &[]), [format!("{target}/at-least")]);
    assert_eq!(found(&[wrong], &[(source, &erratum(target))]), [""; 0]);
    let elsewhere = found(&[wrong], &[(source, &erratum("domains/reading"))]);
    assert_eq!(elsewhere, [format!("{target}/at-least")]);
    let ours = [
        ("\"verified\": true", "\"verified\": false"),
        ("sample-figures#preschool", "sample-figures#other"),
    ];
    assert_eq!(found(&ours, &[]), [""; 0]);
    let sentence =
        "          \"text\": { \"zh\": \"学前三年教育毛入园率达到93%,各区全部通过认定。\" },\n";
    let partial = ("\"transcribed\": \"full\"", "\"transcribed\": \"partial\"");
    assert_eq!(found(&[partial, (sentence, "")], &[]), [""; 0]);
    assert_eq!(found(&[(sentence, "")], &[]), ["domains/education/tasks/quality/text"]);
}
