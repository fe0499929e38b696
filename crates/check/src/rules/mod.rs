//! The rules. To add one: two files, and two lines here.

pub(crate) mod broken_encoding;
pub(crate) mod broken_json;
mod circular_reference;
mod count_mismatch;
mod doubled_cell;
mod doubled_id;
pub(crate) mod duplicate_key;
mod empty_range;
pub(crate) mod hidden_character;
mod impossible_value;
mod incomparable_units;
mod misplaced_document;
mod misplaced_item;
mod missing_item;
mod missing_source;
mod reversed_dates;
pub(crate) mod schema_violation;
mod unanswered_parent;
pub(crate) mod unknown_format;
mod unknown_reference;
mod unverified;

use crate::rule::Rule;

/// Every rule, in the order in which they are listed.
pub const RULES: &[&Rule] = &[
    &broken_encoding::RULE,
    &broken_json::RULE,
    &hidden_character::RULE,
    &duplicate_key::RULE,
    &schema_violation::RULE,
    &misplaced_document::RULE,
    &unknown_format::RULE,
    &unknown_reference::RULE,
    &circular_reference::RULE,
    &unanswered_parent::RULE,
    &doubled_id::RULE,
    &missing_item::RULE,
    &misplaced_item::RULE,
    &count_mismatch::RULE,
    &doubled_cell::RULE,
    &incomparable_units::RULE,
    &empty_range::RULE,
    &impossible_value::RULE,
    &reversed_dates::RULE,
    &missing_source::RULE,
    &unverified::RULE,
];
