//! A provision as one Chinese line of the official table, which reads back.

use jialiang_model::provision::Provision;

/// A provision as one Chinese line of the official table.
pub fn zh(provision: &Provision) -> String {
    let promised = jialiang_diff::words::form(&provision.form).zh;
    match &provision.name {
        Some(name) => format!("{}：{promised}", name.zh),
        None => promised,
    }
}
