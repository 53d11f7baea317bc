//! 監査記録: who did what when, for the prefecture's officers. Latest first; read from the store while it is written.

use std::collections::BTreeMap;
use std::io;

use async_trait::async_trait;
use shared::audit::Act;
use shared::fiscal_year::FiscalYear;
use shared::municipality::MunicipalityCode;

use super::{About, Audience, Dataset, Made, Material, Span, note, year_columns};
use crate::export::table::{Column, Kind, Sink, Table, Value};
use crate::service::Result;
use crate::service::auditing::Entries;
use crate::store::{AuditEntry, AuditFilter};

/// The dataset.
pub struct Audit;

#[async_trait]
impl Dataset for Audit {
    fn about(&self) -> About {
        About {
            id: "audit",
            title: "監査記録",
            description: "だれが、いつ、何をしたか。変更は前と後の値を含みます。記録はつながったハッシュ値で改ざんを調べられます。",
            span: Span::All,
            audience: Audience::Officers,
            by_reader: false,
        }
    }

    async fn make(&self, material: &Material<'_>) -> Result<Made> {
        material.service.audit_table(AuditFilter::default()).await.map(|table| Made::new(table, &NOTES))
    }
}

/// What every file of the log says of itself.
pub const NOTES: [&str; 2] = [
    "前の値と後の値、対象の中の項目は、選択肢の番号、設問の名前、JSONなど、保存している形のままです。",
    "職員の氏名など、個人に関する情報を含みます。取扱いに注意してください。",
];

/// What an entry may be about.
const ABOUT: [(&str, &str); 7] = [
    ("response", "市町村の回答"),
    ("round", "調査"),
    ("municipality", "市町村の設定"),
    ("account", "アカウント"),
    ("kpi", "KPI台帳"),
    ("roadmap", "工程表"),
    ("installation", "登録した資料"),
];

/// Names of municipalities by code.
pub type Names = BTreeMap<MunicipalityCode, String>;

/// Login names of accounts by number.
pub type Accounts = BTreeMap<i64, String>;

/// Entries as a table.
pub struct AuditTable {
    columns: Vec<Column>,
    entries: Entries,
    names: Names,
    accounts: Accounts,
    note: &'static str,
}

impl AuditTable {
    /// The table of those entries; a `demonstration` says so in every row.
    pub fn new(entries: Entries, names: Names, accounts: Accounts, demonstration: bool) -> Self {
        Self { columns: columns(), entries, names, accounts, note: note(demonstration) }
    }
}

impl Table for AuditTable {
    fn columns(&self) -> &[Column] {
        &self.columns
    }

    fn rows(&self, sink: &mut Sink<'_>) -> io::Result<()> {
        self.entries.each(&mut |entry| row(entry, self, sink))
    }
}

fn columns() -> Vec<Column> {
    let acts = Act::ALL.map(|act| (act.code(), act.label()));
    let text = |name, label, description| Column::new(name, label, Kind::FreeText, description);
    let [year, wareki] = year_columns();
    vec![
        Column::new("id", "番号", Kind::Integer, "記録の番号。新しいものほど大きい"),
        Column::new("at", "日時", Kind::Text, "日本時間（RFC 3339）"),
        text("author", "した人", "アカウントの名前。コマンドや自動の処理は、その名前"),
        Column::new("account", "アカウントの番号", Kind::Integer, "アカウントの番号。コマンドや自動の処理は空欄"),
        Column::new("act", "したこと", Kind::Code, "したこと").coded(acts),
        Column::new("act_label", "したことの名称", Kind::Text, "したことの日本語の名称"),
        Column::new("about", "対象の種類", Kind::Code, "何についての記録か").coded(ABOUT),
        year,
        wareki,
        Column::new(
            "municipality_code",
            "団体コード",
            Kind::Code,
            "市町村についての記録の、全国地方公共団体コード（6桁）",
        ),
        Column::new("municipality_name", "市町村名", Kind::Text, "市町村についての記録の、市町村の正式名称"),
        text("about_login_name", "対象のログイン名", "アカウントについての記録の、そのアカウントのログイン名"),
        Column::new("chain", "対象", Kind::Code, "保存している対象の名前。対象ごとにハッシュ値がつながる"),
        Column::new("sequence", "対象の中での順番", Kind::Integer, "対象ごとに1から数える"),
        text("object", "対象の中の項目", "設問、項目など"),
        text("value_from", "前の値", "変更の前の値"),
        text("value_to", "後の値", "変更の後の値"),
        Column::new("sha256", "ハッシュ値", Kind::Code, "前の記録のハッシュ値とこの記録の内容から計算したSHA-256"),
        Column::new("note", "注意", Kind::Text, "架空のデータなど、行を使うときに必ず知るべきこと"),
    ]
}

/// What a chain is about: its kind, and the year and the municipality where it has them.
fn about(chain: &str) -> (&str, Option<FiscalYear>, Option<MunicipalityCode>) {
    let parts: Vec<&str> = chain.split('/').collect();
    let (year, code) = match parts.as_slice() {
        ["response", year, code] => (year.parse().ok(), code.parse().ok()),
        ["round", year] => (year.parse().ok(), None),
        ["municipality", code] => (None, code.parse().ok()),
        _ => (None, None),
    };
    (parts.first().copied().unwrap_or_default(), year, code)
}

/// The account that a chain is about.
fn account(chain: &str) -> Option<i64> {
    chain.strip_prefix("account/")?.parse().ok()
}

fn row(entry: &AuditEntry, table: &AuditTable, sink: &mut Sink<'_>) -> io::Result<()> {
    let AuditTable { names, accounts, note, .. } = table;
    let (about, year, code) = about(&entry.chain);
    let login_name = account(&entry.chain).and_then(|id| accounts.get(&id));
    let wareki = year.map(FiscalYear::wareki).unwrap_or_default();
    sink(&[
        Value::Integer(entry.id),
        Value::Text(&entry.at.rfc3339()),
        Value::text(&entry.by.name),
        entry.by.account.map_or(Value::Empty, |account| Value::Integer(account.0)),
        Value::Text(&entry.act),
        Value::text(Act::of_code(&entry.act).map_or("", Act::label)),
        Value::text(about),
        year.map_or(Value::Empty, |year| Value::Integer(i64::from(year.year()))),
        Value::text(&wareki),
        code.as_ref().map_or(Value::Empty, |code| Value::Text(code.as_str())),
        Value::text(code.and_then(|code| names.get(&code)).map_or("", String::as_str)),
        Value::text(login_name.map_or("", String::as_str)),
        Value::Text(&entry.chain),
        Value::Integer(entry.sequence),
        Value::text(&entry.object),
        entry.from.as_deref().map_or(Value::Empty, Value::text),
        entry.to.as_deref().map_or(Value::Empty, Value::text),
        Value::Text(&entry.hash),
        Value::text(note),
    ])
}
