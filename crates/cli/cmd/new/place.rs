//! A place to fill in, as far below its parent as its level and code say.

use jialiang_model::finding::Message;
use jialiang_model::kind::jurisdiction::{Code, Level};
use jialiang_model::kind::{Expected, Jurisdiction};

use super::{Desk, Draft, Failure, jurisdiction};
use crate::args::NewPlace;

impl Desk<'_> {
    pub(super) fn place(&self, new: &NewPlace) -> Result<Draft, Failure> {
        let schema = self.vacant(&Expected::Jurisdiction(new.id.clone()))?;
        let mut notes = Vec::new();
        if let Some(parent) = &new.parent {
            notes.extend(below(new, self.has_place(parent.as_str())?)?);
        }
        notes.extend(new.code.and_then(|code| form(code, new.level)));
        let same = |code| {
            let mut all = self.loaded.registry.jurisdictions.values();
            all.find(|entry| entry.value.code == Some(code))
        };
        if let Some((code, other)) = new.code.and_then(|code| Some((code, same(code)?))) {
            let (id, name) = (&other.value.id, &other.value.name.zh);
            notes.push(Message::new(
                format!("代码 {code} 也是“{name}”（{id}）的，请核对"),
                format!("the code {code} is that of `{id}` too: see which is right"),
            ));
        }
        notes.push(Message::new(
            "这里的文件跟踪到哪一天，请写 followed，如 \"followed\": [{ \"through\": \"2026-06-30\" }]；不写则 ask 的答案都只算最后所知",
            "write through which day the documents of the place were followed, as in \"followed\": [{ \"through\": \"2026-06-30\" }]; without it every answer is only the last that is known",
        ));
        let english = self.args.english.clone();
        Ok(Draft { document: jurisdiction(new, english, schema, self.source(None)), notes })
    }
}

const fn rank(level: Level) -> u8 {
    match level {
        Level::Nation => 0,
        Level::Province => 1,
        Level::Prefecture => 2,
        Level::County => 3,
    }
}

/// That a place is below its parent; what may be wrong and may be not, as a note.
fn below(new: &NewPlace, parent: &Jurisdiction) -> Result<Option<Message>, Failure> {
    let (id, name) = (&parent.id, &parent.name.zh);
    if rank(new.level) <= rank(parent.level) {
        let (own, above) = (new.level, parent.level);
        return Err(Failure::Said(Message::new(
            format!(
                "没有写：上级“{name}”（{id}）是{}，它的下级不能是{}；请核对 --level 和 --parent",
                above.zh(),
                own.zh()
            ),
            format!(
                "nothing was written: the parent `{id}` is a {above}, and no {own} is below it; look at --level and --parent"
            ),
        )));
    }
    let digits = match parent.level {
        Level::Province => 2,
        Level::Prefecture => 4,
        Level::Nation | Level::County => return Ok(None),
    };
    let (Some(code), Some(of)) = (new.code, parent.code) else { return Ok(None) };
    let (code, of) = (code.to_string(), of.to_string());
    if code.get(..2) != of.get(..2) {
        return Err(Failure::Said(Message::new(
            format!(
                "没有写：代码 {code} 的前两位与上级“{name}”（{id}）的 {of} 不同，不在它之内；请核对 --code 和 --parent"
            ),
            format!(
                "nothing was written: the code {code} does not begin like that of the parent `{id}`, {of}, and is outside it; look at --code and --parent"
            ),
        )));
    }
    Ok((code.get(..digits) != of.get(..digits)).then(|| {
        Message::new(
            format!("代码 {code} 的前 {digits} 位与上级“{name}”的 {of} 不同，请核对"),
            format!("the code {code} does not begin like that of the parent `{id}`, {of}: see which is right"),
        )
    }))
}

/// That a code may be of another level: a province's ends in four noughts, a prefecture's in
/// two, a county's in neither.
fn form(code: Code, level: Level) -> Option<Message> {
    let text = code.to_string();
    let of = match (text.ends_with("0000"), text.ends_with("00")) {
        (true, _) => Level::Province,
        (false, true) => Level::Prefecture,
        (false, false) => Level::County,
    };
    (of != level && level != Level::Nation).then(|| {
        Message::new(
            format!("代码 {text} 是{}的代码，而这里写的是{}，请核对", of.zh(), level.zh()),
            format!(
                "{text} is the code of a {of}, and the level here is {level}: see which is right"
            ),
        )
    })
}
