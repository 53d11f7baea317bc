//! An item and its reviews as somebody typed them, on a page or in a file.

use std::collections::BTreeMap;

use super::{Item, Status, Step};
use crate::kpi::{Frequency, Period, Schedule};
use crate::visibility::Visibility;
use crate::wire::FieldProblem;

/// Names of what the prefecture may edit: of form fields and of columns in files.
pub const FIELDS: [&str; 5] = ["measure", "steps", "kpis", "visibility", "note"];
/// Longest text, in characters.
const LONGEST: usize = 2_000;
/// When items are reviewed.
pub const REVIEWED: Schedule = Schedule { frequency: Frequency::HalfYearly, reference: None };

impl Item {
    /// What the prefecture may edit, in the order of [`FIELDS`]: a step a line, ids of KPI rows by spaces.
    pub fn editable(&self) -> [(&'static str, String); FIELDS.len()] {
        let steps: Vec<String> = self.steps.iter().map(Step::to_string).collect();
        [
            ("measure", self.measure.clone()),
            ("steps", steps.join("\n")),
            ("kpis", self.kpis.join(" ")),
            ("visibility", self.visibility.code().to_owned()),
            ("note", self.note.clone()),
        ]
    }
}

/// The editable fields of an item, by name, as typed. A field that was not given stays as it is stored.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TypedItem(BTreeMap<&'static str, String>);

impl TypedItem {
    /// Everything of an item.
    pub fn of(item: &Item) -> Self {
        Self(item.editable().into_iter().collect())
    }

    /// Notes a field; what is none of [`FIELDS`] is left out.
    pub fn set(&mut self, field: &str, text: &str) {
        if let Some(field) = FIELDS.into_iter().find(|name| *name == field) {
            self.0.insert(field, text.replace("\r\n", "\n").trim().to_owned());
        }
    }

    /// What was typed into a field.
    pub fn get(&self, field: &str) -> &str {
        self.0.get(field).map_or("", String::as_str)
    }

    /// The item that it makes of the stored one, or what is wrong, by field. `kpis` are the ids that there are.
    pub fn read(&self, stored: &Item, kpis: &[&str]) -> Result<Item, Vec<FieldProblem>> {
        let mut item = stored.clone();
        let mut problems = Vec::new();
        for (field, text) in &self.0 {
            if let Err(message) = set(&mut item, field, text, kpis) {
                problems.push(FieldProblem { field: (*field).to_owned(), message });
            }
        }
        if problems.is_empty() { Ok(item) } else { Err(problems) }
    }
}

fn set(item: &mut Item, field: &str, text: &str, kpis: &[&str]) -> Result<(), String> {
    if text.chars().count() > LONGEST {
        return Err(format!("{LONGEST}文字以内で入力してください。"));
    }
    match field {
        "measure" if text.is_empty() => return Err("取組方針を入力してください。".to_owned()),
        "measure" => text.clone_into(&mut item.measure),
        "steps" => {
            let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
            let steps: Result<Vec<Step>, String> = lines
                .map(|(place, line)| line.parse::<Step>().map_err(|error| format!("{}行目: {error}", place + 1)))
                .collect();
            item.steps = steps?;
        }
        "kpis" => {
            let ids: Vec<String> = text.split_whitespace().map(str::to_owned).collect();
            if let Some(unknown) = ids.iter().find(|id| !kpis.contains(&id.as_str())) {
                return Err(format!(
                    "「{unknown}」という指標は台帳にありません。KPI台帳のIDを空白で区切って入力してください。"
                ));
            }
            item.kpis = ids;
        }
        "visibility" => {
            item.visibility = match text {
                "public" | "公開" => Visibility::Public,
                "prefecture" | "県まで" => Visibility::Prefecture,
                _ => return Err("public（公開）か prefecture（県まで）にしてください。".to_owned()),
            };
        }
        _ => text.clone_into(&mut item.note),
    }
    Ok(())
}

/// A half-year's review, to be saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewReview {
    /// The item's id.
    pub item: String,
    /// Which half-year.
    pub period: Period,
    /// How far it has come; `None` where that was taken back.
    pub status: Option<Status>,
    /// 評価・見直し
    pub note: String,
    /// The revision that it follows: 0 for the first one.
    pub revision: u32,
}

/// A half-year's review as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TypedReview {
    /// The period's code.
    pub period: String,
    /// The status's code, or nothing.
    pub status: String,
    /// 評価・見直し
    pub note: String,
    /// The revision that it follows.
    pub revision: u32,
}

impl TypedReview {
    /// The review, or what is wrong, by field: `period`, `status`, `note`.
    pub fn read(&self, item: &Item) -> Result<NewReview, FieldProblem> {
        let wrong = |field: &str, message: String| FieldProblem { field: field.to_owned(), message };
        let period = Period::of_code(self.period.trim())
            .filter(|period| REVIEWED.admit(*period).is_ok())
            .ok_or_else(|| wrong("period", "2026H1（上半期）、2026H2（下半期）の形で指定してください。".to_owned()))?;
        let status = match self.status.trim() {
            "" => None,
            text => Some(Status::of_code(text).ok_or_else(|| {
                let known = Status::ALL.map(|status| format!("{}（{}）", status.code(), status.label()));
                wrong("status", format!("{}のどれかにするか、空欄にしてください。", known.join("、")))
            })?),
        };
        let note = self.note.replace("\r\n", "\n").trim().to_owned();
        if note.chars().count() > LONGEST {
            return Err(wrong("note", format!("{LONGEST}文字以内で入力してください。")));
        }
        Ok(NewReview { item: item.id.clone(), period, status, note, revision: self.revision })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn item() -> Item {
        Item {
            id: "industry-commerce-1".to_owned(),
            field: "産業・しごと".to_owned(),
            area: "商工業・サービス業".to_owned(),
            survey_area: "industry.commerce".to_owned(),
            measure: "創業への支援".to_owned(),
            steps: vec!["2026H1 済 募集".parse().unwrap(), "2027 評価".parse().unwrap()],
            kpis: vec!["business-support-cases".to_owned()],
            visibility: Visibility::Public,
            note: String::new(),
        }
    }

    #[test]
    fn an_item_is_read_back_as_it_is_written() {
        assert_eq!(TypedItem::of(&item()).read(&item(), &["business-support-cases"]), Ok(item()));
        assert_eq!(TypedItem::default().read(&item(), &[]), Ok(item()), "what is not given stays");
    }

    #[test]
    fn what_is_wrong_is_named_by_field() {
        let mut typed = TypedItem::of(&item());
        for (field, text) in [("measure", ""), ("steps", "募集\n\n2026H1 済"), ("kpis", "x"), ("visibility", "council")]
        {
            typed.set(field, text);
        }
        let problems = typed.read(&item(), &["business-support-cases"]).unwrap_err();
        let fields: Vec<&str> = problems.iter().map(|problem| problem.field.as_str()).collect();
        assert_eq!(fields, ["kpis", "measure", "steps", "visibility"]);
        assert!(problems[2].message.starts_with("3行目"), "{}", problems[2].message);
    }

    #[test]
    fn a_review_is_of_a_half_year() {
        let typed = |period: &str, status: &str| TypedReview {
            period: period.to_owned(),
            status: status.to_owned(),
            ..TypedReview::default()
        };
        assert_eq!(typed("2026H1", "計画どおり").read(&item()).unwrap().status, Some(Status::OnTrack));
        assert_eq!(typed("2026H1", "").read(&item()).unwrap().status, None);
        assert_eq!(typed("2026", "done").read(&item()).unwrap_err().field, "period");
        assert_eq!(typed("2026H1", "順風").read(&item()).unwrap_err().field, "status");
    }
}
