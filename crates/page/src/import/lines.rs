//! The cell of the provisions: which line goes on as which provision, and what has changed.

use std::collections::BTreeSet;

use jialiang_model::cell::Cell;
use jialiang_model::finding::Message;
use jialiang_model::id::Id;
use jialiang_model::provision::{Better, Form, Provision};
use jialiang_model::source::Source;
use jialiang_model::text::{Phrase, Text};

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
    "个人负担",
];
/// What is given in numbers.
const GIVEN: &[&str] = &["提供", "组织", "举办", "开展", "配备"];

/// The provisions that a cell says.
pub(super) fn read(said: &Said, beside: Beside<'_>, remarks: &mut Vec<Remark>) -> Vec<Provision> {
    let placed = said.lines();
    let lines: Vec<&str> = placed.iter().map(|(line, _)| *line).collect();
    let matches = matched(&lines, beside);
    let mut taken: BTreeSet<Id> = beside.old.iter().map(|old| old.id.clone()).collect();
    let (mut provisions, mut number) = (Vec::new(), 0);
    for ((text, cell), before) in placed.iter().zip(matches) {
        let mut reader = Reader { cell, beside, text, remarks };
        let provision = match before {
            Some((old, true)) => reader.same(old),
            Some((old, false)) => reader.changed(old),
            None => reader.new_line(&mut taken, &mut number),
        };
        provisions.push(provision);
    }
    provisions
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
                self.remark(
                    Grade::Changed,
                    Message::new(
                        format!("登记数据原为“{}”", line::zh(old)),
                        format!("the table's own data says {}", line::zh(old)),
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
                    self.remark(
                        Grade::Confirm,
                        Message::new(
                            format!("本项目在登记库中只有一条标准“{}”，读作它的新写法，沿用标识“{}”", line::zh(old), old.id),
                            format!("on record the item has one provision, {}; read as what became of it, under its id `{}`", line::zh(old), old.id),
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
        let why = match line::read(self.text) {
            Ok(Line { name, cell, promise: Promise::Whole(form) }) => return (name, cell, form),
            Ok(Line { name, cell, promise: Promise::Open(open) }) => {
                match self.direction(name.as_ref(), &open, old) {
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

    /// Which way is better: as the provision says from which the line goes on. Else, for a
    /// person to confirm: as all provisions say that the item has in that unit, or more, for
    /// what is paid to people and for what is provided at least. Never where money is taken.
    fn direction(
        &mut self,
        name: Option<&Phrase>,
        open: &Open,
        old: Option<&Provision>,
    ) -> Option<Better> {
        let of = |one: &Provision| one.form.scale();
        if let Some(scale) = old.and_then(of) {
            return Some(scale.better);
        }
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
                format!("表里没有写方向，{zh}读作{}；若不对，请在行末写明（多者优）或（少者优）", better.zh()),
                format!("the table does not say which way is better; read as `{better}`, {en}; write （多者优） or （少者优） at its end where that is wrong"),
            ),
        );
        Some(better)
    }
}
