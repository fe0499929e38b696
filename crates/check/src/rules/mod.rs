//! The rules. To add one: two files, and two lines here.

mod altered_adjustment;
mod altered_edition;
mod altered_instrument;
mod altered_plan;
pub(crate) mod broken_encoding;
pub(crate) mod broken_json;
mod circular_reference;
mod contradictory_place;
mod count_mismatch;
mod doubled_cell;
mod doubled_id;
pub(crate) mod duplicate_key;
mod empty_range;
mod expired_acceptance;
mod expiring_acceptance;
pub(crate) mod hidden_character;
mod impossible_value;
mod incomparable_units;
mod left_placeholder;
pub(crate) mod misplaced_document;
mod misplaced_item;
mod misquoted_target;
mod missing_item;
mod missing_source;
mod overstated_version;
mod reused_id;
mod reversed_dates;
pub(crate) mod schema_violation;
mod stale_acceptance;
mod summary_mismatch;
mod target_without_indicator;
mod unanswered_parent;
mod understated_version;
pub(crate) mod unknown_format;
mod unknown_reference;
mod unmapped_domain;
mod unordered_version;
mod unverified;
mod vanished_id;

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
    &contradictory_place::RULE,
    &unanswered_parent::RULE,
    &doubled_id::RULE,
    &missing_item::RULE,
    &misplaced_item::RULE,
    &count_mismatch::RULE,
    &misquoted_target::RULE,
    &target_without_indicator::RULE,
    &unmapped_domain::RULE,
    &doubled_cell::RULE,
    &incomparable_units::RULE,
    &empty_range::RULE,
    &impossible_value::RULE,
    &reversed_dates::RULE,
    &unordered_version::RULE,
    &understated_version::RULE,
    &overstated_version::RULE,
    &summary_mismatch::RULE,
    &reused_id::RULE,
    &altered_edition::RULE,
    &altered_instrument::RULE,
    &altered_adjustment::RULE,
    &altered_plan::RULE,
    &vanished_id::RULE,
    &left_placeholder::RULE,
    &missing_source::RULE,
    &unverified::RULE,
    &stale_acceptance::RULE,
    &expired_acceptance::RULE,
    &expiring_acceptance::RULE,
];
