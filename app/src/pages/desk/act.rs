//! The one act that brings the round forward.

use leptos::prelude::*;
use shared::fiscal_year::FiscalYear;
use shared::round::RoundState;
use shared::wire::FieldProblem;

use super::dates::DateInput;
use crate::components::form_field::summary;
use crate::components::question::ErrorSummary;

/// `POST /desk/{year}/state` with `to=open` also sends these.
#[derive(Debug, Clone, Default)]
pub struct OpeningForm {
    /// `deadline`, as typed: `YYYY-MM-DDTHH:MM` in JST.
    pub deadline: String,
    /// `reference_date`, as typed: `YYYY-MM-DDTHH:MM` in JST.
    pub reference_date: String,
    /// What is wrong with `deadline` or `reference_date`.
    pub problems: Vec<FieldProblem>,
}

/// The one act that brings the round forward, with what it does.
#[component]
pub fn NextAct(
    /// The round.
    year: FiscalYear,
    /// Where it stands.
    state: RoundState,
    /// What was typed to open it.
    opening: OpeningForm,
    /// Why it is refused at present.
    blocked: Option<String>,
    /// What it would cut off.
    warning: Option<String>,
) -> impl IntoView {
    let next = state.next()?;
    if let Some(reason) = blocked {
        return Some(view! { <p class="notice">{reason}</p> }.into_any());
    }
    let (verb, meaning) = match next {
        RoundState::Draft | RoundState::Open => ("受付を始める", "すべての市町村が回答を入力できるようになります。"),
        RoundState::Closed => ("受付を締め切る", "市町村は回答を変更できなくなり、県の確認に移ります。"),
        RoundState::Finalized => (
            "回答を確定する",
            "受理した回答から集計値と指標を計算します。以後の訂正は、理由を付けて確認に戻して行います。",
        ),
        RoundState::Published => {
            let href = format!("/desk/{}/publication", year.year());
            let shown = view! {
                <p>"公開範囲とプレビューを確かめてから公表します。"</p>
                <p class="actions"><a class="button button--primary" href=href>"公表の準備をする"</a></p>
            };
            return Some(shown.into_any());
        }
    };
    let fields = (next == RoundState::Open).then(|| view! { <OpeningFields opening /> });
    let shown = view! {
        <form class="next-act" method="post" action=format!("/desk/{}/state", year.year())>
            <input type="hidden" name="to" value=next.code() />
            {fields}
            <p>{meaning}</p>
            {warning.map(|warning| view! { <p class="notice notice--attention">{warning}</p> })}
            <p class="actions"><button class="button button--primary" type="submit">{verb}</button></p>
        </form>
    };
    Some(shown.into_any())
}

#[component]
fn OpeningFields(opening: OpeningForm) -> impl IntoView {
    let OpeningForm { deadline, reference_date, problems } = opening;
    let labels = [("deadline", "締切"), ("reference_date", "基準日")];
    let errors = summary(&problems, "", &labels);
    let fields = labels
        .into_iter()
        .zip([deadline, reference_date])
        .map(|((name, label), typed)| {
            view! { <DateInput id=name.to_owned() name label typed required=true problems=problems.clone() /> }
        })
        .collect_view();
    view! { <ErrorSummary errors /> {fields} }
}
