//! Whether what was published follows from the snapshot: every figure computed anew.

use super::{PublishedIndicator, Snapshot};
use crate::indicator::{Definition, Engagement, Field, FieldEngagement, Outcome};

/// One published figure, and what it comes to when it is computed anew.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The figure's place, e.g. 「engaged-any v1」.
    pub place: String,
    /// As published.
    pub published: String,
    /// As computed anew from the answers of the snapshot.
    pub computed: String,
}

impl Finding {
    /// Whether both are the same.
    pub fn agrees(&self) -> bool {
        self.published == self.computed
    }
}

impl Snapshot {
    /// Every figure of the snapshot: each definition's counts and bridge, each municipality's fields, each field's counts.
    ///
    /// `stored` are the definitions as they were entered: the snapshot's own must be the same.
    pub fn verify(&self, stored: &[Definition]) -> Vec<Finding> {
        let mut findings: Vec<Finding> = Vec::new();
        for indicator in &self.indicators {
            findings.extend(self.verify_indicator(indicator));
            let bridge = indicator.bridge.as_ref().map(|bridge| &bridge.definition);
            findings.extend(std::iter::once(&indicator.definition).chain(bridge).map(|d| entered(d, stored)));
        }
        let Some(official) = self.official() else { return findings };
        let evaluation = self.evaluate(&official.definition);
        let fields = self.municipalities.iter().map(|municipality| Finding {
            place: format!("{} 分野別の判定", municipality.municipality.code),
            published: words(&municipality.fields),
            computed: words(&evaluation.field_engagement(municipality)),
        });
        let wrong: Vec<Finding> = fields.filter(|finding| !finding.agrees()).collect();
        if wrong.is_empty() {
            let all = format!("{}団体", self.municipalities.len());
            findings.push(Finding {
                place: "市町村別・分野別の判定".to_owned(),
                published: all.clone(),
                computed: all,
            });
        }
        findings.extend(wrong);
        for rule in &official.definition.rule.fields {
            let (computed, left_out) = evaluation.field_outcome(rule.field);
            // What does not apply is not engaged among the fields.
            let published = self.field_outcome(rule.field);
            let Outcome { engaged, not_engaged, register, .. } = computed;
            findings.push(Finding {
                place: format!("{} {}", place(&official.definition), rule.field.label()),
                published: format!("{}/{} 非該当{}", published.engaged, published.register, published.not_engaged),
                computed: format!("{engaged}/{} 非該当{}", register + left_out, not_engaged + left_out),
            });
        }
        findings
    }

    fn verify_indicator(&self, indicator: &PublishedIndicator) -> Vec<Finding> {
        let finding = |definition: &Definition, outcome: Outcome, left_out: u32, remark: &str| {
            let (computed, computed_left_out) = self.evaluate(definition).outcome();
            Finding {
                place: format!("{}{remark}", place(definition)),
                published: counts(outcome, left_out),
                computed: counts(computed, computed_left_out),
            }
        };
        let own = finding(&indicator.definition, indicator.outcome, indicator.left_out, "");
        let bridge = indicator.bridge.as_ref().map(|b| finding(&b.definition, b.outcome, b.left_out, "（接続）"));
        std::iter::once(own).chain(bridge).collect()
    }
}

/// 「engaged-any v1」
fn place(definition: &Definition) -> String {
    format!("{} v{}", definition.id, definition.version)
}

/// Whether the snapshot's definition is the one that was entered.
fn entered(definition: &Definition, stored: &[Definition]) -> Finding {
    let same = stored.iter().find(|d| d.id == definition.id && d.version == definition.version);
    let computed = match same {
        Some(stored) if stored == definition => "登録された定義のとおり",
        Some(_) => "登録された定義と異なる",
        None => "定義が登録されていない",
    };
    Finding {
        place: format!("{} の定義", place(definition)),
        published: "登録された定義のとおり".to_owned(),
        computed: computed.to_owned(),
    }
}

/// 「29/40 非該当9 未確定2 回答38」
fn counts(outcome: Outcome, left_out: u32) -> String {
    let Outcome { engaged, not_engaged, register, respondents } = outcome;
    let undetermined = outcome.undetermined();
    let left_out = if left_out > 0 { format!(" 対象外{left_out}") } else { String::new() };
    format!("{engaged}/{register} 非該当{not_engaged} 未確定{undetermined} 回答{respondents}{left_out}")
}

fn words(fields: &FieldEngagement) -> String {
    let one = |(field, engagement): (&Field, &Engagement)| format!("{}={}", field.code(), engagement.label());
    fields.iter().map(one).collect::<Vec<_>>().join(" ")
}
