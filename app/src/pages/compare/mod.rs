//! `/compare`: a municipality among others.
//!
//! - [`choose`]: whom and what is compared
//! - [`what_if`]: weights to try out
//! - [`elsewhere`]: what others do
//! - [`handout`]: one sheet of A4
//! - [`method`]: `/compare/method`, how the figures are computed

pub mod choose;
pub mod elsewhere;
pub mod handout;
pub mod method;
pub mod what_if;

#[cfg(test)]
mod tests;

use leptos::either::Either;
use leptos::prelude::*;
use shared::comparison::Changes;

use self::choose::{Chooser, ChooserForm, SavedGroup, SavedGroups};
use self::elsewhere::{ElsewherePractices, ElsewhereSection};
use self::what_if::{WhatIfForm, WhatIfSection};
use super::receipt::changes::ChangesSection;
use crate::components::exhibit::ExhibitSection;
use crate::components::phrases::Phrases;
use crate::exhibit::Exhibit;

/// What `/compare` shows.
#[derive(Debug, Clone)]
pub struct Compare {
    /// Year and edition; `None` before the first result.
    pub context: Option<String>,
    /// 速報
    pub provisional: bool,
    /// The finding, in phrases.
    pub heading: Vec<String>,
    /// Whom it is compared with.
    pub peers: Option<String>,
    /// What can be chosen.
    pub chooser: Chooser,
    /// Groups that the account keeps.
    pub saved: Vec<SavedGroup>,
    /// The peers shown, to be kept under a name, and the address they stand on.
    pub keep: Option<(Vec<String>, String)>,
    /// The name that could not be kept, and why.
    pub keep_problem: Option<(String, String)>,
    /// What was not understood, or left out.
    pub notices: Vec<String>,
    /// Address of the sheet for handing out.
    pub handout: Option<String>,
    /// The comparison, or in a sentence why there is none.
    pub body: Result<CompareBody, String>,
}

/// A comparison.
#[derive(Debug, Clone)]
pub struct CompareBody {
    /// The own place in the peers' distribution.
    pub strips: Option<Exhibit>,
    /// The same around a centre.
    pub radar: Option<Exhibit>,
    /// Areas × municipalities.
    pub areas: Option<Exhibit>,
    /// What others do.
    pub elsewhere: ElsewherePractices,
    /// The own areas in two years.
    pub course: Option<Exhibit>,
    /// What was answered otherwise.
    pub changes: Option<Changes>,
    /// Scores.
    pub maturity: Option<Exhibit>,
    /// What can be tried out.
    pub what_if: WhatIfForm,
    /// Address of how all of it is computed.
    pub method: String,
}

/// A municipality among others.
#[component]
pub fn ComparePage(
    /// What it shows.
    model: Compare,
) -> impl IntoView {
    let Compare { context, provisional, heading, peers, chooser, saved, keep, keep_problem, notices, handout, body } =
        model;
    let mark = provisional.then(|| view! { <span class="mark-reference">"速報"</span> " " });
    let notices = (!notices.is_empty()).then(|| {
        let lines = notices.into_iter().map(|notice| view! { <p>{notice}</p> }).collect_view();
        view! { <div class="notice" role="status">{lines}</div> }
    });
    let links = handout.map(|handout| {
        view! {
            <ul class="compare-links screen-only">
                <li><a href=handout>"配付用に印刷（A4 1枚）"</a></li>
                <li><a href="#maturity">"成熟度"</a></li>
            </ul>
        }
    });
    let body = match body {
        Err(reason) => Either::Left(view! { <p class="compare-none">{reason}</p> }),
        Ok(body) => Either::Right(view! { <Body body /> }),
    };
    view! {
        {context.map(|context| view! { <p class="page-context">{mark} {context}</p> })}
        <h1><Phrases phrases=heading /></h1>
        <ChooserForm chooser />
        <SavedGroups saved keep problem=keep_problem />
        {notices}
        {peers.map(|peers| view! { <p class="compare-peers">{peers}</p> })}
        {links}
        {body}
    }
    .into_any()
}

#[component]
fn Body(body: CompareBody) -> impl IntoView {
    let CompareBody { strips, radar, areas, elsewhere, course, changes, maturity, what_if, method } = body;
    let changed = Some(format!("{method}#method-changes"));
    let show = |exhibit: Option<Exhibit>| exhibit.map(|exhibit| view! { <ExhibitSection exhibit /> });
    view! {
        {show(strips)}
        {show(radar)}
        {show(areas)}
        <ElsewhereSection practices=elsewhere method=format!("{method}#method-elsewhere") />
        {show(course)}
        {changes.map(|changes| view! { <ChangesSection changes method=changed /> })}
        {show(maturity)}
        <WhatIfSection form=what_if />
    }
    .into_any()
}
