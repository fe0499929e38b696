//! The cell of the provisions: which line goes on as which provision, and what has changed.

use std::collections::BTreeSet;

use jialiang_model::cell::Cell;
use jialiang_model::finding::Message;
use jialiang_model::id::Id;
use jialiang_model::provision::{Better, Comparator, Form, Provision};
use jialiang_model::source::Source;
use jialiang_model::text::{Phrase, Text};
use jialiang_model::unit::Quantity;

use super::fields::{changed_in, read_in};
use super::rows::Said;
use super::{Grade, Remark};
use crate::columns;
use crate::line::{self, Line, Open, Promise, Why};

/// What lines are read beside.
#[derive(Debug, Clone, Copy)]
pub(super) struct Beside<'a> {
    /// The item.
    pub(super) item: &'a Id,
    /// Its name.
    pub(super) name: &'a str,
    /// The provisions that the lines go on from.
    pub(super) old: &'a [Provision],
    /// Whether those are the table's own data, and not those of another edition.
    pub(super) recorded: bool,
    /// The source of the item.
    pub(super) source: Option<&'a Source>,
    /// The file and the sheet, as far as a cell's name.
    pub(super) table: &'a str,
    /// Whether the column is divided into others below its heading.
    pub(super) divided: bool,
    /// Whether the rows of the item are each for other people.
    pub(super) split: bool,
}

/// What money is paid under.
const PAID: &[&str] = &[
    "补助",
    "补贴",
    "津贴",
    "资助",
    "助学金",
    "奖励",
    "扶助",
    "抚恤",
    "救助",
    "供养",
    "养老金",
    "生活保障",
    "生活费",
    "慰问",
    "优待金",
    "救济",
];
/// What money is taken under, or what limits what is paid.
const TAKEN: &[&str] = &[
    "个人",
    "自费",
    "学费",
    "家庭支付",
    "家庭承担",
    "承担",
    "负担",
    "支付",
    "收入",
    "财产",
    "资产",
    "存款",
    "限额",
    "上限",
    "退还",
    "扣",
    "缴",
    "收费",
    "交费",
    "自付",
    "自负",
    "起付",
    "费率",
    "押金",
    "罚",
    "封顶",
    "票价",
    "收取",
];
/// What is given in numbers.
const GIVEN: &[&str] = &["提供", "组织", "举办", "开展", "配备"];

/// The provisions that a cell says.
pub(super) fn read(said: &Said, beside: Beside<'_>, remarks: &mut Vec<Remark>) -> Vec<Provision> {
    let placed = said.lines();
    let lines: Vec<&str> = placed.iter().map(|(line, _)| *line).collect();
    let matches = matched(&lines, beside);
    let torn = torn(&lines, &matches);
    let listed = lines.iter().any(|line| line::is_numbered(line));
    let mut taken: BTreeSet<Id> = beside.old.iter().map(|old| old.id.clone()).collect();
    let (mut provisions, mut number) = (Vec::new(), 0);
    let mut gone: Vec<&Provision> = beside.old.iter().collect();
    for (((text, cell), before), torn) in placed.iter().zip(matches).zip(torn) {
        let mut reader = Reader { cell, beside, text, torn, listed, remarks };
        let provision = match before {
            Some((old, true)) => reader.same(old),
            Some((old, false)) => reader.changed(old),
            None => reader.new_line(&mut taken, &mut number),
        };
        gone.retain(|old| old.id != provision.id);
        provisions.push(provision);
    }
    if beside.recorded {
        for old in gone {
            let torn = false;
            let reader = Reader { cell: &said.cell, beside, text: "", torn, listed, remarks };
            reader.gone(old);
        }
    }
    provisions
}

/// For each line whether it may be a part of a sentence, of which another part stands beside
/// it: that part is not read, no stop parts the two, and the lower one does not begin anew.
fn torn(lines: &[&str], matches: &[Option<(&Provision, bool)>]) -> Vec<bool> {
    let read = |(line, found): (&&str, &Option<(&Provision, bool)>)| {
        !found.is_some_and(|(_, same)| same) && line::read(line).is_err()
    };
    let all: Vec<bool> = lines.iter().zip(matches).map(read).collect();
    let unread = |at: usize| all.get(at).copied().unwrap_or(false);
    let parted = |above: usize| {
        let (upper, lower) = (lines.get(above), lines.get(above + 1));
        let (Some(upper), Some(lower)) = (upper, lower) else { return true };
        let stopped = upper.ends_with(['。', '；', ';', '！']);
        stopped || lower.starts_with('〔') || line::is_named(lower) || line::is_numbered(lower)
    };
    // 以下标准停止执行： speaks of every line below it, whatever their names.
    let leads = |at: usize| {
        let line = lines.get(at).copied().unwrap_or_default().trim_end();
        unread(at) && (line.ends_with(['：', ':']) || line.contains("以下"))
    };
    let led = (0..lines.len()).find(|at| leads(*at)).unwrap_or(lines.len());
    (0..lines.len())
        .map(|at| {
            if at > led {
                return true;
            }
            let above = at.checked_sub(1).is_some_and(|above| unread(above) && !parted(above));
            above || (unread(at + 1) && !parted(at))
        })
        .collect()
}

/// For each line the provision that it goes on from, and whether it says the same: first
/// those that are printed alike, then those of the same name, or of the same cell without
/// one. Of the table's own data then, where as many are left on both sides, in their order; of
/// another edition only where there is one on either side, for a person to confirm.
fn matched<'a>(lines: &[&str], beside: Beside<'a>) -> Vec<Option<(&'a Provision, bool)>> {
    let printed = |one: &'a Provision| (one, line::zh(one));
    let mut left: Vec<(&Provision, String)> = beside.old.iter().map(printed).collect();
    let mut found: Vec<Option<(&Provision, bool)>> = lines
        .iter()
        .map(|text| {
            let at = left.iter().position(|(_, printed)| printed == text)?;
            Some((left.remove(at).0, true))
        })
        .collect();
    for (text, found) in lines.iter().zip(&mut found).filter(|(_, found)| found.is_none()) {
        if let Some(at) = left.iter().position(|(one, _)| goes_by(text, one)) {
            *found = Some((left.remove(at).0, false));
        }
    }
    let open = found.iter().filter(|found| found.is_none()).count();
    let only = lines.len() == 1 && beside.old.len() == 1;
    if (beside.recorded || only) && open == left.len() {
        let mut left = left.into_iter();
        for found in found.iter_mut().filter(|found| found.is_none()) {
            *found = left.next().map(|(one, _)| (one, false));
        }
    }
    found
}

/// Whether a line begins with what a provision is known by: its name, else its cell.
fn goes_by(text: &str, one: &Provision) -> bool {
    match &one.name {
        Some(name) => text
            .strip_prefix(name.zh.as_str())
            .is_some_and(|rest| rest.trim_start().starts_with(['：', ':', '〔'])),
        None => !one.cell.is_everyone() && text.starts_with(&format!("〔{}〕", one.cell)),
    }
}

struct Reader<'a, 'r> {
    cell: &'a str,
    beside: Beside<'a>,
    text: &'a str,
    /// Whether it may be a part of a sentence.
    torn: bool,
    /// Whether lines of the cell have numbers in front, so that 2.5元 may be 5元.
    listed: bool,
    remarks: &'r mut Vec<Remark>,
}

impl Reader<'_, '_> {
    fn place(&self) -> String {
        format!("{}{}", self.beside.table, self.cell)
    }

    fn remark(&mut self, grade: Grade, why: Message) {
        self.remarks.push(Remark {
            grade,
            cell: self.cell.to_owned(),
            heading: columns::PROVISIONS.to_owned(),
            item: Some(self.beside.item.clone()),
            text: self.text.to_owned(),
            why,
        });
    }

    /// A line that says what the provision says.
    fn same(&self, old: &Provision) -> Provision {
        match self.beside.recorded {
            true => old.clone(),
            false => Provision { continues: None, source: None, ..old.clone() },
        }
    }

    /// A line that the table's own data holds, and the cell no longer.
    fn gone(self, old: &Provision) {
        self.remarks.push(Remark {
            grade: Grade::Changed,
            cell: self.cell.to_owned(),
            heading: columns::PROVISIONS.to_owned(),
            item: Some(self.beside.item.clone()),
            text: String::new(),
            why: Message::new(
                format!("已删去“{}”（{}）", line::zh(old), old.id),
                format!("removed: {}, {}", old.id, line::zh(old)),
            ),
        });
    }

    fn changed(&mut self, old: &Provision) -> Provision {
        let (name, cell, form) = self.form(Some(old));
        let name = match (name, &old.name) {
            (Some(zh), Some(name)) if name.zh == zh => Some(name.clone()),
            (Some(zh), _) => Some(Box::new(Text { zh, en: None })),
            (None, _) => None,
        };
        // A line with a name prints no cell.
        let cell = if cell.is_everyone() && name.is_some() { old.cell.clone() } else { cell };
        let words = matches!(form, Form::Words(_));
        let cell = if words && cell.is_everyone() { old.cell.clone() } else { cell };
        let own = old.source.as_deref().or(self.beside.source);
        let (continues, source) = match self.beside.recorded {
            true => {
                // Of another name, it keeps what nobody sees: whether that is right is for a
                // person to say.
                let (zh, en) = match goes_by(self.text, old) || self.beside.old.len() == 1 {
                    true => (String::new(), String::new()),
                    false => (
                        format!("；沿用标识“{}”和适用〔{}〕", old.id, old.cell),
                        format!("; it keeps the id {} and the cell {}", old.id, old.cell),
                    ),
                };
                let print = line::zh(old);
                self.remark(
                    Grade::Changed,
                    Message::new(
                        format!("登记数据原为“{print}”{zh}"),
                        format!("the table's own data says {print}{en}"),
                    ),
                );
                (old.continues.clone(), Some(Box::new(changed_in(own, &self.place()))))
            }
            false => {
                // The one amount of an item in one unit, which neither side names.
                let plain = |name: &Option<Box<Text>>| name.is_none() && old.cell.is_everyone();
                let unit = |form: &Form| form.scale().map(|scale| scale.unit);
                let alike = plain(&name)
                    && plain(&old.name)
                    && unit(&form).is_some()
                    && unit(&form) == unit(&old.form);
                if !alike && !goes_by(self.text, old) {
                    let new = match (&name, &form) {
                        (_, Form::Words(_)) => ("按文字".to_owned(), "words".to_owned()),
                        (name, form) => {
                            let name = name.as_ref().map_or("", |name| name.zh.as_str());
                            let colon = if name.is_empty() { "" } else { "：" };
                            let words = format!("{name}{colon}{}", line::form(form));
                            (format!("读作“{words}”"), format!("{} {words}", form.key()))
                        }
                    };
                    let print = line::zh(old);
                    self.remark(
                        Grade::Confirm,
                        Message::new(
                            format!("本项目在登记库中只有一条标准“{print}”，这一行（{}）算作它的新写法，沿用标识“{}”", new.0, old.id),
                            format!("on record the item has one provision, {print}; this line, read as {}, is taken for what became of it, under its id `{}`", new.1, old.id),
                        ),
                    );
                }
                (None, None)
            }
        };
        let (id, measure) = (old.id.clone(), old.measure.clone());
        Provision { id, name, measure, cell, form, continues, source }
    }

    fn new_line(&mut self, taken: &mut BTreeSet<Id>, number: &mut usize) -> Provision {
        let (name, cell, form) = self.form(None);
        let id = loop {
            *number += 1;
            // A number behind a word is always an id.
            let Some(id) = Id::parse(&format!("line-{number}")) else { continue };
            if taken.insert(id.clone()) {
                break id;
            }
        };
        let name = name.map(|zh| Box::new(Text { zh, en: None }));
        let source = self.beside.recorded.then(|| Box::new(read_in(&self.place())));
        Provision { id, name, measure: None, cell, form, continues: None, source }
    }

    /// The name, the cell and the form of a line; words, with a remark, where it says none.
    fn form(&mut self, old: Option<&Provision>) -> (Option<Phrase>, Cell, Form) {
        let why = match self.whole(old) {
            Ok(Line { name, cell, promise: Promise::Whole(form) }) => return (name, cell, form),
            Ok(Line { name, cell, promise: Promise::Open(open) }) => {
                match self.direction(name.as_ref(), &cell, &open, old) {
                    Some(better) => return (name, cell, open.toward(better)),
                    None => Why::NoDirection,
                }
            }
            Err(why) => why,
        };
        // What is on record as words may go on as words.
        let was_words = old.is_some_and(|old| matches!(old.form, Form::Words(_)));
        let settled = was_words && why != Why::NoDirection;
        if !settled {
            self.remark(Grade::Unread, why.message());
        }
        let name = old.and_then(|old| old.name.as_ref()).and_then(|name| {
            let rest = self.text.strip_prefix(name.zh.as_str())?.strip_prefix(['：', ':'])?;
            let rest = rest.trim_matches([' ', '\u{3000}']);
            (!rest.is_empty()).then(|| (name.zh.clone(), rest))
        });
        let (name, (cell, words)) = match name {
            Some((name, words)) => (Some(name), (Cell::default(), words)),
            None => (None, line::celled(self.text)),
        };
        let words = Text { zh: Phrase::line(words), en: None };
        (name, cell, Form::Words(Box::new(words)))
    }

    /// The line, where it stands alone and its name leaves the number as it is.
    fn whole(&self, old: Option<&Provision>) -> Result<Line, Why> {
        let line = line::read(self.text)?;
        if self.torn {
            return Err(Why::Torn);
        }
        let everyone = line.name.is_none() && line.cell.is_everyone();
        if self.beside.divided || (self.beside.split && everyone) {
            return Err(Why::Divided);
        }
        if self.listed && line::may_be_listed(self.text) {
            return Err(Why::Dot(self.text.chars().take(6).collect()));
        }
        let Some(name) = &line.name else { return Ok(line) };
        // A name that is on record was somebody's choice.
        if old.and_then(|old| old.name.as_ref()).is_some_and(|old| old.zh == *name) {
            return Ok(line);
        }
        let form = match &line.promise {
            Promise::Whole(form) => form,
            Promise::Open(open) => open.form(),
        };
        let money = form.scale().map(|scale| scale.unit);
        let money = money
            .filter(|unit| matches!(unit.quantity, Quantity::Yuan | Quantity::TenThousandYuan));
        let measured = money.and_then(|unit| line::measured_in(name.as_str(), unit));
        match line::doubt(name.as_str()).or(measured) {
            Some(word) => Err(Why::Doubt(word)),
            None => Ok(line),
        }
    }

    /// Which way is better: as the provision says from which the line goes on. Else, for a
    /// person to confirm: as all provisions say that the item has in that unit, or more, for
    /// what is paid to people and for what is provided at least. Never where money is taken.
    fn direction(
        &mut self,
        name: Option<&Phrase>,
        cell: &Cell,
        open: &Open,
        old: Option<&Provision>,
    ) -> Option<Better> {
        let of = |one: &Provision| one.form.scale();
        let taken = |text: &str| TAKEN.iter().any(|word| text.contains(word));
        if let Some((old, scale)) = old.and_then(|old| Some((old, of(old)?))) {
            // Who took （少者优） away from our own table, or wrote of money that is taken, meant
            // something by it.
            let other = (self.beside.recorded && scale.better == Better::Less)
                || (taken(self.text) && !taken(&line::zh(old)));
            return (!other).then_some(scale.better);
        }
        let words = self.understood(name, cell, open);
        let name = name.map_or("", Phrase::as_str);
        let unit = open.unit();
        let mut stated: Vec<Better> = self
            .beside
            .old
            .iter()
            .filter_map(of)
            .filter(|scale| Some(scale.unit) == unit)
            .map(|scale| scale.better)
            .collect();
        stated.dedup();
        let all = format!("{}{}", self.beside.name, self.text);
        let holds = |words: &[&str]| words.iter().any(|word| all.contains(word));
        let given = open.is_floor() && !open.is_money() && {
            GIVEN.iter().any(|word| self.text.contains(word) || name.contains(word))
        };
        let (better, zh, en) = match stated.as_slice() {
            _ if holds(TAKEN) => return None,
            [better] => (
                *better,
                "按本项目同单位的其他标准",
                "as other provisions of the item in this unit",
            ),
            _ if (open.is_money() && holds(PAID)) || given => (
                Better::More,
                "按发给服务对象的钱或提供的服务",
                "for what is paid or provided to people",
            ),
            _ => return None,
        };
        self.remark(
            Grade::Confirm,
            Message::new(
                format!("读作{}；表里没有写方向，{zh}读作{}；若不对，请改写，或在行末写明（多者优）或（少者优）", words.zh, better.zh()),
                format!("read as {}; the table does not say which way is better; read as `{better}`, {en}; write （多者优） or （少者优） at its end where that is wrong", words.en),
            ),
        );
        Some(better)
    }

    /// What was understood of a number: its name, for whom, how it binds, the number, its unit.
    fn understood(&self, name: Option<&Phrase>, cell: &Cell, open: &Open) -> Message {
        let (mut zh, mut en) = (Vec::new(), Vec::new());
        if let Some(name) = name {
            zh.push(format!("名称“{name}”"));
            en.push(format!("name `{name}`"));
        }
        if !cell.is_everyone() {
            zh.push(format!("适用〔{cell}〕"));
            en.push(format!("for {cell}"));
        }
        let form = open.form();
        let exact = matches!(form, Form::Amount(Comparator::Exactly, _, _));
        zh.push(format!("{}“{}”", if exact { "等于" } else { "" }, line::form(form)));
        en.push(format!("{} {}", form.key(), line::form(form)));
        Message::new(zh.join("，"), en.join(", "))
    }
}
