//! The rules. To add one: two files, and two lines here.

mod absorbed_increase;
mod altered_adjustment;
mod altered_edition;
mod altered_instrument;
mod altered_plan;
mod annulled_base;
mod below_floor;
pub(crate) mod broken_encoding;
pub(crate) mod broken_json;
mod circular_reference;
mod circular_share;
mod conflicting_attestations;
mod contradicted_base;
mod contradictory_edition;
mod contradictory_place;
mod count_mismatch;
mod crossing_cells;
mod doubled_cell;
mod doubled_id;
pub(crate) mod duplicate_key;
mod empty_range;
mod expired_acceptance;
mod expired_instrument;
mod expiring_acceptance;
mod gap_between_values;
pub(crate) mod hidden_character;
mod impossible_value;
mod incomparable_units;
mod inconsistent_line;
mod invisible_value;
mod left_placeholder;
pub(crate) mod misplaced_document;
mod misplaced_item;
mod misprinted_change;
mod misquoted_target;
mod missing_item;
mod missing_parent_item;
mod missing_source;
mod misspelt_cell;
mod misspelt_line;
mod narrower_recipients;
mod needless_reading;
mod outdated_edition;
mod over_before_issue;
mod overdue_implementation;
mod overrun_start;
mod overstated_version;
mod owed_increase;
mod owed_shortfall;
mod powerless_act;
mod regression;
mod reopened_exemption;
mod retroactive_cut;
mod reused_id;
mod reversed_dates;
pub(crate) mod schema_violation;
mod stale_acceptance;
mod stale_line;
mod summary_mismatch;
mod target_without_indicator;
mod unanswered_parent;
mod unassessed_raise;
mod undated_adjustment;
mod undecided_floor;
mod understated_version;
mod unexplained_change;
mod unissued_instrument;
pub(crate) mod unknown_format;
mod unknown_line;
mod unknown_reference;
mod unmapped_domain;
mod unordered_instruments;
mod unordered_version;
mod unreasoned_exemption;
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
    &unknown_line::RULE,
    &circular_reference::RULE,
    &contradictory_place::RULE,
    &powerless_act::RULE,
    &unanswered_parent::RULE,
    &doubled_id::RULE,
    &missing_item::RULE,
    &misplaced_item::RULE,
    &count_mismatch::RULE,
    &misquoted_target::RULE,
    &target_without_indicator::RULE,
    &unmapped_domain::RULE,
    &doubled_cell::RULE,
    &misspelt_line::RULE,
    &misspelt_cell::RULE,
    &incomparable_units::RULE,
    &inconsistent_line::RULE,
    &empty_range::RULE,
    &impossible_value::RULE,
    &reversed_dates::RULE,
    &unissued_instrument::RULE,
    &needless_reading::RULE,
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
    &missing_parent_item::RULE,
    &unreasoned_exemption::RULE,
    &reopened_exemption::RULE,
    &narrower_recipients::RULE,
    &below_floor::RULE,
    &owed_shortfall::RULE,
    &undecided_floor::RULE,
    &absorbed_increase::RULE,
    &owed_increase::RULE,
    &regression::RULE,
    &overdue_implementation::RULE,
    &unassessed_raise::RULE,
    &outdated_edition::RULE,
    &contradictory_edition::RULE,
    &unexplained_change::RULE,
    &stale_line::RULE,
    &misprinted_change::RULE,
    &contradicted_base::RULE,
    &overrun_start::RULE,
    &unordered_instruments::RULE,
    &crossing_cells::RULE,
    &gap_between_values::RULE,
    &circular_share::RULE,
    &annulled_base::RULE,
    &conflicting_attestations::RULE,
    &invisible_value::RULE,
    &retroactive_cut::RULE,
    &over_before_issue::RULE,
    &expired_instrument::RULE,
    &undated_adjustment::RULE,
    &left_placeholder::RULE,
    &missing_source::RULE,
    &unverified::RULE,
    &stale_acceptance::RULE,
    &expired_acceptance::RULE,
    &expiring_acceptance::RULE,
];
