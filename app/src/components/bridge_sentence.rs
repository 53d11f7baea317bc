//! 接続: when the definition has changed, what the earlier one makes of the same answers.

use leptos::prelude::*;

use super::format;
use crate::figures::BridgeFigure;

/// Says that the definition changed, and what the earlier one gives.
#[component]
pub fn BridgeSentence(
    /// The earlier definition on this year.
    bridge: BridgeFigure,
) -> impl IntoView {
    let BridgeFigure { definition, outcome, movement, computation } = bridge;
    let version = definition.version_label();
    let since = movement.map(|movement| format!("（{}）", format::movement(Some(movement))));
    view! {
        <p>
            "この年度から定義が変わったため、前回の値とは比べられません。"
            {format!("前の定義「{}」（{version}）で同じ回答を数えると", definition.title)} " "
            <a class="keep" href=computation>{format::counted(outcome)}</a> {since} "です。"
        </p>
    }
    .into_any()
}
