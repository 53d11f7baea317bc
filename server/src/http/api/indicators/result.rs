//! One published figure as JSON.

use app::components::format;
use app::figures::{BridgeFigure, Movement};
use shared::indicator::{Engagement, Outcome};
use shared::publication::ShownOutcome;
use shared::statistics::{ChanceModel, Level, bounds, finite_population};
use shared::visibility::Visibility;
use shared::wire::{
    BridgeValue, ChangeValue, IndicatorCounts, IndicatorResult, IntervalValue, MunicipalityEngagement, PopulationValue,
};

use crate::http::indicators::located::Located;

/// The figure as far as `reader` may see; `None` where it may see nothing.
pub fn result(located: &Located<'_>, reader: Visibility) -> Option<IndicatorResult> {
    let shown = located.shown(reader);
    if shown == ShownOutcome::Hidden {
        return None;
    }
    let definition = located.definition;
    let population = located.companion(reader).and_then(Result::ok);
    Some(IndicatorResult {
        id: definition.id.clone(),
        version: definition.version,
        official: definition.official,
        title: definition.title.clone(),
        rule: definition.rule_words(),
        computation: format::computation_href(definition, located.publication.year),
        suppressed: shown == ShownOutcome::Suppressed,
        counts: shown.counted().map(|outcome| counts(outcome, located.left_out)),
        population: population.map(|companion| PopulationValue {
            share: companion.lower.into(),
            upper: companion.upper.into(),
            unknown: companion.unknown,
        }),
        change: located.movement(reader).map(change),
        bridge: located.bridge(reader).map(bridge),
        municipalities: located.is_named(reader).then(|| municipalities(located)),
    })
}

fn counts(outcome: Outcome, left_out: u32) -> IndicatorCounts {
    let interval = finite_population::under_non_response(&outcome, Level::P95);
    let bounds = bounds::level(&outcome);
    IndicatorCounts {
        engaged: outcome.engaged,
        not_engaged: outcome.not_engaged,
        undetermined: outcome.undetermined(),
        register: outcome.register,
        left_out,
        respondents: outcome.respondents,
        response_rate: bounds.response_rate.into(),
        share: bounds.lower.into(),
        upper: bounds.upper.into(),
        among_respondents: bounds.among_respondents.into(),
        no_interval: interval.err().map(|reason| reason.to_string()),
        interval: interval.ok().map(|interval| IntervalValue {
            level: 95,
            lower: interval.lower.into(),
            upper: interval.upper.into(),
            assumption: ChanceModel::NonResponse.assumption().to_owned(),
        }),
    }
}

fn change(movement: Movement) -> ChangeValue {
    let Movement { since, change } = movement;
    ChangeValue {
        since: since.year(),
        confirmed: change.confirmed.0,
        lower: change.lower.0,
        upper: change.upper.0,
        sign_known: change.sign_is_known(),
    }
}

fn bridge(figure: BridgeFigure) -> BridgeValue {
    BridgeValue {
        id: figure.definition.id,
        version: figure.definition.version,
        share: figure.outcome.share().into(),
        upper: figure.outcome.upper().into(),
        change: figure.movement.map(change),
        computation: figure.computation,
    }
}

/// The code of what a municipality counts as; `None` is left out.
pub fn engagement(engagement: Option<Engagement>) -> String {
    let code = match engagement {
        Some(Engagement::Engaged) => "engaged",
        Some(Engagement::NotEngaged) => "not_engaged",
        Some(Engagement::Undetermined) => "undetermined",
        None => "left_out",
    };
    code.to_owned()
}

fn municipalities(located: &Located<'_>) -> Vec<MunicipalityEngagement> {
    let evaluation = located.evaluation();
    let base = format::computation_href(located.definition, located.publication.year);
    let all = located.publication.snapshot.municipalities.iter();
    let entry = all.map(|m| MunicipalityEngagement {
        code: m.municipality.code.to_string(),
        name: m.municipality.name.clone(),
        engagement: engagement(evaluation.decide(m)),
        computation: format!("{base}/{}", m.municipality.code),
    });
    entry.collect()
}
