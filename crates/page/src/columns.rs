//! The words at the head of the official table, in which a table is written and by which it
//! is read back.

/// The area, 方面.
pub const AREA: &str = "方面";
/// The category, 类别.
pub const CATEGORY: &str = "类别";
/// The running number of an item in the printed table, 序号.
pub const NUMBER: &str = "序号";
/// The name, 服务项目.
pub const NAME: &str = "服务项目";
/// Who is entitled, 服务对象.
pub const RECIPIENTS: &str = "服务对象";
/// What is provided, 服务内容.
pub const CONTENT: &str = "服务内容";
/// How much, how often, how well, 服务标准.
pub const PROVISIONS: &str = "服务标准";
/// Who pays, 支出责任.
pub const RESPONSIBILITY: &str = "支出责任";
/// Who leads, 牵头负责单位.
pub const LEAD_AGENCIES: &str = "牵头负责单位";
/// What the registry holds, as JSON on one line, 登记数据; what does not fit into one cell goes
/// on in 登记数据2, 登记数据3 and so on.
pub const RECORD: &str = "登记数据";

/// The columns of the official table.
pub const OFFICIAL: [&str; 6] =
    [NAME, RECIPIENTS, CONTENT, PROVISIONS, RESPONSIBILITY, LEAD_AGENCIES];
/// The columns of a table as CSV, one row an item.
pub const CSV: [&str; 9] =
    [AREA, CATEGORY, NAME, RECIPIENTS, CONTENT, PROVISIONS, RESPONSIBILITY, LEAD_AGENCIES, RECORD];
/// The columns of the printed table.
pub const PRINTED: [&str; 7] =
    [NUMBER, NAME, RECIPIENTS, CONTENT, PROVISIONS, RESPONSIBILITY, LEAD_AGENCIES];

/// What stands in the column 方面 of the row that holds the edition's own data.
pub const HEAD_ROW: &str = "#版本";
/// The sheet of a workbook that holds the official table.
pub const SHEET: &str = "服务标准";
/// What stands in a cell whose text is not transcribed: nothing is known of it.
pub const UNSEEN: &str = "未转录";
/// What stands in a cell of a text that is wholly on record and says nothing there.
pub const NOTHING: &str = "—";
/// Between the names of agencies in one cell.
pub const BETWEEN: &str = "、";
/// The most characters of the data that stand in one cell; a spreadsheet holds 32767.
pub const MOST_IN_CELL: usize = 30_000;

/// The heading of a column of data, by its number from nought: 登记数据, 登记数据2, 登记数据3.
pub fn record(number: usize) -> String {
    match number {
        0 => RECORD.to_owned(),
        number => format!("{RECORD}{}", number + 1),
    }
}
