//! A row and its values as somebody typed them, on a page or in a file.

use std::collections::BTreeMap;

use super::period::{Frequency, Period};
use super::{FIELDS, Kpi};
use crate::date;
use crate::response::Decimal;
use crate::wire::FieldProblem;

/// Longest text, in characters.
const LONGEST: usize = 500;
/// What can be done with a value of a period that the row no longer has.
const LEFT_OVER: &str = "頻度や基準日を変える前の値は、元のままにするか、値を空欄にしてください。";

/// The editable fields of a row, by name, as typed. A field that was not given stays as it is stored.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TypedKpi(BTreeMap<&'static str, String>);

impl TypedKpi {
    /// Everything of a row.
    pub fn of(kpi: &Kpi) -> Self {
        Self(kpi.editable().into_iter().collect())
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

    /// The row that it makes of the stored one, or what is wrong, by field.
    pub fn read(&self, stored: &Kpi) -> Result<Kpi, Vec<FieldProblem>> {
        let mut kpi = stored.clone();
        let mut problems = Vec::new();
        for (field, text) in &self.0 {
            if let Err(message) = set(&mut kpi, field, text) {
                problems.push(FieldProblem { field: (*field).to_owned(), message });
            }
        }
        if problems.is_empty() { Ok(kpi) } else { Err(problems) }
    }
}

fn set(kpi: &mut Kpi, field: &str, text: &str) -> Result<(), String> {
    if text.chars().count() > LONGEST {
        return Err(format!("{LONGEST}文字以内で入力してください。"));
    }
    match field {
        "label" if text.is_empty() => return Err("指標名を入力してください。".to_owned()),
        "frequency" => {
            kpi.frequency = match text {
                "" => None,
                text => Some(Frequency::of_code(text).ok_or_else(|| {
                    let known =
                        Frequency::ALL.map(|frequency| format!("{}（{}）", frequency.code(), frequency.label()));
                    format!("{}のどれかにするか、空欄にしてください。", known.join("、"))
                })?),
            };
            return Ok(());
        }
        "reference_date" => {
            kpi.reference_date = match text {
                "" => None,
                text => Some(date::parse(text).ok_or("「2026-04-01」の形の日付で入力してください。")?),
            };
            return Ok(());
        }
        _ => {}
    }
    let place = match field {
        "label" => &mut kpi.label,
        "unit" => &mut kpi.unit,
        "baseline" => &mut kpi.baseline,
        "baseline_period" => &mut kpi.baseline_period,
        "target_2028" => &mut kpi.target_2028,
        "source" => &mut kpi.source,
        "section" => &mut kpi.section,
        _ => &mut kpi.note,
    };
    text.clone_into(place);
    Ok(())
}

/// A value of a period, to be saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewValue {
    /// The row's id.
    pub kpi: String,
    /// Which period.
    pub period: Period,
    /// The value; `None` where it is not known (any more).
    pub value: Option<Decimal>,
    /// Remark.
    pub note: String,
    /// The revision that it follows: 0 for the first one.
    pub revision: u32,
}

/// A value of a period as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TypedValue {
    /// The period's code.
    pub period: String,
    /// Digits, or nothing.
    pub value: String,
    /// Remark.
    pub note: String,
    /// The revision that it follows.
    pub revision: u32,
}

impl TypedValue {
    /// The value of the row, or what is wrong, by field: `period`, `value`, `note`. `stored` is the period's value with
    /// its remark as it stands.
    ///
    /// A row may have been measured otherwise before: a value of a period that it no longer has can stay as it is or be
    /// taken back, nothing else.
    pub fn read(&self, kpi: &Kpi, stored: Option<(Option<Decimal>, &str)>) -> Result<NewValue, FieldProblem> {
        let wrong = |field: &str, message: String| FieldProblem { field: field.to_owned(), message };
        if kpi.is_computed() {
            return Err(wrong("period", "調査から計算する指標の値は入力できません。".to_owned()));
        }
        let period = Period::of_code(self.period.trim()).ok_or_else(|| {
            wrong("period", "2026（年度）、2026H1（上半期）、2026H2（下半期）の形で指定してください。".to_owned())
        })?;
        let value: Option<Decimal> = match self.value.trim() {
            "" | "－" => None,
            typed => Some(typed.parse().map_err(|_| {
                let message = "15桁までの数を入力してください。不明なときは空欄にします。";
                wrong("value", message.to_owned())
            })?),
        };
        let note = self.note.replace("\r\n", "\n").trim().to_owned();
        if note.chars().count() > LONGEST {
            return Err(wrong("note", format!("{LONGEST}文字以内で入力してください。")));
        }
        let unchanged = (value, note.as_str()) == stored.unwrap_or_default();
        let taken_back = stored.is_some() && value.is_none();
        if !unchanged && !taken_back {
            admit(kpi, period).map_err(|error| {
                let old = if stored.is_some() { LEFT_OVER } else { "" };
                wrong("period", format!("{error}{old}"))
            })?;
        }
        Ok(NewValue { kpi: kpi.id.clone(), period, value, note, revision: self.revision })
    }
}

/// Whether the row has a value for that period, or what to do.
fn admit(kpi: &Kpi, period: Period) -> Result<(), String> {
    let schedule = kpi.schedule().ok_or("先に、この指標の「測る頻度」を台帳で設定してください。")?;
    schedule.admit(period).map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kpi() -> Kpi {
        Kpi {
            id: "paper".to_owned(),
            category: "行政経営".to_owned(),
            label: "コピー用紙使用量".to_owned(),
            unit: "千枚".to_owned(),
            baseline: String::new(),
            baseline_period: String::new(),
            target_2028: String::new(),
            source: "県環境生活部調べ".to_owned(),
            section: String::new(),
            frequency: Some(Frequency::HalfYearly),
            reference_date: date::parse("2024-09-30"),
            note: String::new(),
            computed: String::new(),
        }
    }

    #[test]
    fn a_row_is_read_back_as_it_is_written() {
        let kpi = kpi();
        assert_eq!(TypedKpi::of(&kpi).read(&kpi), Ok(kpi.clone()));
        let other = Kpi { id: "other".to_owned(), ..kpi.clone() };
        assert_eq!(TypedKpi::default().read(&other), Ok(other), "what is not given stays");
    }

    #[test]
    fn what_is_wrong_is_named_by_field() {
        let mut typed = TypedKpi::of(&kpi());
        for (field, text) in
            [("label", " "), ("frequency", "毎月"), ("reference_date", "2024-02-30"), ("note", &"長".repeat(501))]
        {
            typed.set(field, text);
        }
        typed.set("category", "x");
        let problems = typed.read(&kpi()).unwrap_err();
        let fields: Vec<&str> = problems.iter().map(|problem| problem.field.as_str()).collect();
        assert_eq!(fields, ["frequency", "label", "note", "reference_date"]);
        typed.set("frequency", "毎年");
        assert!(typed.read(&kpi()).unwrap_err().iter().all(|problem| problem.field != "frequency"));
    }

    #[test]
    fn a_value_is_read_for_a_period_that_the_row_has() {
        let typed = |period: &str, value: &str| TypedValue {
            period: period.to_owned(),
            value: value.to_owned(),
            ..TypedValue::default()
        };
        let read = |period: &str, value: &str| typed(period, value).read(&kpi(), None);
        assert_eq!(read("2026H1", "１，２３４．５").unwrap().value, "1234.5".parse().ok());
        assert_eq!(read("2026H1", " ").unwrap().value, None);
        for (period, value, field) in
            [("2026", "1", "period"), ("令和8年度", "1", "period"), ("2026H1", "約100", "value")]
        {
            assert_eq!(read(period, value).unwrap_err().field, field, "{period} {value}");
        }
        let unscheduled = Kpi { frequency: None, ..kpi() };
        assert!(typed("2026H1", "1").read(&unscheduled, None).unwrap_err().message.contains("測る頻度"));
        let computed = Kpi { computed: "engaged-any".to_owned(), ..kpi() };
        assert!(typed("2026H1", "1").read(&computed, None).is_err());
    }

    #[test]
    fn a_value_of_a_period_that_the_row_no_longer_has_stays_or_is_taken_back() {
        let typed = |value: &str, note: &str| TypedValue {
            period: "2024".to_owned(),
            value: value.to_owned(),
            note: note.to_owned(),
            revision: 1,
        };
        let stored: Option<(Option<Decimal>, &str)> = Some(("1200".parse().ok(), "確報"));
        for kpi in [kpi(), Kpi { frequency: None, ..kpi() }] {
            let read = |value: &str, note: &str| typed(value, note).read(&kpi, stored);
            assert_eq!(read("１，２００", "確報 ").unwrap().value, "1200".parse().ok(), "as it is");
            for note in ["", "確報", "頻度を変えたため"] {
                assert_eq!(read(" ", note).unwrap().value, None, "{note}");
            }
            for (value, note) in [("1201", "確報"), ("1200", "")] {
                let refused = read(value, note).unwrap_err();
                assert_eq!(refused.field, "period");
                assert!(refused.message.ends_with(LEFT_OVER), "{}", refused.message);
            }
            assert_eq!(read("約", "確報").unwrap_err().field, "value");
        }
        // One that was never filled may be left empty.
        assert_eq!(typed("", "").read(&kpi(), None).unwrap().value, None);
        for (value, note) in [("1", ""), ("", "新しい備考")] {
            let refused = typed(value, note).read(&kpi(), None).unwrap_err();
            assert!(refused.field == "period" && !refused.message.contains(LEFT_OVER), "{}", refused.message);
        }
    }
}
