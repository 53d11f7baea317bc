//! The forms of a row of the ledger that were filled in while somebody else saved.

use shared::kpi::{FIELDS, Frequency, TypedKpi, TypedValue};
use shared::response::Decimal;
use shared::wire::FieldProblem;

use super::value_words;
use crate::http::desk::overtaken::Field;
use crate::service::ledger::one_line;
use crate::store::{KpiRecord, KpiValueRecord};

/// What the row's form shows that was filled in on that revision; `None` where that is the present one.
pub fn row(rows: &[KpiRecord], typed: &TypedKpi, revision: u32, beside: &mut Vec<FieldProblem>) -> Option<TypedKpi> {
    let last = rows.last().filter(|last| last.revision != revision)?;
    let stored = TypedKpi::of(&last.kpi);
    let seen = rows.iter().find(|record| record.revision == revision).map(|record| TypedKpi::of(&record.kpi));
    let mut shown = TypedKpi::default();
    for name in FIELDS {
        let field = Field {
            name: name.to_owned(),
            word: "値",
            typed: typed.get(name),
            seen: seen.as_ref().map(|seen| seen.get(name)),
            stored: stored.get(name),
        };
        let words = |text: &str| {
            let frequency = Frequency::of_code(text).filter(|_| name == "frequency");
            frequency.map_or_else(|| text.to_owned(), |frequency| frequency.label().to_owned())
        };
        shown.set(name, field.shown(words, beside));
    }
    Some(shown)
}

/// Makes each line that was filled in on an earlier revision what it shows now. Whether there is one.
pub fn values(stored: &[KpiValueRecord], typed: &mut [TypedValue], beside: &mut Vec<FieldProblem>) -> bool {
    let mut overtaken = false;
    for line in typed {
        let period = line.period.trim().to_owned();
        let own: Vec<&KpiValueRecord> = stored.iter().filter(|record| record.period.code() == period).collect();
        let Some(last) = own.last().filter(|last| last.revision != line.revision) else { continue };
        overtaken = true;
        let words = |record: &KpiValueRecord| (value_words(record), one_line(&record.note));
        let seen = match line.revision {
            0 => Some((String::new(), String::new())),
            revision => own.iter().find(|record| record.revision == revision).map(|record| words(record)),
        };
        let now = words(last);
        let (value, note) = (plain(&line.value), one_line(&line.note));
        let value = Field {
            name: format!("value.{period}"),
            word: "値",
            typed: &value,
            seen: seen.as_ref().map(|(value, _)| value.as_str()),
            stored: &now.0,
        };
        let note = Field {
            name: format!("note.{period}"),
            word: "備考",
            typed: note.trim(),
            seen: seen.as_ref().map(|(_, note)| note.as_str()),
            stored: &now.1,
        };
        let (value, note) = (value.shown(str::to_owned, beside), note.shown(str::to_owned, beside));
        (line.value, line.note) = (value.to_owned(), note.to_owned());
    }
    overtaken
}

/// A typed number as it is stored; what is none stays as typed.
fn plain(typed: &str) -> String {
    match typed.trim() {
        "－" => String::new(),
        typed => typed.parse::<Decimal>().map_or_else(|_| typed.to_owned(), |number| number.to_string()),
    }
}
