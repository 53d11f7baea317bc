//! What stands beside the share and never replaces it.

use leptos::prelude::*;
use shared::exploration::words;
use shared::indicator::{Outcome, PopulationCompanion};
use shared::statistics::finite_population::{CorrectedInterval, CountInterval};
use shared::statistics::{ChanceModel, Undefined};

use super::Counted;
use crate::components::bridge_sentence::BridgeSentence;
use crate::components::format;
use crate::figures::Movement;

/// Bounds, respondents, interval, people, change.
#[component]
pub fn BesideSection(counted: Counted) -> impl IntoView {
    let Counted { outcome, interval, corrected, companion, movement, bridge, .. } = counted;
    view! {
        <section class="section" aria-labelledby="beside">
            <h2 id="beside">"割合とあわせて読む値"</h2>
            <dl class="facts">
                <dt>"とりうる範囲（上下限）"</dt>
                <dd>{bounds(outcome)}</dd>
                <dt>"未回答があるときの区間"</dt>
                <dd>{interval_words(outcome, interval, corrected)}</dd>
                <dt>"回答団体の中での割合（参考）"</dt>
                <dd>{among(outcome)}</dd>
                <dt>"人口による割合（参考）"</dt>
                <dd>{people(companion)}</dd>
                <dt>"前回との差"</dt>
                <dd>{change(movement, bridge.is_some())}</dd>
            </dl>
            {bridge.map(|bridge| view! { <BridgeSentence bridge /> })}
        </section>
    }
    .into_any()
}

fn bounds(outcome: Outcome) -> String {
    match (outcome.register, outcome.undetermined()) {
        (0, _) => "－（数える団体がありません）".to_owned(),
        (_, 0) => format!("{}（未確定の団体がないため、1つの値です）", outcome.share()),
        _ => format!("{}。何も仮定しません。", format::bounds(outcome)),
    }
}

/// The interval with its assumption; on a complete census, in words, that there is none.
fn interval_words(
    outcome: Outcome,
    interval: Result<CountInterval, Undefined>,
    corrected: Option<CorrectedInterval>,
) -> String {
    let interval = match interval {
        Ok(interval) => interval,
        Err(Undefined::CompleteCensus) => {
            return "計算しません。全市町村の値が確定しているため、偶然による誤差がありません。".to_owned();
        }
        Err(Undefined::NoData) => return "計算しません。確定した団体がありません。".to_owned(),
        Err(other) => return format!("計算しません。{other}"),
    };
    let approximation = corrected.map_or_else(String::new, |corrected| {
        format!("有限母集団修正をしたWilsonの区間では{}です。", words::share_interval(corrected.interval))
    });
    let determined = outcome.engaged + outcome.not_engaged;
    format!(
        "95％信頼区間 {}（超幾何分布による正確な区間、確定した{determined}団体から{}団体全体を推定）。{}そうでなければ、この区間は使えません。{approximation}",
        format::range(interval.lower, interval.upper),
        outcome.register,
        ChanceModel::NonResponse.assumption(),
    )
}

fn among(outcome: Outcome) -> String {
    let among = outcome.among_respondents();
    match among.denominator {
        0 => "－（回答した団体がありません）".to_owned(),
        respondents => format!("{among}（{}／{respondents}）。公式の割合の代わりにはなりません。", among.numerator),
    }
}

fn people(companion: Option<Result<PopulationCompanion, Undefined>>) -> String {
    let companion = match companion {
        None => return "市町村別の値が公開されていないため、表示しません。".to_owned(),
        Some(Err(Undefined::NoData)) => return "－（人口の分かる市町村がありません）".to_owned(),
        Some(Err(other)) => return format!("－（{other}）"),
        Some(Ok(companion)) => companion,
    };
    let PopulationCompanion { lower, upper, unknown } = companion;
    let thousands = |people: u32| format::thousands(people.into());
    let unknown = match unknown {
        0 => String::new(),
        unknown => format!("人口の分からない{unknown}団体は含みません。"),
    };
    format!(
        "{}（取り組んでいる市町村の人口 {}人／{}人）。住民のうち使っている人の割合ではありません。{unknown}",
        format::range(lower, upper),
        thousands(lower.numerator),
        thousands(lower.denominator),
    )
}

fn change(movement: Option<Movement>, replaced: bool) -> String {
    let Some(Movement { since, change }) = movement else {
        let why = if replaced {
            "定義が変わったため"
        } else {
            "同じ定義で公表した前の年度がないため"
        };
        return format!("－（{why}、計算しません）");
    };
    let sign = if change.sign_is_known() {
        "増減の向きは確定しています。"
    } else {
        "増えたか減ったかは確定していません。"
    };
    let range = if change.lower == change.upper {
        String::new()
    } else {
        format!("未確定の団体を考えると{}から{}まで。", change.lower, change.upper)
    };
    format!("{}より{}。{range}{sign}", since.wareki(), change.confirmed)
}

#[cfg(test)]
mod tests {
    use shared::statistics::{Level, finite_population};

    use super::*;

    fn said(outcome: Outcome) -> String {
        let interval = finite_population::under_non_response(&outcome, Level::P95);
        interval_words(outcome, interval, finite_population::wilson(&outcome, Level::P95).ok())
    }

    #[test]
    fn a_complete_census_has_no_interval_and_says_why() {
        let complete = said(Outcome { engaged: 27, not_engaged: 13, register: 40, respondents: 40 });
        assert!(complete.starts_with("計算しません") && !complete.contains('〜'), "{complete}");
        assert!(said(Outcome { register: 40, ..Outcome::default() }).contains("確定した団体がありません"));
        let open = said(Outcome { engaged: 25, not_engaged: 11, register: 40, respondents: 36 });
        assert!(open.contains("偏りなく抜け落ちたものと仮定") && open.contains("95％信頼区間"), "{open}");
    }

    #[test]
    fn what_is_not_known_is_never_zero() {
        let nothing = Outcome::default();
        for words in [bounds(nothing), among(nothing), people(Some(Err(Undefined::NoData))), change(None, false)] {
            assert!(words.starts_with('－') && !words.contains("0.0％"), "{words}");
        }
        assert!(people(None).contains("公開されていない"));
    }
}
