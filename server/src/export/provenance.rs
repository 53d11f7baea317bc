//! Where a table comes from: enough to find the same figures again.

use app::shell::DEMONSTRATION;
use serde_json::{Value as Json, json};
use shared::questionnaire::Questionnaire;
use shared::round::RoundState;
use shared::time::Timestamp;
use shared::visibility::Visibility;

use super::columns::Head;
use super::table::{Column, Kind, Table};
use crate::store::RoundRecord;

/// What a file says about itself. Nothing here depends on when the file is made: the same snapshot gives the same bytes.
#[derive(Debug, Clone, PartialEq)]
pub struct Provenance {
    /// Name of the dataset in addresses, e.g. `answers`.
    pub dataset: &'static str,
    /// Its name in Japanese.
    pub title: String,
    /// What it holds, in a sentence or two.
    pub description: String,
    /// Up to which visibility it shows.
    pub audience: Visibility,
    /// The rounds it is made of, or whose way it tells, by year; empty for registers and ledgers.
    pub rounds: Vec<RoundFacts>,
    /// When its contents last changed, where that is known.
    pub updated: Option<Timestamp>,
    /// Generated data.
    pub demonstration: bool,
    /// What a reader must know, each a sentence.
    pub notes: Vec<String>,
}

/// One round in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoundFacts {
    /// Calendar year in which the fiscal year begins.
    pub year: u16,
    /// 和暦
    pub wareki: String,
    /// 基準日; `None` for a round that was never opened.
    pub reference_date: Option<Timestamp>,
    /// Where the round stands, in a file about its way and not about its results.
    pub state: Option<RoundState>,
    /// Which publication; `None` for a round not yet published (速報), and for its way.
    pub revision: Option<u32>,
    /// When it was published.
    pub published_at: Option<Timestamp>,
    /// SHA-256 of the snapshot; its way has none.
    pub sha256: Option<String>,
    /// `form_id` and `version` of the questionnaire.
    pub questionnaire: (String, String),
    /// Id and version of each definition.
    pub definitions: Vec<(String, u16)>,
}

/// The licence of what everybody may see.
pub const LICENCE: (&str, &str) = ("CC-BY-4.0", "https://creativecommons.org/licenses/by/4.0/deed.ja");

/// What every answer file says of its exemptions from the rules of machine-readability.
pub const FREE_TEXT: &str = "自由記述は入力されたとおりに収めています（機種依存文字を含むことがあり、行政データにおける機械可読性に関するルールのL1-08の対象外です）。";
/// What every answer file says of states.
pub const STATES: &str = "値がない回答は、状態（不明、該当なし、分岐により対象外、無回答、未提出、当年度設問なし）を状態の列に示し、値の列は空欄です。状態を数値で表すことはありません。";

impl RoundFacts {
    /// What is known of a round from its columns.
    pub fn of(head: &Head) -> Self {
        let snapshot = &head.snapshot;
        let definition = |i: &shared::publication::PublishedIndicator| (i.definition.id.clone(), i.definition.version);
        Self {
            year: snapshot.year.year(),
            wareki: snapshot.year.wareki(),
            reference_date: Some(snapshot.reference_date),
            state: None,
            revision: head.revision,
            published_at: head.published_at,
            sha256: Some(head.sha256.clone()),
            questionnaire: snapshot.questionnaire.clone(),
            definitions: snapshot.indicators.iter().map(definition).collect(),
        }
    }

    /// What is known of a round whose way a file tells.
    pub fn on_its_way(round: &RoundRecord, questionnaire: &Questionnaire) -> Self {
        Self {
            year: round.year.year(),
            wareki: round.year.wareki(),
            reference_date: round.dates.map(|dates| dates.reference_date),
            state: Some(round.state),
            revision: None,
            published_at: None,
            sha256: None,
            questionnaire: (questionnaire.form_id.clone(), questionnaire.version.clone()),
            definitions: Vec::new(),
        }
    }

    /// 「公表 第1版」 or 「速報（未公表）」; of its way 「受付中」.
    pub fn status(&self) -> String {
        self.state.map_or_else(|| status(self.revision), |state| state.label().to_owned())
    }

    fn json(&self) -> Json {
        let definitions: Vec<Json> =
            self.definitions.iter().map(|(id, version)| json!({ "id": id, "version": version })).collect();
        json!({
            "fiscal_year": self.year,
            "fiscal_year_wareki": self.wareki,
            "reference_date": self.reference_date.map(Timestamp::rfc3339),
            "status": self.status(),
            "revision": self.revision,
            "published_at": self.published_at.map(Timestamp::rfc3339),
            "snapshot_sha256": self.sha256,
            "questionnaire": { "form_id": self.questionnaire.0, "version": self.questionnaire.1 },
            "definitions": definitions,
        })
    }
}

/// 「公表 第1版」, or 「速報（未公表）」 for a round that is not published.
pub fn status(revision: Option<u32>) -> String {
    revision.map_or_else(|| "速報（未公表）".to_owned(), |revision| format!("公表 第{revision}版"))
}

impl Provenance {
    /// 「令和7年度（2025年度）」, or the first and last of several.
    pub fn period(&self) -> String {
        let name = |round: &RoundFacts| format!("{}（{}年度）", round.wareki, round.year);
        match self.rounds.as_slice() {
            [] => "現在".to_owned(),
            [one] => name(one),
            [first, .., last] => format!("{}から{}", name(first), name(last)),
        }
    }

    /// Everything as JSON, with the table's columns and number of rows.
    pub fn manifest(&self, table: &dyn Table, rows: u64) -> Json {
        let columns: Vec<Json> = table.columns().iter().map(column).collect();
        json!({
            "dataset": self.dataset,
            "title": self.title,
            "description": self.description,
            "period": self.period(),
            "audience": self.audience.code(),
            "licence": (self.audience == Visibility::Public).then_some(LICENCE.0),
            "demonstration": self.demonstration,
            "updated": self.updated.map(Timestamp::rfc3339),
            "rounds": self.rounds.iter().map(RoundFacts::json).collect::<Vec<_>>(),
            "rows": rows,
            "column_count": columns.len(),
            "columns": columns,
            "notes": self.notes,
        })
    }

    /// Everything as lines of a table: what, and what it is. For formats that people read.
    pub fn lines(&self, rows: u64, columns: usize) -> Vec<(String, String)> {
        let mut lines: Vec<(&str, String)> = vec![
            ("データ", self.title.clone()),
            ("説明", self.description.clone()),
            ("期間", self.period()),
            ("公開範囲", self.audience.label().to_owned()),
            ("行数", rows.to_string()),
            ("列数", columns.to_string()),
        ];
        if self.audience == Visibility::Public {
            lines.push(("利用条件", format!("{} {}", LICENCE.0, LICENCE.1)));
        }
        if let Some(updated) = self.updated {
            lines.push(("更新日時", updated.rfc3339()));
        }
        if self.demonstration {
            lines.push(("注意", DEMONSTRATION.to_owned()));
        }
        for round in &self.rounds {
            let (form, version) = &round.questionnaire;
            let definitions: Vec<String> =
                round.definitions.iter().map(|(id, version)| format!("{id} 第{version}版")).collect();
            lines.push(("調査", format!("{}（{}年度） {}", round.wareki, round.year, round.status())));
            lines.extend(round.reference_date.map(|date| ("基準日", date.rfc3339())));
            lines.push(("調査票", format!("{form} {version}")));
            if round.state.is_none() {
                lines.push(("指標の定義", definitions.join("、")));
            }
            lines.extend(round.sha256.clone().map(|sha256| ("結果のSHA-256", sha256)));
        }
        lines.extend(self.notes.iter().map(|note| ("注記", note.clone())));
        lines.into_iter().map(|(what, text)| (what.to_owned(), text)).collect()
    }
}

fn column(column: &Column) -> Json {
    let codes: Vec<Json> =
        column.codes.iter().map(|(code, meaning)| json!({ "code": code, "label": meaning })).collect();
    json!({
        "name": column.name,
        "label": column.label,
        "type": column.kind.name(),
        "unit": column.unit,
        "description": column.description,
        "free_text": column.kind == Kind::FreeText,
        "codes": codes,
    })
}
