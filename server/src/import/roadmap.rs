//! 工程表: the files that the datasets `roadmap` and `roadmap-reviews` give, filled in and read back.
//!
//! Which of the two a file is, its headings say: a file of reviews has a column `period`.

use std::collections::BTreeSet;

use shared::roadmap::{NewReview, TypedItem, TypedReview, typed::FIELDS};

use super::ImportError;
use super::exported::{Faulty, Line, headings};
use super::fault::Faults;
use super::sheet::Sheet;
use crate::export::dataset::{roadmap, roadmap_reviews};
use crate::service::roadmap::RoadmapRow;
use crate::service::roadmap::upload::RoadmapUpload;
use crate::store::RoadmapReviewRecord;

/// What a file would change. All faults of it are found before one of its rows counts.
pub fn read(file: &str, text: &str, roadmap: Vec<RoadmapRow>, kpis: &[&str]) -> Result<RoadmapUpload, ImportError> {
    let mut faults = Faults::new(file);
    let mut upload = RoadmapUpload { items: Vec::new(), reviews: Vec::new(), unchanged: 0, roadmap };
    if let Some(sheet) = Sheet::read(text, &mut faults) {
        if sheet.headings.iter().any(|heading| heading == "period") {
            read_reviews(sheet, &mut upload, &mut faults);
        } else {
            read_items(sheet, kpis, &mut upload, &mut faults);
        }
    }
    if faults.is_empty() { Ok(upload) } else { Err(ImportError::Faults(faults)) }
}

fn read_items(mut sheet: Sheet<'_>, kpis: &[&str], upload: &mut RoadmapUpload, faults: &mut Faults) {
    let columns = roadmap::columns();
    if !headings(&sheet, &columns, &["item"], faults) {
        return;
    }
    let names = sheet.headings.clone();
    let mut seen = BTreeSet::new();
    while let Some(row) = sheet.next_row(faults) {
        let line = Line { row, headings: &names, columns: &columns };
        let Some(found) = find(&line, &upload.roadmap, faults) else { continue };
        let record = &found.record;
        if !seen.insert(record.item.id.clone()) {
            faults.cell(line.row.line, "item", "同じ取組の行が2つ以上あります。1行にしてください。");
            continue;
        }
        let mut typed = TypedItem::default();
        for field in FIELDS {
            if let Some(text) = line.cell(field) {
                typed.set(field, &text);
            }
        }
        let kept = line.keeps(&roadmap::row(record), &FIELDS, faults);
        match (typed.read(&record.item, kpis), line.revision(record.revision, faults)) {
            (Ok(item), Some(revision)) if kept => {
                if item == record.item {
                    upload.unchanged += 1;
                } else {
                    upload.items.push((item, revision));
                }
            }
            (Ok(_), _) => {}
            (Err(problems), _) => {
                for problem in problems {
                    faults.cell(line.row.line, &problem.field, problem.message);
                }
            }
        }
    }
}

fn read_reviews(mut sheet: Sheet<'_>, upload: &mut RoadmapUpload, faults: &mut Faults) {
    let columns = roadmap_reviews::columns();
    if !headings(&sheet, &columns, &["item", "period", "status"], faults) {
        return;
    }
    let names = sheet.headings.clone();
    let mut seen = BTreeSet::new();
    while let Some(row) = sheet.next_row(faults) {
        let line = Line { row, headings: &names, columns: &columns };
        let Some(found) = find(&line, &upload.roadmap, faults) else { continue };
        let cell = |name: &str| line.cell(name).unwrap_or_default();
        if !seen.insert((cell("item"), cell("period"))) {
            faults.cell(line.row.line, "period", "同じ取組の同じ時期の行が2つ以上あります。1行にしてください。");
            continue;
        }
        match read_review(&line, found, faults) {
            Ok(Some(review)) => upload.reviews.push(review),
            Ok(None) => upload.unchanged += 1,
            Err(Faulty) => {}
        }
    }
}

/// The review of a line; nothing where it changes nothing.
fn read_review(line: &Line<'_>, found: &RoadmapRow, faults: &mut Faults) -> Result<Option<NewReview>, Faulty> {
    let cell = |name: &str| line.cell(name).unwrap_or_default();
    let stored = found.reviews.iter().find(|review| review.period.code() == cell("period"));
    let revision = line.revision(stored.map_or(0, |review| review.revision), faults).ok_or(Faulty)?;
    let note = line.cell("note").unwrap_or_else(|| stored.map(|review| review.note.clone()).unwrap_or_default());
    let typed = TypedReview { period: cell("period"), status: cell("status"), note, revision };
    let review = match typed.read(&found.record.item) {
        Ok(review) => review,
        Err(problem) => {
            faults.cell(line.row.line, &problem.field, problem.message);
            return Err(Faulty);
        }
    };
    let shown = RoadmapReviewRecord {
        item: review.item.clone(),
        period: review.period,
        status: review.status,
        note: review.note.clone(),
        revision,
        by: found.record.by.clone(),
        at: found.record.at,
    };
    if !line.keeps(&roadmap_reviews::row(found, &shown), &["status", "note"], faults) {
        return Err(Faulty);
    }
    let same = match stored {
        Some(stored) => (stored.status, &stored.note) == (review.status, &review.note),
        None => review.status.is_none() && review.note.is_empty(),
    };
    Ok((!same).then_some(review))
}

fn find<'r>(line: &Line<'_>, roadmap: &'r [RoadmapRow], faults: &mut Faults) -> Option<&'r RoadmapRow> {
    let id = line.cell("item").unwrap_or_default();
    let found = roadmap.iter().find(|row| row.record.item.id == id);
    if found.is_none() {
        faults.cell(line.row.line, "item", format!("「{id}」という取組は工程表にありません。IDを確認してください。"));
    }
    found
}
