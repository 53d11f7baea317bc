//! `/indicators/{id}/{year}`: how one figure was computed, step by step, down to the answers.
//!
//! - `steps`: denominator, reading, fields, counting, share
//! - `beside`: what stands beside the share: bounds, respondents, interval, people, change
//! - `municipalities`: who counts as what
//! - `identity`: version, publication, hash, command

mod beside;
mod identity;
mod municipalities;
mod steps;

use leptos::prelude::*;
use shared::fiscal_year::FiscalYear;
use shared::indicator::{Definition, Engagement, Field, Outcome, PopulationCompanion};
use shared::municipality::Region;
use shared::share::Share;
use shared::statistics::Undefined;
use shared::statistics::finite_population::{CorrectedInterval, CountInterval};
use shared::time::Timestamp;

use self::beside::BesideSection;
use self::identity::IdentitySection;
use self::municipalities::MunicipalitySection;
use self::steps::StepSection;
use crate::components::definition_facts::{DefinitionFacts, role_mark};
use crate::components::link::Link;
use crate::components::result_table::ResultRow;
use crate::figures::{BridgeFigure, Movement};

/// One definition's figure in one published year.
#[derive(Debug, Clone, PartialEq)]
pub struct Computation {
    /// The year.
    pub year: FiscalYear,
    /// 基準日
    pub reference_date: Timestamp,
    /// Revision of the publication.
    pub revision: u32,
    /// When it was published.
    pub published_at: Timestamp,
    /// SHA-256 of the snapshot.
    pub sha256: String,
    /// The definition as it was applied.
    pub definition: Definition,
    /// The definition that has replaced it in this year: it is computed only to connect the two.
    pub replaced_by: Option<Link>,
    /// The result, as far as the viewer may see.
    pub result: ComputedResult,
    /// The same indicator in other years.
    pub other_years: Vec<Link>,
}

/// What the viewer may see of it.
#[derive(Debug, Clone, PartialEq)]
pub enum ComputedResult {
    /// Nothing.
    Hidden,
    /// 秘匿
    Suppressed,
    /// The counts and what follows from them.
    Counted(Box<Counted>),
}

/// The counts and what follows from them.
#[derive(Debug, Clone, PartialEq)]
pub struct Counted {
    /// The counts.
    pub outcome: Outcome,
    /// Municipalities left out of the denominator.
    pub left_out: u32,
    /// Each field of the rule.
    pub fields: Vec<FieldStep>,
    /// The exact interval under non-response, or why there is none.
    pub interval: Result<CountInterval, Undefined>,
    /// Its approximation with the finite population correction.
    pub corrected: Option<CorrectedInterval>,
    /// The same in people; `None` where named values are not for the viewer.
    pub companion: Option<Result<PopulationCompanion, Undefined>>,
    /// Against the year published before.
    pub movement: Option<Movement>,
    /// In the first year of a new version.
    pub bridge: Option<BridgeFigure>,
    /// Who counts as what; the regions where named values are not for the viewer.
    pub places: ComputedPlaces,
}

/// What is known of one field.
#[derive(Debug, Clone, PartialEq)]
pub struct FieldStep {
    /// The field.
    pub field: Field,
    /// Its test in words.
    pub test: String,
    /// Its counts; `None` prints 秘匿.
    pub outcome: Option<Outcome>,
    /// Municipalities that it does not apply to.
    pub left_out: u32,
}

/// Who counts as what.
#[derive(Debug, Clone, PartialEq)]
pub enum ComputedPlaces {
    /// By name.
    Named(Vec<MunicipalityRow>),
    /// By region.
    ByRegion(Vec<ResultRow>),
}

/// One municipality.
#[derive(Debug, Clone, PartialEq)]
pub struct MunicipalityRow {
    /// Its name.
    pub name: String,
    /// Its region.
    pub region: Option<Region>,
    /// State of its response, in words.
    pub state: &'static str,
    /// What it counts as; `None` is left out.
    pub engagement: Option<Engagement>,
    /// Each field of the rule; `None` does not apply.
    pub fields: Vec<Option<Engagement>>,
    /// Address of its answers.
    pub href: String,
}

/// How one figure was computed.
#[component]
pub fn ComputationPage(
    /// What it shows.
    model: Computation,
) -> impl IntoView {
    let definition = model.definition.clone();
    let year = model.year;
    let replaced = model.replaced_by.clone().map(|link| {
        view! {
            <p>
                "この年度には使われなくなった版です。前の年度と比べるためだけに計算しています。使われた版は "
                <a href=link.href>{link.label}</a> " です。"
            </p>
        }
    });
    let others =
        model.other_years.clone().into_iter().map(|link| view! { <li><a href=link.href>{link.label}</a></li> });
    let others = others.collect_view();
    let has_others = !model.other_years.is_empty();
    let result = match model.result.clone() {
        ComputedResult::Hidden => {
            view! { <p class="page-lead">"この指標の値は、もとになる設問の公開範囲により表示できません。"</p> }
                .into_any()
        }
        ComputedResult::Suppressed => view! {
            <p class="page-lead">"秘匿：市町村ごとの回答が分かってしまうため、値を表示していません。"</p>
        }
        .into_any(),
        ComputedResult::Counted(counted) => view! { <CountedResult model=model.clone() counted=*counted /> }.into_any(),
    };
    view! {
        <p class="page-context">"どう計算したか"</p>
        <h1>{format!("{}（{}）の計算", definition.title, year.wareki())}</h1>
        <p>{role_mark(&definition)} {definition.description.clone()}</p>
        {replaced}
        {result}
        <section class="section" aria-labelledby="definition">
            <h2 id="definition">{format!("定義（{}）", definition.version_label())}</h2>
            <DefinitionFacts definition />
        </section>
        <IdentitySection model />
        {has_others.then(|| view! {
            <section class="section" aria-labelledby="other-years">
                <h2 id="other-years">"ほかの年度"</h2>
                <ul>{others}</ul>
            </section>
        })}
        <p><a href="/indicators">"指標の一覧へ"</a></p>
    }
    .into_any()
}

#[component]
fn CountedResult(model: Computation, counted: Counted) -> impl IntoView {
    view! {
        <p class="page-lead">{finding(counted.outcome)}</p>
        <StepSection year=model.year definition=model.definition.clone() counted=counted.clone() />
        <BesideSection counted=counted.clone() />
        <MunicipalitySection year=model.year definition=model.definition places=counted.places />
    }
    .into_any()
}

/// What a municipality, a field or an answer counts as, in words.
pub fn verdict(engagement: Option<Engagement>) -> &'static str {
    engagement.map_or("対象外", Engagement::label)
}

/// The figure in a sentence; without anybody to count there is none.
fn finding(outcome: Outcome) -> String {
    let Share { numerator, denominator } = outcome.share();
    if denominator == 0 {
        return "数える市町村がないため、割合はありません（－）。".to_owned();
    }
    let share = outcome.share();
    match outcome.undetermined() {
        0 => format!("{denominator}団体のうち{numerator}団体（{share}）です。未確定の団体はありません。"),
        open if open == denominator => {
            format!("{denominator}団体すべてが未確定です。確定した団体がないため、割合はまだ分かりません。")
        }
        open => format!("{denominator}団体のうち{numerator}団体（{share}）で、ほかに{open}団体が未確定です。"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_to_count_and_nobody_known_are_said_in_words() {
        assert!(finding(Outcome::default()).contains("割合はありません（－）"));
        let silent = finding(Outcome { register: 40, ..Outcome::default() });
        assert!(silent.contains("40団体すべてが未確定") && !silent.contains("0.0％"), "{silent}");
        let known = Outcome { engaged: 27, not_engaged: 11, register: 40, respondents: 40 };
        assert_eq!(finding(known), "40団体のうち27団体（67.5％）で、ほかに2団体が未確定です。");
    }
}
