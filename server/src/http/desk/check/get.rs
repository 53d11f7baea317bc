//! `GET /desk/{year}/check`

use std::collections::{BTreeMap, BTreeSet};

use app::pages::desk_check::{CheckItem, CheckTyped, DeskCheck, DeskCheckPage, KindLink};
use app::shell::NavSection;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use leptos::prelude::*;
use shared::fiscal_year::FiscalYear;
use shared::municipality::MunicipalityCode;
use shared::plausibility::Kind;
use shared::questionnaire::{QuestionName, Questionnaire};
use shared::response::{ResponseState, Side};

use super::Asked;
use crate::http::auth::Account;
use crate::http::forms::parse_year;
use crate::http::inquiries::list_href;
use crate::http::page::{Page, Shown};
use crate::http::refusal::Refusal;
use crate::http::state::AppState;
use crate::service::checking::{Found, words};
use crate::store::{Inquiry, InquiryId};

/// Findings of a page.
const PAGE: usize = 100;

/// The heaviest findings that match.
pub async fn get(
    State(state): State<AppState>,
    Account(account): Account,
    page: Page,
    Path(year): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Refusal> {
    let year = parse_year(&year)?;
    let check = state.service.check(&account, year).await?;
    let inquiries = state.service.inquiries(&account, year, None).await?;
    let questionnaire = &check.questionnaire;
    let matching: Vec<&Found> = check.found.iter().filter(|found| asked.wants(questionnaire, found)).collect();
    let path = format!("/desk/{}/check", year.year());
    let kind_link = |kind: Option<Kind>| KindLink {
        href: asked.of_kind(kind).address(&path),
        label: kind.map_or("すべて", Kind::label),
        count: matching.iter().filter(|found| kind.is_none_or(|kind| found.finding.kind() == kind)).count(),
        chosen: asked.kind() == kind,
    };
    let kinds = [None].into_iter().chain(Kind::ALL.map(Some)).map(kind_link).collect();
    let of_kind: Vec<&Found> =
        matching.iter().copied().filter(|found| asked.kind().is_none_or(|kind| found.finding.kind() == kind)).collect();
    let total = of_kind.len();
    let last = total.div_ceil(PAGE).max(1);
    let number = asked.page.unwrap_or(1).clamp(1, last);
    let first = (number - 1) * PAGE;
    let open = inquiries.into_iter().filter(Inquiry::is_open);
    let rows = Rows {
        year,
        questionnaire,
        may_act: check.round.state.is_under_review(),
        found: of_kind.into_iter().skip(first).take(PAGE).collect(),
        open: open.filter_map(|inquiry| Some(((inquiry.code, inquiry.question?), inquiry.id))).collect(),
    };
    let to = |number: usize| asked.on_page(number).address(&path);
    let model = DeskCheck {
        year,
        typed: CheckTyped {
            municipality: asked.municipality.clone(),
            kind: asked.kind.clone(),
            section: asked.section.clone(),
            state: ResponseState::of_code(&asked.state),
        },
        kinds,
        sections: questionnaire.sections.iter().map(|s| (s.name.0.clone(), s.title.clone())).collect(),
        responses: check.responses,
        first,
        total,
        items: rows.found.iter().map(|found| rows.item(found)).collect(),
        earlier: (number > 1).then(|| to(number - 1)),
        later: (number < last).then(|| to(number + 1)),
        csv: (total > 0).then(|| asked.on_page(1).address(&format!("{path}.csv"))),
    };
    let shown = Shown::new("回答の点検", NavSection::Desk);
    Ok(page.show(shown, move || view! { <DeskCheckPage model=model.clone() /> }).await)
}

/// The findings of a page, with what their rows have in common.
struct Rows<'c> {
    year: FiscalYear,
    questionnaire: &'c Questionnaire,
    /// Whether responses can be asked about and sent back.
    may_act: bool,
    /// The findings.
    found: Vec<&'c Found>,
    /// The inquiries that are not settled, by municipality and question.
    open: BTreeMap<(MunicipalityCode, QuestionName), InquiryId>,
}

impl Rows<'_> {
    fn item(&self, found: &Found) -> CheckItem {
        let (year, code) = (self.year, found.municipality.code);
        let name = self.name(found);
        let response = format!("/desk/{}/{code}", year.year());
        let inquiry = self.open.get(&(code, name.clone()));
        let together = self.together(code);
        let returnable = self.may_act && found.state.is_handed_in();
        CheckItem {
            municipality: found.municipality.name.clone(),
            response_href: format!("{response}#a-{name}"),
            state: found.state,
            kind: found.finding.kind().label(),
            question: words::question_words(self.questionnaire, found.finding.question),
            sentence: words::sentence(self.questionnaire, &found.finding),
            open_inquiry_href: inquiry.map(|id| format!("{}/{}", list_href(year, Side::Prefecture), id.0)),
            inquiry_href: self.may_act.then(|| {
                let this = BTreeSet::from([(name, found.finding.kind().code())]);
                format!("{response}/inquiries/new?{}", query(&this))
            }),
            return_href: returnable.then(|| format!("{response}?{}#a-{name}", query(&together))),
            returned_together: together.iter().map(|(name, _)| name).collect::<BTreeSet<_>>().len(),
        }
    }

    /// Questions and kinds of all findings of the page about that municipality: it is sent back once for all of them.
    fn together(&self, code: MunicipalityCode) -> BTreeSet<(&QuestionName, &'static str)> {
        let of_code = self.found.iter().filter(|found| found.municipality.code == code);
        of_code.map(|found| (self.name(found), found.finding.kind().code())).collect()
    }

    fn name(&self, found: &Found) -> &QuestionName {
        &self.questionnaire.question(found.finding.question).name
    }
}

/// The part of an address that names those findings.
fn query(findings: &BTreeSet<(&QuestionName, &'static str)>) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    for (name, kind) in findings {
        query.append_pair("question", name.as_str()).append_pair("finding", kind);
    }
    query.finish()
}
