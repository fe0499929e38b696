//! A provision as one Chinese line of the official table, which reads back.
//!
//! A line carries the name in Chinese, the form, and, of a line without a name, the cell. What
//! it does not carry stands in the table's column of data: the id, the measure, the English,
//! the source, that more is better, the cell of a line that has a name, the instrument and the
//! agency of a peg. Words, and a peg whose words are not of the kind 按照…执行, read as whatever
//! they look like.

mod number;
mod read;
mod units;
mod words;

use jialiang_model::cell::Cell;
use jialiang_model::finding::Message;
use jialiang_model::provision::{
    Average, Band, Better, Comparator, Form, Grades, Peg, Provision, Scale, Share, Supplement,
};
use jialiang_model::text::Phrase;
use jialiang_model::unit::Unit;

pub use read::read;
pub(crate) use read::{celled, is_named, is_numbered, may_be_listed};
pub(crate) use words::{doubt, measured_in};

/// What one line says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// What people call it.
    pub name: Option<Phrase>,
    /// For whom it holds.
    pub cell: Cell,
    /// What it promises.
    pub promise: Promise,
}

/// What a line promises, as far as it says so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Promise {
    /// A form, wholly said.
    Whole(Form),
    /// A number of which the line does not say which way is better.
    Open(Open),
}

/// A number of which the line does not say which way is better.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Open(Form);

impl Open {
    /// The form, once somebody has said which way is better.
    pub fn toward(self, better: Better) -> Form {
        let told = |scale: Scale| Scale { better, ..scale };
        match self.0 {
            Form::Amount(comparator, number, scale) => {
                Form::Amount(comparator, number, told(scale))
            }
            Form::Average(average, scale) => Form::Average(average, told(scale)),
            Form::Share(share, scale) => Form::Share(share, told(scale)),
            Form::Supplement(adds, scale) => Form::Supplement(adds, told(scale)),
            Form::Increase(number, scale) => Form::Increase(number, told(scale)),
            form @ (Form::Free | Form::Pegged(_) | Form::Coverage(_) | Form::Words(_)) => form,
        }
    }

    /// The form; which way is better is not to be read from it.
    pub(crate) const fn form(&self) -> &Form {
        &self.0
    }

    /// The unit of the number.
    pub fn unit(&self) -> Option<Unit> {
        self.0.scale().map(|scale| scale.unit)
    }

    /// Whether the number is money.
    pub fn is_money(&self) -> bool {
        use jialiang_model::unit::Quantity::{TenThousandYuan, Yuan};
        matches!(self.unit().map(|unit| unit.quantity), Some(Yuan | TenThousandYuan))
    }

    /// Whether it is a floor: not less than so much.
    pub const fn is_floor(&self) -> bool {
        matches!(self.0, Form::Amount(Comparator::AtLeast, _, _))
    }
}

/// Why a line is no form but words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Why {
    /// There is no number in it, and no word that stands for a form.
    NoForm,
    /// The number has no unit of the list; what stands behind it.
    NoUnit(String),
    /// More than one number.
    Numbers,
    /// A word that leaves the number open, such as 左右.
    Hedge(&'static str),
    /// A share of something that has no id here.
    ShareOf,
    /// A change of something, and not a standard.
    Change,
    /// A number that is not written as documents hold it.
    NoNumber(String),
    /// A blank within a number, which may be two.
    Blank,
    /// A dot that may stand between thousands, or behind the number of a list; the number.
    Dot(String),
    /// A dash in front of a number that is no sign, or money below nought.
    Negative,
    /// A number in characters, a bound or a change, beside no number in digits.
    Spelled(&'static str),
    /// Longer than a line of a table is.
    Long,
    /// A year or a date, and not a number of years.
    Date,
    /// Words beside the number that no form has room for.
    Beside(String),
    /// Nobody says which way is better.
    NoDirection,
    /// It may be a part of a sentence, of which another part stands in the line beside it.
    Torn,
    /// The column is divided into others below its heading, or the item into rows.
    Divided,
    /// A word of the name that makes the number doubtful.
    Doubt(&'static str),
}

impl Why {
    /// The reason as a sentence.
    pub fn message(&self) -> Message {
        match self {
            Self::NoForm => Message::new(
                "没有数值，也不是“免费”“全覆盖”“按照……执行”这类写法，按文字保留",
                "no number, and none of the words that stand for a form: kept as words",
            ),
            Self::NoUnit(word) if word.is_empty() => Message::new(
                "数后面没有计量单位，按文字保留；请写全，如“720元/人·月”",
                "no unit behind the number: kept as words; write it out, as 720元/人·月",
            ),
            Self::NoUnit(word) => Message::new(
                format!("“{word}”不是词表里的计量单位，按文字保留"),
                format!("`{word}` begins with no unit of the list: kept as words"),
            ),
            Self::Numbers => Message::new(
                "一行里不止一个数，不知道以哪个为准，按文字保留；请分行写，一行一个数",
                "more than one number: kept as words; write a line for each",
            ),
            Self::Hedge(word) => Message::new(
                format!("有“{word}”，数值不确定，按文字保留"),
                format!("`{word}` leaves the number open: kept as words"),
            ),
            Self::ShareOf => Message::new(
                "是另一条标准的一定比例，不知道是哪一条，按文字保留；请在文档里写 share",
                "a share of another provision, and which is not known: kept as words; write `share` in the document",
            ),
            Self::Change => Message::new(
                "写的是增减，不知道在哪一条标准上，按文字保留；请在文档里写 adds 或写明结果",
                "a change, and of which provision is not known: kept as words; write `adds` in the document, or what comes out",
            ),
            Self::NoNumber(word) => Message::new(
                format!("“{word}”位数太多，或不像一个数，按文字保留"),
                format!("`{word}` has too many digits, or is no number: kept as words"),
            ),
            Self::Blank => Message::new(
                "数字中间有空格，可能是两个数，按文字保留；请去掉空格，或分行写",
                "a blank stands within a number, which may be two: kept as words; take it out, or write two lines",
            ),
            Self::Dot(word) => Message::new(
                format!(
                    "“{word}”里的点可能是小数点、千位分隔或序号，按文字保留；请写明，如“1720”或“1.72”"
                ),
                format!(
                    "the dot in `{word}` may be a decimal point, a mark between thousands or that of a list: kept as words; write 1720 or 1.72"
                ),
            ),
            Self::Negative => Message::new(
                "数字前有“-”，不知道是连字符还是负号（钱不会是负数），按文字保留；请去掉，或在名称后写冒号",
                "a dash stands before the number, and money is never below nought: kept as words; take it out, or write a colon behind the name",
            ),
            Self::Spelled(word) => Message::new(
                format!(
                    "有“{word}”，像是写了数额、比例、限度或增减，这些只读阿拉伯数字，按文字保留"
                ),
                format!(
                    "`{word}` tells of an amount, a share, a bound or a change, which is read only in digits: kept as words"
                ),
            ),
            Self::Long => Message::new(
                "太长，不像一条标准，按文字保留；请分行写，一行一条",
                "too long for one provision: kept as words; write a line for each",
            ),
            Self::Date => Message::new(
                "像是年份或日期，不是年数，按文字保留",
                "it looks like a date and not like a number of years: kept as words",
            ),
            Self::Beside(word) => Message::new(
                format!("数值之外还有“{word}”，没有读懂，按文字保留；若是名称，请写成“名称：数值”"),
                format!(
                    "`{word}` stands beside the number and was not understood: kept as words; where it is a name, write a colon behind it"
                ),
            ),
            Self::Torn => Message::new(
                "上一行或下一行没有读懂，这一行可能只是半句，按文字保留；请把一句写在一行里",
                "the line above or below was not read, so that this one may be half a sentence: kept as words; write a sentence on one line",
            ),
            Self::Divided => Message::new(
                "这一栏分了列，或这一项分了几行给不同的对象，不知道这个数给谁，按文字保留；请在一栏里写成“城市：数值”",
                "the column is divided below its heading, or the item has rows for other people each, and for whom the number holds is not known: kept as words; write for whom in the line itself",
            ),
            Self::Doubt(word) => Message::new(
                format!("名称里有“{word}”，这个数不一定就是标准，按文字保留；请改写名称或计量单位"),
                format!(
                    "`{word}` in the name makes it doubtful that the number is the standard: kept as words; write another name, or the unit in full"
                ),
            ),
            Self::NoDirection => Message::new(
                "没有写明多了好还是少了好，需人工确认，先按文字保留；请在行末加（多者优）或（少者优）",
                "nobody says which way is better: kept as words until somebody does; write （多者优） or （少者优） at its end",
            ),
        }
    }
}

/// A provision as one Chinese line of the official table.
pub fn zh(provision: &Provision) -> String {
    let Provision { id: _, name, measure: _, cell, form: promised, continues: _, source: _ } =
        provision;
    let promised = form(promised);
    match name {
        Some(name) => format!("{}：{promised}", name.zh),
        None if cell.is_everyone() => promised,
        None => format!("〔{cell}〕{promised}"),
    }
}

/// What a form promises, such as 不低于720元/生·年.
pub fn form(form: &Form) -> String {
    match form {
        Form::Amount(comparator, number, scale) => {
            let word = match comparator {
                Comparator::AtLeast => "不低于",
                Comparator::Exactly => "",
                Comparator::AtMost => "不高于",
            };
            format!("{word}{number}{}{}", scale.unit.zh(), marks(*scale))
        }
        Form::Average(average, scale) => {
            let Average { number, band, grades } = **average;
            let band = band
                .map(|Band { least, most }| format!("{least}—{most}{}", scale.unit.quantity.zh()));
            let grades = grades.map(|Grades { least, most }| match least == most {
                true => format!("分{least}档"),
                false => format!("分{least}—{most}档"),
            });
            let split: Vec<String> = [band, grades].into_iter().flatten().collect();
            let split = if split.is_empty() {
                String::new()
            } else {
                format!("（{}）", split.join("，"))
            };
            format!("平均{number}{}{split}{}", scale.unit.zh(), marks(*scale))
        }
        Form::Share(share, scale) => {
            let Share { of, percent, rounding, least, most } = &**share;
            let mut said = format!("按{of}的{percent}%（{}", scale.unit.zh());
            if let Some(rounding) = rounding {
                said += &format!("，{}", rounding.zh());
            }
            if let Some(least) = least {
                said += &format!("，不低于{least}");
            }
            if let Some(most) = most {
                said += &format!("，不高于{most}");
            }
            format!("{said}）{}", marks(*scale))
        }
        Form::Supplement(adds, scale) => {
            let Supplement { to, amount } = &**adds;
            format!("在{to}上加发{amount}{}{}", scale.unit.zh(), marks(*scale))
        }
        Form::Increase(number, scale) => {
            format!("在本人原标准上增加{number}{}{}", scale.unit.zh(), marks(*scale))
        }
        Form::Free => "免费".to_owned(),
        Form::Pegged(peg) => {
            let Peg { zh, en: _, instrument: _, agency: _ } = &**peg;
            zh.to_string()
        }
        Form::Coverage(coverage) => coverage.zh().to_owned(),
        Form::Words(words) => words.zh.to_string(),
    }
}

/// What a scale says beyond its unit. That more is better goes without saying in print.
fn marks(Scale { unit: _, better, days_per_year }: Scale) -> String {
    let mut said = String::new();
    if let Some(days) = days_per_year {
        said += &format!("（全年{days}天）");
    }
    if better == Better::Less {
        said += "（少者优）";
    }
    said
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
