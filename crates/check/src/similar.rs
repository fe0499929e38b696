//! "Did you mean".

/// The candidate most like a word, where one is like enough.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    candidates
        .into_iter()
        .map(|c| (strsim::jaro_winkler(word, c), c))
        .filter(|(likeness, c)| *likeness > 0.85 && *c != word)
        .max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(a.1)))
        .map(|(_, c)| c)
}

/// The candidate of which a word is a slip of the hand: one letter is missing, too many or
/// another, or two have changed places.
pub fn slip<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    candidates.into_iter().find(|c| strsim::osa_distance(word, c) == 1)
}

/// The candidate that an id misspells: it has a hyphen too many or too few, or one of its
/// words is a slip of the hand. What differs in a figure, in a first letter or in a short
/// word is told apart on purpose: `grade-1` and `grade-2`.
pub(crate) fn misspelt<'a>(
    id: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    candidates.into_iter().find(|candidate| *candidate != id && misspells(id, candidate))
}

fn misspells(id: &str, other: &str) -> bool {
    const SHORT: usize = 4;
    let letters = |id: &str| id.replace('-', "");
    if letters(id) == letters(other) {
        return true;
    }
    let (mine, theirs): (Vec<&str>, Vec<&str>) =
        (id.split('-').collect(), other.split('-').collect());
    let mut apart = mine.iter().zip(&theirs).filter(|(a, b)| a != b);
    let (Some((a, b)), None) = (apart.next(), apart.next()) else { return false };
    let figures = |word: &str| word.bytes().any(|byte| byte.is_ascii_digit());
    mine.len() == theirs.len()
        && a.len().min(b.len()) >= SHORT
        && !figures(a)
        && !figures(b)
        && a.chars().next() == b.chars().next()
        && slip(a, [*b]).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_one_and_no_more() {
        let known = ["hebei", "shandong", "shanghai"];
        assert_eq!(slip("hebie", known), Some("hebei"));
        assert_eq!(slip("hebeii", known), Some("hebei"));
        assert_eq!((slip("shantou", known), slip("changsha", known)), (None, None));
        assert_eq!(slip("hebei", known), None);
    }

    #[test]
    fn what_is_told_apart_on_purpose_is_not_misspelt() {
        let of = |id, other| misspelt(id, [other]).is_some();
        assert!(of("basics", "basic") && of("residance", "residence"));
        assert!(of("percapita", "per-capita") && of("per-pupli-primary", "per-pupil-primary"));
        assert!(!of("grade-1", "grade-2") && !of("class-a", "class-b") && !of("east", "west"));
        assert!(!of("light", "right") && !of("disabled-war", "disabled-duty"));
        assert!(!of("basic", "basic"));
    }
}
