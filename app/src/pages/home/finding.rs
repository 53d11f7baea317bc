//! The heading is the finding; below it what it rests on.

use leptos::prelude::*;
use shared::indicator::Outcome;
use shared::share::Points;

use super::Published;
use crate::components::bridge_sentence::BridgeSentence;
use crate::components::format;
use crate::components::phrases::Phrases;
use crate::components::result_table::OfficialMark;
use crate::figures::Movement;

/// Heading, respondents, bounds, change and definition.
#[component]
pub fn Finding(published: Published) -> impl IntoView {
    let Published { year, reference_date, official, .. } = published;
    let outcome = official.outcome;
    let share = outcome.share();
    let definition = official.definition;
    let change = official.movement.map(|movement| view! { <Change movement /> });
    let bridge = official.bridge.map(|bridge| view! { <BridgeSentence bridge /> });
    view! {
        <header class="finding">
            <p class="page-context">
                <Phrases phrases=[format!("{year}調査　"), format!("{}現在", reference_date.date())] />
            </p>
            <h1>
                <Phrases phrases=[
                    "DXに".to_owned(),
                    "取り組んでいる".to_owned(),
                    "市町村は".to_owned(),
                    format!("{}のうち", share.denominator),
                    format!("{}（{share}）", share.numerator),
                ] />
            </h1>
            <p class="page-lead">{respondents_sentence(outcome)} <Bounds outcome /></p>
            {change}
            {bridge}
            <p>
                <OfficialMark />
                {format!("の定義（{}）：{}", definition.version_label(), definition.description)}
                <a class="keep" href=format::definition_href(&definition)>"定義を見る"</a>
                " "
                <a class="keep" href=official.computation.clone()>"どう計算したかを見る"</a>
            </p>
        </header>
    }
    .into_any()
}

fn respondents_sentence(outcome: Outcome) -> String {
    let Outcome { register, respondents, .. } = outcome;
    match register.saturating_sub(respondents) {
        0 => format!("全{register}市町村が回答しました。"),
        missing => format!("全{register}市町村のうち{respondents}団体が回答しました（未提出 {missing}団体）。"),
    }
}

/// Between which shares the truth lies, whatever the undetermined turn out to be.
#[component]
fn Bounds(outcome: Outcome) -> impl IntoView {
    match outcome.undetermined() {
        0 => "未確定の団体はありません。".into_any(),
        undetermined => view! {
            {format!("未確定の{undetermined}団体がどちらであっても、割合は")}
            <span class="keep">{format::bounds(outcome)}</span>
            "の間にあります。"
        }
        .into_any(),
    }
}

/// The change since the earlier year, and what the undetermined could make of it.
#[component]
fn Change(movement: Movement) -> impl IntoView {
    let Movement { since, change } = movement;
    let points = |points: Points| view! { <span class="keep">{points.to_string()}</span> };
    let sign = if change.sign_is_known() {
        "までで、増減の向きは変わりません。"
    } else {
        "までで、増えたか減ったかは確定していません。"
    };
    let between = (change.lower != change.upper).then(|| {
        view! { "未確定の団体を考えると" {points(change.lower)} "から" {points(change.upper)} {sign} }
    });
    view! { <p>{format!("{}より", since.wareki())} {points(change.confirmed)} "。" {between}</p> }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sentences_say_what_is_missing() {
        let outcome = Outcome { engaged: 27, not_engaged: 10, register: 40, respondents: 38 };
        assert_eq!(respondents_sentence(outcome), "全40市町村のうち38団体が回答しました（未提出 2団体）。");
        let complete = Outcome { engaged: 27, not_engaged: 13, register: 40, respondents: 40 };
        assert_eq!(respondents_sentence(complete), "全40市町村が回答しました。");
    }
}
