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
}
