//! The form in which definitions are written down: TOML in `seeds/indicators`, JSON in the database and in snapshots.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::{AreaRule, Counts, Definition, Denominator, Field, FieldRule, FieldTest, Quota, Role, Rule, Treatment};
use crate::fiscal_year::FiscalYear;

/// A definition as it is written down. `engaged_questions` and `engaged_choices` are how the first snapshots wrote
/// 「the field's own question answers with one of these」; they are read, and written no more.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Written {
    id: String,
    version: u16,
    role: Role,
    official: bool,
    title: String,
    description: String,
    valid_from: FiscalYear,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    valid_to: Option<FiscalYear>,
    rule: WrittenRule,
    #[serde(default, skip_serializing)]
    engaged_questions: BTreeMap<Field, String>,
    #[serde(default, skip_serializing)]
    engaged_choices: Option<Vec<String>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    counts: Option<Counts>,
    #[serde(default)]
    treatment: Treatment,
    #[serde(default)]
    denominator: Denominator,
    source: String,
    #[serde(default)]
    note: String,
}

/// `quota` and `fields`; in the first snapshots `at_least` and `of`.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenRule {
    #[serde(default, skip_serializing)]
    at_least: Option<u8>,
    #[serde(default, skip_serializing)]
    of: Option<Vec<Field>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    quota: Option<Quota>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    fields: Option<Vec<WrittenField>>,
}

/// Either `question`, or `quota` and `areas`.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenField {
    field: Field,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    question: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    quota: Option<Quota>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    areas: Vec<AreaRule>,
}

/// A definition that makes no sense. The text says what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct InvalidDefinition(String);

fn invalid<T>(message: impl Into<String>) -> Result<T, InvalidDefinition> {
    Err(InvalidDefinition(message.into()))
}

impl Written {
    pub(super) fn of(definition: Definition) -> Self {
        let fields = definition.rule.fields.into_iter().map(|rule| match rule.test {
            FieldTest::Question(concept) => {
                WrittenField { field: rule.field, question: Some(concept), quota: None, areas: Vec::new() }
            }
            FieldTest::Areas { quota, areas } => {
                WrittenField { field: rule.field, question: None, quota: Some(quota), areas }
            }
        });
        Self {
            id: definition.id,
            version: definition.version,
            role: definition.role,
            official: definition.official,
            title: definition.title,
            description: definition.description,
            valid_from: definition.valid_from,
            valid_to: definition.valid_to,
            rule: WrittenRule {
                at_least: None,
                of: None,
                quota: Some(definition.rule.quota),
                fields: Some(fields.collect()),
            },
            engaged_questions: BTreeMap::new(),
            engaged_choices: None,
            counts: Some(definition.counts),
            treatment: definition.treatment,
            denominator: definition.denominator,
            source: definition.source,
            note: definition.note,
        }
    }

    pub(super) fn parse(self) -> Result<Definition, InvalidDefinition> {
        if !is_id(&self.id) {
            return invalid("id は、英小文字・数字・ハイフンで書いてください。");
        }
        if self.version == 0 {
            return invalid("version は1以上にしてください。");
        }
        if self.title.trim().is_empty() || self.description.trim().is_empty() || self.source.trim().is_empty() {
            return invalid("title、description、source を書いてください。");
        }
        if self.official != (self.role == Role::Headline) {
            return invalid("official = true の定義だけを role = \"headline\" にしてください。");
        }
        if self.valid_to.is_some_and(|last| last < self.valid_from) {
            return invalid("valid_to は valid_from 以後の年度にしてください。");
        }
        let counts = match (self.counts, self.engaged_choices) {
            (Some(counts), None) => counts,
            (None, Some(choices)) => Counts::Choices(choices),
            _ => return invalid("counts（choices か from_stage）を書いてください。"),
        };
        check_counts(&counts)?;
        if self.denominator == Denominator::Applicable && !self.treatment.leaves_out() {
            return invalid(
                "denominator = \"applicable\" のときは、treatment の not_applicable か skipped を left_out にしてください。",
            );
        }
        let rule = self.rule.parse(&self.engaged_questions)?;
        check_rule(&rule)?;
        Ok(Definition {
            id: self.id,
            version: self.version,
            role: self.role,
            official: self.official,
            title: self.title,
            description: self.description,
            valid_from: self.valid_from,
            valid_to: self.valid_to,
            rule,
            counts,
            treatment: self.treatment,
            denominator: self.denominator,
            source: self.source,
            note: self.note,
        })
    }
}

impl WrittenRule {
    fn parse(self, own: &BTreeMap<Field, String>) -> Result<Rule, InvalidDefinition> {
        match (self.quota, self.fields, self.at_least, self.of) {
            (Some(quota), Some(fields), None, None) => {
                let fields = fields.into_iter().map(WrittenField::parse).collect::<Result<_, _>>()?;
                Ok(Rule { quota, fields })
            }
            (None, None, Some(at_least), Some(of)) => {
                let all = of.len() > 1 && of.len() == usize::from(at_least);
                let quota = if all { Some(Quota::All) } else { Quota::at_least(at_least) };
                let field = |field: Field| {
                    let concept = own.get(&field)?.clone();
                    Some(FieldRule { field, test: FieldTest::Question(concept) })
                };
                let fields: Option<Vec<_>> = of.into_iter().map(field).collect();
                match (quota, fields) {
                    (Some(quota), Some(fields)) => Ok(Rule { quota, fields }),
                    _ => invalid("rule の of の分野ごとに、engaged_questions を書いてください。"),
                }
            }
            _ => invalid("rule に quota と fields を書いてください。"),
        }
    }
}

impl WrittenField {
    fn parse(self) -> Result<FieldRule, InvalidDefinition> {
        let test = match (self.question, self.quota, self.areas) {
            (Some(concept), None, areas) if areas.is_empty() => FieldTest::Question(concept),
            (None, Some(quota), areas) if !areas.is_empty() => FieldTest::Areas { quota, areas },
            _ => return invalid("分野には、question か、quota と areas のどちらかを書いてください。"),
        };
        Ok(FieldRule { field: self.field, test })
    }
}

/// A part of an address.
fn is_id(id: &str) -> bool {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    !id.is_empty() && id.len() <= 60 && id.chars().all(plain)
}

fn check_counts(counts: &Counts) -> Result<(), InvalidDefinition> {
    match counts {
        Counts::Choices(choices) if choices.is_empty() => invalid("counts の choices に選択肢を書いてください。"),
        Counts::FromStage(0 | 5..) => {
            invalid("counts の from_stage は1から4までにしてください（0ではすべてが当てはまります）。")
        }
        Counts::Choices(_) | Counts::FromStage(_) => Ok(()),
    }
}

/// Every quota can be reached, and nothing is counted twice.
fn check_rule(rule: &Rule) -> Result<(), InvalidDefinition> {
    let reachable = |quota: Quota, parts: usize| parts > 0 && quota.needed(parts) <= parts;
    let areas = rule.fields.iter().flat_map(|field| match &field.test {
        FieldTest::Question(_) => &[][..],
        FieldTest::Areas { areas, .. } => areas,
    });
    let of_areas = rule.fields.iter().all(|field| match &field.test {
        FieldTest::Question(_) => true,
        FieldTest::Areas { quota, areas } => reachable(*quota, areas.len()),
    });
    let mut of_questions = areas.map(|area| reachable(area.quota, area.questions.len()));
    if !reachable(rule.quota, rule.fields.len()) || !of_areas || !of_questions.all(|reached| reached) {
        return invalid("rule の必要数（quota）が、分野・項目・設問の数を超えているか、数えるものがありません。");
    }
    let fields: BTreeSet<Field> = rule.fields.iter().map(|field| field.field).collect();
    let questions: Vec<&str> = rule.questions().collect();
    let distinct: BTreeSet<&str> = questions.iter().copied().collect();
    if fields.len() < rule.fields.len() || distinct.len() < questions.len() || distinct.contains("") {
        return invalid("rule の中で、同じ分野や同じ設問を2回書いています。");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::{Inapplicable, Missing};
    use super::*;

    /// What the first published snapshots hold, to the letter.
    const FIRST: &str = r#"{"id":"engaged-two","version":1,"role":"reference","official":false,"title":"2分野以上",
        "description":"2分野以上で取り組んでいる。","valid_from":2023,"valid_to":null,
        "rule":{"at_least":2,"of":["industry","living","administration"]},
        "engaged_questions":{"industry":"engaged.industry","living":"engaged.living","administration":"engaged.administration"},
        "engaged_choices":["1"],"source":"県企画政策部調べ","note":""}"#;

    fn by_areas() -> serde_json::Value {
        serde_json::json!({
            "id": "half", "version": 2, "role": "reference", "official": false, "title": "半数", "description": "半数。",
            "valid_from": 2026, "source": "検討用", "counts": { "from_stage": 3 },
            "treatment": { "not_applicable": "left_out" }, "denominator": "applicable",
            "rule": { "quota": "all", "fields": [
                { "field": "industry", "quota": "at least 1/2", "areas": [
                    { "name": "観光業", "quota": "any", "questions": ["industry.tourism.data"] },
                ] },
                { "field": "living", "question": "stage.living" },
            ] },
        })
    }

    #[test]
    fn what_the_first_snapshots_hold_is_still_read() {
        let definition: Definition = serde_json::from_str(FIRST).unwrap();
        assert_eq!(definition.rule.quota, Quota::AtLeast(2));
        assert_eq!(
            definition.rule.questions().collect::<Vec<_>>(),
            ["engaged.industry", "engaged.living", "engaged.administration"]
        );
        assert_eq!(definition.counts, Counts::Choices(vec!["1".to_owned()]));
        assert_eq!((definition.treatment, definition.denominator), Default::default());
        let again = serde_json::to_string(&definition).unwrap();
        assert!(!again.contains("engaged_questions") && !again.contains("at_least\":"));
        assert_eq!(serde_json::from_str::<Definition>(&again).unwrap(), definition);
    }

    #[test]
    fn a_definition_by_areas_is_read_as_it_is_written() {
        let definition: Definition = serde_json::from_value(by_areas()).unwrap();
        assert_eq!(definition.treatment.not_applicable, Inapplicable::LeftOut);
        assert_eq!(definition.treatment.unknown, Missing::Undetermined);
        let again = serde_json::to_value(&definition).unwrap();
        assert_eq!(again["rule"], by_areas()["rule"]);
        assert_eq!(serde_json::from_value::<Definition>(again).unwrap(), definition);
    }

    #[test]
    fn what_makes_no_sense_is_refused_with_what_to_do() {
        for (path, value, said) in [
            ("/id", serde_json::json!("../x"), "id は"),
            ("/version", serde_json::json!(0), "version は"),
            ("/title", serde_json::json!(" "), "title"),
            ("/official", serde_json::json!(true), "official"),
            ("/valid_to", serde_json::json!(2025), "valid_to"),
            ("/counts", serde_json::json!({ "choices": [] }), "choices"),
            ("/counts", serde_json::json!({ "from_stage": 0 }), "from_stage"),
            ("/treatment", serde_json::json!({}), "left_out"),
            ("/rule/quota", serde_json::json!("at least 3"), "必要数"),
            ("/rule/fields", serde_json::json!([]), "必要数"),
            ("/rule/fields/1/field", serde_json::json!("industry"), "2回"),
            ("/rule/fields/1/question", serde_json::json!("industry.tourism.data"), "2回"),
            ("/rule/fields/0/areas", serde_json::json!([]), "どちらか"),
            ("/rule/fields/0/areas/0/questions", serde_json::json!([]), "必要数"),
            ("/treatment", serde_json::json!({ "blank": "left_out" }), "unknown variant"),
        ] {
            let mut written = by_areas();
            written["valid_to"] = serde_json::Value::Null;
            *written.pointer_mut(path).unwrap() = value;
            let error = serde_json::from_value::<Definition>(written).unwrap_err().to_string();
            assert!(error.contains(said), "{path}: {error}");
        }
    }
}
