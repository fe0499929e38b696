use proptest::prelude::*;
use proptest::sample::{select, subsequence};

use std::sync::Arc;

use jialiang_model::item::{Item, Transcribed};
use jialiang_model::kind::Kind;
use jialiang_model::provision::Form;
use jialiang_model::read;

use super::*;
use crate::official::{self, Official};
use crate::{columns, csv, xlsx};

/// A nation with two agencies, and a standard of two areas.
pub(super) fn registry() -> Registry {
    Registry::new(documents())
}

fn documents() -> Vec<(std::sync::Arc<str>, jialiang_model::kind::Document)> {
    let documents = [
        (
            "cn/jurisdiction.json",
            Kind::Jurisdiction,
            r#"{"$schema":"jurisdiction.json","id":"cn","name":{"zh":"国家"},"level":"nation","agencies":[
            {"id":"moe","name":{"zh":"教育部"}},{"id":"mof","name":{"zh":"财政部"}}]}"#,
        ),
        (
            "cn/s.standard.json",
            Kind::Standard,
            r#"{"$schema":"standard.json","id":"cn/s","name":{"zh":"标准"},"areas":[
            {"id":"study","name":{"zh":"学有所教"},"categories":[{"id":"x","name":{"zh":"义务教育"}},{"id":"y","name":{"zh":"高中"}}]},
            {"id":"old-age","name":{"zh":"老有所养"},"categories":[{"id":"z","name":{"zh":"养老服务"}}]}]}"#,
        ),
    ];
    let read = |(path, kind, text): (&str, Kind, &str)| (path.into(), kind.read(text).unwrap());
    documents.map(read).into()
}

pub(super) fn edition(version: &str, items: &str) -> Edition {
    let text = format!(
        r#"{{"$schema":"edition.json","standard":"cn/s","version":"{version}","label":"甲版","name":{{"zh":"甲","en":"A"}},"transcribed":"partial","source":{{"at":"某处","verified":true}},"items":[{items}]}}"#
    );
    read::from_str(&text).unwrap_or_else(|e| panic!("{e}: {text}"))
}

/// The registry with an edition on record.
pub(super) fn on_record(edition: &Edition) -> Registry {
    let document = jialiang_model::kind::Document::Edition(Box::new(edition.clone()));
    Registry::new(documents().into_iter().chain([("cn/s@1.0.0.edition.json".into(), document)]))
}

pub(super) fn into<'a>(registry: &'a Registry, version: &str) -> Into<'a> {
    let standard = &registry.standards.values().next().unwrap().value;
    let version = Version::parse(version).unwrap();
    Into { standard, version, label: None, name: None, file: "表.csv" }
}

pub(super) fn imported(bytes: &[u8], registry: &Registry) -> Imported {
    let grid = Grid::read(bytes, None).unwrap();
    import(&grid, registry, &into(registry, "1.0.0")).unwrap()
}

/// Texts that spreadsheets, quotes and our own marks make trouble with.
fn texts() -> impl Strategy<Value = String> {
    select(vec![
        "甲",
        "=1+1",
        "-5元",
        "'-5",
        "''=x",
        "@x",
        "+1",
        "a,b",
        "他说“好”",
        "\\\"x\\\"",
        "未转录",
        "—",
        "无",
        "每人每月5元",
        "服务项目",
        "（一）甲",
        "一、乙",
        "甲：乙：丙",
        "1,000",
        "免费",
        "a  b",
        "#版本",
        "方面",
        "#版本甲",
        "00123",
        "1",
        "真\\\\n",
    ])
    .prop_map(str::to_owned)
}

fn lines() -> impl Strategy<Value = String> {
    let form = prop_oneof![
        select(vec![
            r#""at-least":"5","unit":"CNY/person/month","better":"more""#,
            r#""at-most":"5","unit":"working-day","better":"less""#,
            r#""exactly":"-0.5","unit":"CNY/pupil/day","days-per-year":"200","better":"more""#,
            r#""average":"7","band":{"least":"5","most":"9"},"unit":"CNY/person/month","better":"more""#,
            r#""share":{"of":"a/p","percent":"30","rounding":"up"},"unit":"CNY/person/month","better":"more""#,
            r#""free":"of-charge""#,
            r#""pegged":{"zh":"按照《条例》执行","en":"By law","instrument":"cn/2004/x"}"#,
        ])
        .prop_map(str::to_owned),
        texts().prop_map(|words| format!(r#""words":{{"zh":"{words}"}}"#)),
    ];
    let rest = select(vec![
        "",
        r#","measure":"m","cell":{"age":"60-69"}"#,
        r#","source":{"at":"某处","verified":true}"#,
        r#","continues":"a/p""#,
    ]);
    let name = prop::option::of(texts());
    let line = (name, form, rest).prop_map(|(name, form, rest)| {
        let name = name.map_or_else(String::new, |n| format!(r#""name":{{"zh":"{n}","en":"e"}},"#));
        format!("{name}{form}{rest}")
    });
    prop::collection::vec(line, 0..3).prop_map(|lines| {
        let lines: Vec<String> = lines
            .iter()
            .enumerate()
            .map(|(n, line)| format!(r#"{{"id":"p{n}",{line}}}"#))
            .collect();
        if lines.is_empty() {
            String::new()
        } else {
            format!(r#","provisions":[{}]"#, lines.join(","))
        }
    })
}

fn items() -> impl Strategy<Value = String> {
    let item = |id: &'static str| {
        (
            (texts(), select(vec!["x", "y", "z", "gone"])),
            select(vec!["", r#","transcribed":"full""#, r#","transcribed":"partial""#]),
            prop::option::of(texts()),
            prop::option::of(texts()),
            lines(),
            prop::option::of(texts()),
            select(vec!["", r#","lead-agencies":["cn/moe"]"#, r#","lead-agencies":["cn/mof","cn/gone"]"#]),
            select(vec!["", r#","continues":["a"]"#, r#","source":{"at":"某处","verified":true}"#]),
        )
            .prop_map(move |((name, category), read, who, what, lines, pays, lead, rest)| {
                let who = who.map_or_else(String::new, |zh| {
                    format!(r#","recipients":{{"zh":"{zh}","groups":[{{"age":["60+"]}}]}}"#)
                });
                let what = what
                    .map_or_else(String::new, |zh| format!(r#","content":{{"zh":"{zh}","en":"c"}}"#));
                let pays = pays.map_or_else(String::new, |zh| {
                    format!(r#","responsibility":{{"zh":"{zh}","payers":["central"]}}"#)
                });
                format!(r#"{{"id":"{id}","name":{{"zh":"{name}","en":"n"}},"category":"{category}"{read}{who}{what}{lines}{pays}{lead}{rest}}}"#)
            })
    };
    subsequence(vec!["a", "b", "c", "d"], 1..=4).prop_flat_map(move |ids| {
        let all: Vec<_> = ids.into_iter().map(item).collect();
        all.prop_map(|all| all.join(","))
    })
}

fn drafted(edition: &Edition) -> Edition {
    Edition { draft: Some(true), ..edition.clone() }
}

/// The official cells, by their columns.
fn edit(table: &mut Official, row: usize, column: usize, text: &str) {
    table.rows[row].cells[column] = text.to_owned();
}

proptest! {
    #![proptest_config(ProptestConfig { max_shrink_iters: 300, ..ProptestConfig::with_cases(200) })]

    #[test]
    fn a_table_reads_back_as_the_edition_it_was_made_from(items in items()) {
        let edition = edition("1.0.0", &items);
        let registry = on_record(&edition);
        let table = Official::of(&registry, &edition);
        for bytes in [csv::edition(&table), xlsx::edition(&table).unwrap()] {
            let read = imported(&bytes, &registry);
            prop_assert_eq!(&read.edition, &drafted(&edition));
            let said: Vec<_> = read.remarks.iter().filter(|r| r.grade != Grade::Skipped).collect();
            prop_assert!(said.is_empty(), "{:?}", said);
        }
    }

    /// An edited cell changes its field, and what is told of its source; nothing else.
    #[test]
    fn one_edited_cell_changes_one_field(
        items in items(), row in 0_usize..4, column in 0_usize..6, workbook: bool,
    ) {
        let edition = edition("1.0.0", &items);
        let registry = on_record(&edition);
        let row = row % edition.items.len();
        let mut table = Official::of(&registry, &edition);
        let new = if column == 5 { "财政部、教育部" } else { "改过的文字" };
        edit(&mut table, row, column, new);
        let bytes = if workbook { xlsx::edition(&table).unwrap() } else { csv::edition(&table) };
        let read = imported(&bytes, &registry);
        let (before, after) = (&edition.items[row], &read.edition.items[row]);
        let mut expected = drafted(&edition);
        let mut item = Item::clone(before);
        match column {
            0 => item.name = after.name.clone(),
            1 => item.recipients = after.recipients.clone(),
            2 => item.content = after.content.clone(),
            3 => item.provisions = after.provisions.clone(),
            4 => item.responsibility = after.responsibility.clone(),
            _ => item.lead_agencies = after.lead_agencies.clone(),
        }
        if column != 3 {
            item.source = after.source.clone();
            prop_assert!(after.source.as_ref().is_some_and(|source| !source.verified));
        }
        expected.items[row] = Arc::new(item);
        prop_assert_eq!(&read.edition, &expected);
        let shown = official::cells(after, Transcribed::Full, &registry);
        // A line keeps its cell, which it prints where it has no name.
        prop_assert!(shown[column].ends_with(new), "{}", shown[column]);
        prop_assert!(read.remarks.iter().any(|r| matches!(r.grade, Grade::Changed | Grade::Unread)));
    }
}

pub(super) const TWO: &str = r#"{"id":"a","name":{"zh":"补助","en":"Aid"},"category":"x","source":{"at":"某处","verified":true},"provisions":[
    {"id":"primary","name":{"zh":"小学","en":"Primary"},"measure":"m","cell":{"stage":"primary"},"at-least":"650","unit":"CNY/pupil/year","better":"less","source":{"at":"某处","verified":true}},
    {"id":"junior","name":{"zh":"初中"},"measure":"m","cell":{"stage":"junior"},"at-least":"850","unit":"CNY/pupil/year","better":"less"}]}"#;

/// The table of the two lines with another cell of provisions.
pub(super) fn with_lines(cell: &str) -> (Vec<String>, Vec<String>) {
    let registry = on_record(&edition("1.0.0", TWO));
    let mut table = Official::of(&registry, &edition("1.0.0", TWO));
    edit(&mut table, 0, 3, cell);
    let read = imported(&csv::edition(&table), &registry);
    let line = |p: &jialiang_model::provision::Provision| {
        let source = p
            .source
            .as_ref()
            .map_or("", |source| if source.verified { " 已核对" } else { " 未核对" });
        let better = p.form.scale().map_or("", |scale| scale.better.as_str());
        let measure = p.measure.as_ref().map_or("", |m| m.as_str());
        format!("{} {measure} [{}] {} {better}{source}", p.id, p.cell, crate::line::zh(p))
    };
    let told = |r: &Remark| format!("{} {:?} {}", r.cell, r.grade, r.text);
    (
        read.edition.items[0].provisions.iter().map(line).collect(),
        read.remarks.iter().map(told).collect(),
    )
}

#[test]
fn a_changed_number_keeps_everything_but_its_source() {
    let (lines, told) =
        with_lines("小学：不低于720元/生·年（少者优）\n初中：不低于850元/生·年（少者优）");
    assert_eq!(
        lines,
        [
            "primary m [stage=primary] 小学：不低于720元/生·年（少者优） less 未核对",
            "junior m [stage=junior] 初中：不低于850元/生·年（少者优） less",
        ]
    );
    assert_eq!(told, ["F3 Changed 小学：不低于720元/生·年（少者优）"]);
}

#[test]
fn lines_move_go_and_come() {
    let (lines, told) =
        with_lines("初中：不低于850元/生·年（少者优）\n高中：不低于900元/生·年（少者优）");
    assert_eq!(
        lines,
        [
            "junior m [stage=junior] 初中：不低于850元/生·年（少者优） less",
            // One line is left on either side: it was renamed.
            "primary m [stage=primary] 高中：不低于900元/生·年（少者优） less 未核对",
        ]
    );
    assert_eq!(told, ["F3 Changed 高中：不低于900元/生·年（少者优）"]);
    let (lines, told) = with_lines(
        "小学：不低于650元/生·年（少者优）\n初中：不低于850元/生·年（少者优）\n高中补助：不低于900元/生·年（多者优）\n幼儿：酌情",
    );
    assert_eq!(
        lines[2..],
        ["line-1  [] 高中补助：不低于900元/生·年 more 未核对", "line-2  [] 幼儿：酌情  未核对"]
    );
    assert_eq!(told, ["F3 Unread 幼儿：酌情"]);
}

#[test]
fn a_line_that_no_longer_reads_stays_as_words() {
    let (lines, told) = with_lines("小学：约720元/生·年\n初中：不低于850元/生·年（少者优）");
    assert_eq!(lines[0], "primary m [stage=primary] 小学：约720元/生·年  未核对");
    assert_eq!(told, ["F3 Unread 小学：约720元/生·年", "F3 Changed 小学：约720元/生·年"]);
}

/// Without a table's own data nothing says which way is better but what is paid to people.
#[test]
fn directions_are_not_guessed() {
    let registry = registry();
    let table = |line: &str| format!("服务项目,服务标准\n老年津贴,{line}\n");
    let read = |line: &str| {
        let read = imported(table(line).as_bytes(), &registry);
        let form = read.edition.items[0].provisions[0].form.clone();
        let better = form.scale().map(|scale| scale.better.as_str());
        let grades: Vec<_> = read.remarks.iter().map(|remark| remark.grade).collect();
        (matches!(form, Form::Words(_)), better, grades)
    };
    use Grade::{Confirm, Unread};
    // No heading names a category.
    assert_eq!(read("每人每月50元"), (false, Some("more"), vec![Unread, Confirm]));
    assert_eq!(read("个人缴费：每人每年380元"), (true, None, vec![Unread, Unread]));
    assert_eq!(read("30天"), (true, None, vec![Unread, Unread]));
    assert_eq!(read("30天（少者优）"), (false, Some("less"), vec![Unread]));
    assert_eq!(read("免费"), (false, None, vec![Unread]));
}

#[test]
fn the_names_of_cells_are_those_of_spreadsheets() {
    for (row, column, name) in
        [(0, 0, "A1"), (11, 5, "F12"), (0, 25, "Z1"), (0, 26, "AA1"), (9, 255, "IV10")]
    {
        assert_eq!(cell_name(row, column), name);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { max_shrink_iters: 300, ..ProptestConfig::with_cases(500) })]

    /// Whatever the bytes, a table is read or refused with a reason.
    #[test]
    fn no_bytes_break_it(bytes in prop::collection::vec(any::<u8>(), 0..200), start in select(vec!["", "PK\u{3}\u{4}", "服务项目,服务标准,登记数据\n"])) {
        let registry = registry();
        let bytes = [start.as_bytes(), &bytes].concat();
        match Grid::read(&bytes, None).and_then(|grid| import(&grid, &registry, &into(&registry, "1.0.0"))) {
            Ok(read) => prop_assert!(read.edition.draft == Some(true)),
            Err(trouble) => prop_assert!(!trouble.message().zh.is_empty()),
        }
    }
}

use rust_xlsxwriter::{Format, Workbook, XlsxError};

/// A workbook as an office makes one: a sheet that says what it is, a title over the table,
/// areas and items that are merged over rows, an error in a formula.
fn office() -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    book.add_worksheet().set_name("填表说明")?.write_string(0, 0, "请按附件填写服务项目")?;
    let sheet = book.add_worksheet().set_name("一览表")?;
    let plain = Format::new();
    sheet.merge_range(0, 0, 0, 5, "某市基本公共服务标准", &plain)?;
    for (column, text) in
        (0..).zip(["方面", "类 别", "服务项目", "服务标准\n（2021年版）", "牵头负责单位", "核对"])
    {
        sheet.write_string(2, column, text)?;
    }
    sheet.merge_range(3, 0, 5, 0, "学有所教", &plain)?;
    sheet.merge_range(3, 1, 5, 1, "义务教育", &plain)?;
    sheet.merge_range(3, 2, 4, 2, "公用经费补助", &plain)?;
    sheet.write_string(3, 3, "小学：年生均720元")?;
    sheet.write_string(4, 3, "初中：年生均940元")?;
    sheet.merge_range(3, 4, 4, 4, "教育部、财政部", &plain)?;
    sheet.write_string(5, 2, "提供教科书")?;
    sheet.write_number(5, 3, 720.0)?;
    sheet.write_formula(5, 5, rust_xlsxwriter::Formula::new("=1/0").set_result("#DIV/0!"))?;
    book.save_to_buffer()
}

#[test]
fn an_offices_workbook_reads() {
    let registry = registry();
    let read = imported(&office().unwrap(), &registry);
    assert_eq!(read.sheet.as_deref(), Some("一览表"));
    let items: Vec<_> = read
        .edition
        .items
        .iter()
        .map(|item| {
            let lines: Vec<_> = item.provisions.iter().map(crate::line::zh).collect();
            let leads: Vec<_> = item.lead_agencies.iter().map(ToString::to_string).collect();
            format!("{} {} {} {}", item.name.zh, item.category, lines.join("；"), leads.join(","))
        })
        .collect();
    assert_eq!(
        items,
        ["公用经费补助 x 小学：720元/生·年；初中：940元/生·年 cn/moe,cn/mof", "提供教科书 x 720 ",]
    );
    let told: Vec<_> =
        read.remarks.iter().map(|r| (r.cell.as_str(), r.grade, r.text.as_str())).collect();
    assert_eq!(
        told,
        [
            ("D4", Grade::Confirm, "小学：年生均720元"),
            ("D5", Grade::Confirm, "初中：年生均940元"),
            ("D6", Grade::Unread, "720"),
        ]
    );
    assert_eq!(read.columns_left, [("F3".to_owned(), "核对".to_owned())]);
    let source = read.edition.items[0].source.as_ref().unwrap();
    assert_eq!(source.at.as_ref().unwrap().as_str(), "表.csv:一览表!C4");
}

#[test]
fn a_workbook_is_refused_with_its_reason() {
    let office = office().unwrap();
    let refused = |bytes: &[u8], sheet: Option<&str>| Grid::read(bytes, sheet).unwrap_err();
    let names = vec!["填表说明".to_owned(), "一览表".to_owned()];
    assert_eq!(refused(&office, Some("甲")), Trouble::NoSheet("甲".to_owned(), names));
    assert!(matches!(refused(&office[..office.len() / 2], None), Trouble::Broken(_)));
    // A cell in the last corner of a sheet is no reason to fill the rest with blanks.
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write_string(0, 0, "服务项目").unwrap().write_string(1_048_575, 16_383, "x").unwrap();
    assert_eq!(refused(&book.save_to_buffer().unwrap(), None), Trouble::TooLarge);
    // What says that it unpacks to more than a table is not unpacked.
    let mut bomb = office;
    let at = bomb.windows(4).position(|four| four == b"PK\x01\x02").unwrap();
    bomb[at + 24..at + 28].copy_from_slice(&[0xff; 4]);
    assert_eq!(refused(&bomb, None), Trouble::TooLarge);
    assert_eq!(refused(&vec![b'a'; MOST_BYTES + 1], None), Trouble::TooLarge);
}

/// What a person typed into a blank cell of our own table is read.
#[test]
fn a_cell_that_was_not_transcribed_is_filled_in() {
    let registry = on_record(&edition("1.0.0", TWO));
    let mut table = Official::of(&registry, &edition("1.0.0", TWO));
    assert_eq!(table.rows[0].cells[1], columns::UNSEEN);
    edit(&mut table, 0, 1, "老年人");
    let read = imported(&xlsx::edition(&table).unwrap(), &registry);
    assert_eq!(read.edition.items[0].recipients.as_ref().unwrap().zh.as_str(), "老年人");
    // And what is made blank is gone.
    edit(&mut table, 0, 1, "");
    edit(&mut table, 0, 3, "");
    let read = imported(&csv::edition(&table), &registry);
    assert_eq!(read.edition.items[0].recipients, None);
    assert!(read.edition.items[0].provisions.is_empty());
    assert_eq!(read.remarks.len(), 1);
}

/// As another version, a table keeps its items and lets go what only the old edition has.
#[test]
fn a_table_as_the_next_version() {
    let mut old = edition("1.0.0", TWO);
    old.errata = Vec::new();
    old.instrument = jialiang_model::id::InstrumentId::parse("cn/2021/x");
    let registry = on_record(&old);
    let bytes = csv::edition(&Official::of(&registry, &old));
    let grid = Grid::read(&bytes, None).unwrap();
    let Imported { edition: read, remarks, .. } =
        import(&grid, &registry, &into(&registry, "1.1.0")).unwrap();
    let told: Vec<_> = remarks.iter().map(|r| (r.grade, r.text.as_str())).collect();
    assert_eq!(told, [(Grade::Confirm, "cn/s@1.0.0"), (Grade::Confirm, "甲")]);
    // Nobody has compared its sources with the next edition.
    let mut items = old.items.clone();
    let item = Arc::make_mut(&mut items[0]);
    let sources = item.provisions.iter_mut().map(|one| &mut one.source);
    for source in sources.chain([&mut item.source]).filter_map(Option::as_mut) {
        source.verified = false;
        source.note = Phrase::parse("取自 cn/s@1.0.0 的表格，未与本版的来源核对");
    }
    assert_eq!(read.items, items);
    assert_eq!((read.version.to_string().as_str(), read.draft), ("1.1.0", Some(true)));
    assert_eq!((read.instrument, read.label, read.name), (None, None, old.name));
    assert_eq!(read.source.unwrap().at.unwrap().as_str(), "表.csv");
}

/// What another standard's table says, its sources say of that standard.
#[test]
fn a_table_of_another_standard_is_verified_by_nobody() {
    let registry = registry();
    let table = Official::of(&registry, &edition("1.0.0", TWO));
    let grid = Grid::read(&csv::edition(&table), None).unwrap();
    let mut own = registry.standards.values().next().unwrap().value.clone();
    own.id = jialiang_model::id::StandardId::parse("tianjin/s").unwrap();
    let into = Into { standard: &own, ..into(&registry, "1.0.0") };
    let read = import(&grid, &registry, &into).unwrap().edition;
    assert_eq!((read.standard.as_str(), read.label), ("tianjin/s", None));
    let sources = read.items[0].provisions.iter().filter_map(|p| p.source.as_deref());
    let sources: Vec<_> = sources.chain(read.items[0].source.as_deref()).collect();
    assert_eq!(sources.len(), 2);
    for source in sources {
        assert!(!source.verified && source.note.as_ref().unwrap().as_str().contains("cn/s@1.0.0"));
    }
}

/// Giant cells are no reason to sit and think.
#[test]
fn giants_are_read_in_time() {
    let registry = registry();
    for (name, lines) in [
        ("甲".repeat(1_000_000), "补助".repeat(1_000_000)),
        ("甲".to_owned(), "甲\n".repeat(200_000)),
        ("甲".to_owned(), format!("{}5元", "每人补助".repeat(200_000))),
        ("甲".to_owned(), format!("（{}", "（1".repeat(200_000))),
    ] {
        let text = format!(
            "服务项目,服务标准,支出责任\n{name},\"{lines}\",\"{}\"\n",
            "由".repeat(500_000)
        );
        let read = imported(text.as_bytes(), &registry);
        assert_eq!(read.edition.items.len(), 1);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { max_shrink_iters: 100, ..ProptestConfig::with_cases(300) })]

    /// A workbook that somebody damaged is read or refused.
    #[test]
    fn no_damage_to_a_workbook_breaks_it(
        at in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
    ) {
        let registry = registry();
        let mut bytes = office().unwrap();
        for (at, byte) in at {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        let read = Grid::read(&bytes, None);
        if let Ok(Err(trouble)) = read.map(|grid| import(&grid, &registry, &into(&registry, "1.0.0"))) {
            prop_assert!(!trouble.message().en.is_empty());
        }
    }
}

#[test]
fn agencies_go_by_what_their_own_tables_call_them() {
    let text = r#"{"$schema":"jurisdiction.json","id":"tianjin","name":{"zh":"天津市"},"level":"province","parent":"cn","agencies":[{"id":"civil-affairs","name":{"zh":"天津市民政局"}}]}"#;
    let Ok(jialiang_model::kind::Document::Jurisdiction(place)) = Kind::Jurisdiction.read(text)
    else {
        panic!("no place");
    };
    let read: Vec<_> = fields::agencies(&[&place], "市民政局、天津市民政局，民政局；tianjin/x")
        .into_iter()
        .map(|(name, read)| format!("{name} {read:?}"))
        .collect();
    assert_eq!(
        read,
        [
            r#"市民政局 Short("tianjin/civil-affairs", "天津市民政局")"#,
            r#"天津市民政局 Agency("tianjin/civil-affairs")"#,
            // Of which place is not said.
            r#"民政局 Unknown(Some("天津市民政局"))"#,
            r#"tianjin/x Agency("tianjin/x")"#,
        ]
    );
}
