//! `GET /indicators/{id}/{year}/{code}`

use app::components::format;
use app::components::link::Link;
use app::pages::computation_answers::{AnswerRow, ComputationAnswers, ComputationAnswersPage, FieldAnswers};
use app::shell::NavSection;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use leptos::prelude::*;
use shared::indicator::{Engagement, FieldRule, FieldTest};
use shared::publication::evaluation::Contribution;
use shared::publication::{Evaluation, Publication, PublishedMunicipality};
use shared::response::{AnswerValue, Cell, ResponseState};
use shared::visibility::Visibility;

use super::super::{Located, Version, locate, missing};
use crate::access::Role;
use crate::http::page::{Page, Shown};
use crate::http::refusal::Refusal;
use crate::http::state::AppState;
use crate::store::AccountRecord;

/// Every answer that the definition reads of one municipality: for those who may see its named values, and for itself.
pub async fn get(
    State(state): State<AppState>,
    page: Page,
    Path((id, year, code)): Path<(String, String, String)>,
    version: Query<Version>,
) -> Result<Response, Refusal> {
    let publications = state.service.publications().await?;
    let model = find(&state, page.account.as_ref(), &publications, (&id, &year, &code), version).await?;
    let title = format!("{}の回答（{}）", model.name, model.definition.title);
    let shown = Shown::new(title, NavSection::Indicators);
    Ok(page.show(shown, move || view! { <ComputationAnswersPage model=model.clone() /> }).await)
}

/// The answers, or why the account may not see them.
pub async fn find(
    state: &AppState,
    account: Option<&AccountRecord>,
    publications: &[Publication],
    (id, year, code): (&str, &str, &str),
    version: Query<Version>,
) -> Result<ComputationAnswers, Refusal> {
    let located = locate(state, publications, id, year, version).await?;
    let all = &located.publication.snapshot.municipalities;
    let Some(municipality) = all.iter().find(|m| m.municipality.code.as_str() == code) else {
        return missing(format!("{}の調査の対象に、このコードの市町村はありません。", located.publication.year));
    };
    let own = account.and_then(|account| account.municipality) == Some(municipality.municipality.code);
    let clearance = account.map_or(Visibility::Public, AccountRecord::clearance);
    if !own && !located.is_named(clearance) {
        return missing("この指標のもとになる市町村別の回答は、公開範囲の設定により表示できません。");
    }
    let officer = account.is_some_and(|account| account.is(Role::Officer));
    Ok(answers(&located, municipality, officer))
}

fn answers(located: &Located<'_>, municipality: &PublishedMunicipality, officer: bool) -> ComputationAnswers {
    let evaluation = located.evaluation();
    let definition = located.definition;
    let year = located.publication.year;
    let response = officer.then(|| format!("/desk/{}/{}", year.year(), municipality.municipality.code));
    let base = format::computation_href(definition, year);
    let reader = Reader { evaluation: &evaluation, municipality, response: response.as_deref() };
    ComputationAnswers {
        year,
        definition: definition.clone(),
        name: municipality.municipality.name.clone(),
        state: municipality.state.label(),
        confirmed: municipality.state == ResponseState::Accepted,
        engagement: evaluation.decide(municipality),
        fields: definition.rule.fields.iter().map(|rule| reader.field(rule)).collect(),
        back: match located.replaced_by {
            Some(_) => format!("{base}?version={}", definition.version),
            None => base,
        },
        response: response.as_ref().map(|href| Link::new("回答の全体を見る", href.clone())),
    }
}

/// Reads one municipality's answers.
struct Reader<'s> {
    evaluation: &'s Evaluation<'s>,
    municipality: &'s PublishedMunicipality,
    /// Address of the whole response.
    response: Option<&'s str>,
}

impl Reader<'_> {
    fn read(&self, concept: &str) -> Option<Engagement> {
        self.evaluation.contribution(self.municipality, concept).engagement
    }

    fn field(&self, rule: &FieldRule) -> FieldAnswers {
        let answers = match &rule.test {
            FieldTest::Question(concept) => vec![self.answer(concept, None)],
            FieldTest::Areas { areas, .. } => {
                let of_area = areas.iter().flat_map(|area| {
                    let counted = area.decide(|concept| self.read(concept));
                    area.questions.iter().map(move |concept| self.answer(concept, Some((area.name.clone(), counted))))
                });
                of_area.collect()
            }
        };
        let engagement = rule.decide(|concept| self.read(concept));
        FieldAnswers { field: rule.field, test: rule.words(), engagement, answers }
    }

    fn answer(&self, concept: &str, area: Option<(String, Option<Engagement>)>) -> AnswerRow {
        let contribution = self.evaluation.contribution(self.municipality, concept);
        let (name, number, label) = match contribution.question {
            Some(question) => (question.name.clone(), question.number.clone(), question.label.clone()),
            None => (concept.to_owned(), "－".to_owned(), concept.to_owned()),
        };
        let asked = contribution.question.is_some();
        AnswerRow {
            area,
            href: self.response.filter(|_| asked).map(|response| format!("{response}#a-{name}")),
            question: name,
            number,
            label,
            answer: words(&contribution),
            engagement: contribution.engagement,
        }
    }
}

/// The choice's label, or the state of the cell.
fn words(contribution: &Contribution<'_>) -> String {
    let choices = contribution.question.map_or(&[][..], |question| &question.choices);
    match contribution.cell {
        Cell::Value(AnswerValue::Choice(name)) => choices
            .iter()
            .find(|choice| choice.name == *name)
            .map_or_else(|| name.clone(), |choice| choice.label.clone()),
        other => other.label().to_owned(),
    }
}
