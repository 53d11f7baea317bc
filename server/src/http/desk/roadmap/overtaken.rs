//! The forms of an item of the roadmap that were filled in while somebody else saved.

use shared::roadmap::typed::FIELDS;
use shared::roadmap::{Status, TypedItem, TypedReview};
use shared::visibility::Visibility;
use shared::wire::FieldProblem;

use crate::http::desk::overtaken::Field;
use crate::store::{RoadmapRecord, RoadmapReviewRecord};

/// What the item's form shows that was filled in on that revision; `None` where that is the present one. `kpis`: id and
/// name of the KPI rows.
pub fn item(
    items: &[RoadmapRecord],
    kpis: &[(String, String)],
    (typed, revision): (&TypedItem, u32),
    beside: &mut Vec<FieldProblem>,
) -> Option<TypedItem> {
    let last = items.last().filter(|last| last.revision != revision)?;
    let stored = TypedItem::of(&last.item);
    let seen = items.iter().find(|record| record.revision == revision).map(|record| TypedItem::of(&record.item));
    let mut shown = TypedItem::default();
    for name in FIELDS {
        // Boxes come in the page's order.
        let text = |item: &TypedItem| if name == "kpis" { sorted(item.get(name)) } else { item.get(name).to_owned() };
        let (typed, seen, stored) = (text(typed), seen.as_ref().map(text), text(&stored));
        let field =
            Field { name: name.to_owned(), word: "内容", typed: &typed, seen: seen.as_deref(), stored: &stored };
        let words = |text: &str| match name {
            "kpis" => names(text, kpis),
            "visibility" => Visibility::of_code(text).map_or("", Visibility::label).to_owned(),
            _ => text.to_owned(),
        };
        shown.set(name, field.shown(words, beside));
    }
    Some(shown)
}

/// Makes each half-year that was filled in on an earlier revision what it shows now. Whether there is one.
pub fn reviews(stored: &[RoadmapReviewRecord], typed: &mut [TypedReview], beside: &mut Vec<FieldProblem>) -> bool {
    let mut overtaken = false;
    for line in typed {
        let period = line.period.trim().to_owned();
        let own: Vec<&RoadmapReviewRecord> = stored.iter().filter(|record| record.period.code() == period).collect();
        let Some(last) = own.last().filter(|last| last.revision != line.revision) else { continue };
        overtaken = true;
        let codes = |record: &RoadmapReviewRecord| {
            (record.status.map_or("", Status::code).to_owned(), record.note.replace("\r\n", "\n"))
        };
        let seen = match line.revision {
            0 => Some((String::new(), String::new())),
            revision => own.iter().find(|record| record.revision == revision).map(|record| codes(record)),
        };
        let now = codes(last);
        let note = line.note.replace("\r\n", "\n");
        let status = Field {
            name: format!("status.{period}"),
            word: "状況",
            typed: &line.status,
            seen: seen.as_ref().map(|(status, _)| status.as_str()),
            stored: &now.0,
        };
        let note = Field {
            name: format!("note.{period}"),
            word: "評価・見直し",
            typed: note.trim(),
            seen: seen.as_ref().map(|(_, note)| note.as_str()),
            stored: &now.1,
        };
        let label = |code: &str| Status::of_code(code).map_or("", Status::label).to_owned();
        let status = status.shown(label, beside).to_owned();
        line.note = note.shown(str::to_owned, beside).to_owned();
        line.status = status;
    }
    overtaken
}

fn sorted(ids: &str) -> String {
    let mut ids: Vec<&str> = ids.split_whitespace().collect();
    ids.sort_unstable();
    ids.join(" ")
}

/// The names of the rows.
fn names(ids: &str, kpis: &[(String, String)]) -> String {
    let rows = ids.split_whitespace().map(|id| kpis.iter().find(|(known, _)| known == id).map_or(id, |(_, name)| name));
    rows.collect::<Vec<&str>>().join("、")
}
