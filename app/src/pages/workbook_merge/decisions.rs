//! The table of what is to be decided.

use leptos::prelude::*;
use shared::fiscal_year::FiscalYear;
use shared::response::answer::RawAnswer;
use shared::response::{AnswerValue, Base, Decision, Merge};

use super::super::answer_workbook::workbook_href;
use super::{AuthorWords, Offered, UNDECIDED, name_of, words_of};
use crate::components::table_frame::TableFrame;

impl Offered {
    /// The workbook's answer, `None` where it was emptied there.
    fn workbook(&self) -> Option<&AnswerValue> {
        match &self.merge {
            Merge::TakeWorkbook { workbook } => Some(workbook),
            Merge::Conflict { workbook } => workbook.as_ref(),
            Merge::Clear | Merge::Unchanged | Merge::KeepNow | Merge::Same | Merge::Invalid { .. } => None,
        }
    }

    /// What kind of change it is, in words.
    fn kind(&self) -> &'static str {
        match &self.merge {
            Merge::TakeWorkbook { .. } if self.now.is_none() => "新しい回答",
            Merge::TakeWorkbook { .. } => "変更",
            Merge::Clear => "消去",
            Merge::Conflict { .. } => "両方で変更",
            Merge::Unchanged | Merge::KeepNow | Merge::Same | Merge::Invalid { .. } => "",
        }
    }

    fn is_conflict(&self) -> bool {
        matches!(self.merge, Merge::Conflict { .. })
    }
}

#[component]
pub(super) fn Decisions(year: FiscalYear, offers: Vec<Offered>, undecided: bool) -> impl IntoView {
    if offers.is_empty() {
        return view! { <p class="notice">"保存する違いはありません。"</p> }.into_any();
    }
    let action = format!("{}/merge", workbook_href(year));
    let rows = offers.into_iter().map(|offer| view! { <DecisionRow offer undecided /> }).collect_view();
    view! {
        <form method="post" action=action>
            <section class="section">
                <h2 id="offers-heading">"どちらの回答にするかを決める"</h2>
                <TableFrame label="ワークブックとの違い">
                    <table class="table merge-table" role="table" aria-labelledby="offers-heading">
                        <thead role="rowgroup">
                            <tr role="row">
                                <th scope="col" role="columnheader">"設問"</th>
                                <th scope="col" role="columnheader">"ダウンロード時"</th>
                                <th scope="col" role="columnheader">"現在"</th>
                                <th scope="col" role="columnheader">"ワークブック"</th>
                                <th scope="col" role="columnheader">"どちらにするか"</th>
                            </tr>
                        </thead>
                        <tbody role="rowgroup">{rows}</tbody>
                    </table>
                </TableFrame>
            </section>
            <p class="merge-promise">"保存しても、提出するまでは何度でも変えられます。"</p>
            <p class="actions"><button class="button button--primary" type="submit">"保存する"</button></p>
        </form>
    }
    .into_any()
}

#[component]
fn DecisionRow(offer: Offered, undecided: bool) -> impl IntoView {
    let question = offer.question.clone();
    let name = question.name.0.clone();
    let words = |value: Option<&AnswerValue>| words_of(&question, value);
    let base = match &offer.base {
        Base::Known(value) => words(value.as_ref()),
        Base::Unknown => "（分かりません）".to_owned(),
    };
    let (now, workbook) = (words(offer.now.as_ref()), words(offer.workbook()));
    let chosen = offer.chosen.or(offer.merge.proposed());
    let error = undecided && chosen.is_none();
    let raw = offer.workbook().map(AnswerValue::raw).unwrap_or_default();
    let (take, leave) = match offer.merge {
        Merge::Clear | Merge::Conflict { workbook: None } => ("消去する", "消さずに残す"),
        _ => ("ワークブックにする", "現在のままにする"),
    };
    let kind_class = if offer.is_conflict() { "merge-kind merge-kind--open" } else { "merge-kind" };
    let by = offer.now_by.clone().map(|by| view! { <AuthorWords by /> });
    let warning = offer.warning.clone().map(|warning| view! { <p class="merge-warning">"注意：" {warning}</p> });
    view! {
        <tr role="row" id=format!("m-{name}")>
            <th scope="row" role="rowheader" class="text">
                <span class=kind_class>{offer.kind()}</span>
                {name_of(&question)}
                <HiddenAnswer name=name.clone() raw base=offer.base_revision revision=offer.revision />
            </th>
            <td role="cell" class="merge-value"><span class="merge-side">"ダウンロード時"</span>{base}</td>
            <td role="cell" class="merge-value"><span class="merge-side">"現在"</span>{now}{by}</td>
            <td role="cell" class="merge-value"><span class="merge-side">"ワークブック"</span>{workbook}{warning}</td>
            <td role="cell" class="merge-choice">
                <fieldset aria-describedby=error.then(|| format!("e-{name}"))>
                    <legend class="visually-hidden">{name_of(&question)} "：どちらにするか"</legend>
                    <Keep name=name.clone() decision=Decision::Workbook words=take chosen />
                    <Keep name=name.clone() decision=Decision::Now words=leave chosen />
                    {error.then(|| view! { <p class="question-error" id=format!("e-{name}")>"＊" {UNDECIDED}</p> })}
                </fieldset>
            </td>
        </tr>
    }
    .into_any()
}

/// The workbook's answer, carried through the form: nothing of it is stored before it is decided.
#[component]
fn HiddenAnswer(name: String, raw: RawAnswer, base: Option<u32>, revision: u32) -> impl IntoView {
    let value_name = format!("{name}.value");
    let values = raw.values.into_iter().map(|value| {
        view! { <input type="hidden" name=value_name.clone() value=value /> }
    });
    view! {
        {values.collect_view()}
        {raw.unknown.then(|| view! { <input type="hidden" name=format!("{name}.unknown") value="1" /> })}
        <input
            type="hidden"
            name=format!("{name}.base")
            value=base.map(|base| base.to_string()).unwrap_or_default()
        />
        <input type="hidden" name=format!("{name}.revision") value=revision.to_string() />
    }
    .into_any()
}

#[component]
fn Keep(name: String, decision: Decision, words: &'static str, chosen: Option<Decision>) -> impl IntoView {
    view! {
        <label class="choice">
            <input
                type="radio"
                id=format!("k-{name}-{}", decision.code())
                name=format!("{name}.keep")
                value=decision.code()
                checked=chosen == Some(decision)
                required=true
            />
            <span>{words}</span>
        </label>
    }
    .into_any()
}
