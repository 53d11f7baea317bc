//! `POST /desk/{year}/{code}/return`

use std::collections::{BTreeMap, BTreeSet};

use app::pages::desk_response::TypedReturn;
use axum::Form;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use shared::municipality::MunicipalityCode;
use shared::questionnaire::QuestionName;
use shared::wire::FieldProblem;

use crate::http::auth::Account;
use crate::http::desk::response;
use crate::http::forms::parse_year;
use crate::http::page::Page;
use crate::http::refusal::Refusal;
use crate::http::state::AppState;
use crate::service::Error;
use crate::service::returning::ReturnRequest;
use crate::store::ReturnedQuestion;

/// Sends back and shows the response again; what is wrong comes back with everything that was typed.
pub async fn post(
    State(state): State<AppState>,
    Account(account): Account,
    page: Page,
    Path((year, code)): Path<(String, String)>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, Refusal> {
    let year = parse_year(&year)?;
    let code: MunicipalityCode = code.parse().map_err(|_| Error::NotFound)?;
    let (typed, seen) = read(pairs);
    // Who may not send back is told so whatever was typed.
    let (form, events) = state.service.review(&account, year, code).await?;
    let done = match request(&typed, seen) {
        Ok(request) => state.service.return_response(&account, year, code, request).await,
        Err(problems) => Err(Error::Invalid(problems)),
    };
    let (status, problems) = match done {
        Ok(()) => return Ok(Redirect::to(&format!("/desk/{}/{code}", year.year())).into_response()),
        Err(Error::Invalid(problems)) => (StatusCode::UNPROCESSABLE_ENTITY, problems),
        Err(Error::Changed) if form.response.state.is_handed_in() => {
            let message = "画面を開いたあとに、この回答が変わりました。まだ差し戻していません。現在の内容を確認してから、もう一度「差し戻す」を押してください。";
            (StatusCode::CONFLICT, vec![problem("", message)])
        }
        Err(other) => return Err(other.into()),
    };
    let typed = TypedReturn { problems, ..typed };
    let mut response = response::show(&state, &page, &account, &form, &events, typed).await?;
    *response.status_mut() = status;
    Ok(response)
}

/// The form as typed, and the response's revision on the page.
fn read(pairs: Vec<(String, String)>) -> (TypedReturn, Option<i64>) {
    let mut typed = TypedReturn::default();
    let mut seen = None;
    for (name, value) in pairs {
        let value = value.replace("\r\n", "\n");
        match name.split_once('.').unwrap_or((name.as_str(), "")) {
            ("return", "") => {
                typed.chosen.insert(value);
            }
            ("note", "") => typed.note = value,
            ("scope", "") => typed.whole = value == "whole",
            ("revision", "") => seen = value.parse().ok(),
            ("reason", question) if !value.trim().is_empty() => {
                typed.reasons.insert(question.to_owned(), value);
            }
            ("proposed", question) => {
                typed.proposed.insert(question.to_owned(), value);
            }
            _ => {}
        }
    }
    // What was only proposed is not missed when its box is cleared.
    let TypedReturn { chosen, reasons, proposed, .. } = &mut typed;
    reasons.retain(|question, reason| chosen.contains(question) || proposed.get(question) != Some(&*reason));
    proposed.retain(|question, _| reasons.contains_key(question));
    (typed, seen)
}

/// What is to be sent back. A reason without its box, or boxes beside 「回答全体」, would be lost: they are asked about.
fn request(typed: &TypedReturn, seen: Option<i64>) -> Result<ReturnRequest, Vec<FieldProblem>> {
    let TypedReturn { chosen, reasons, note, whole, .. } = typed;
    let unchosen = reasons.keys().filter(|name| !chosen.contains(*name));
    let mut problems: Vec<FieldProblem> = unchosen
        .map(|name| {
            let message = "理由が入力されていますが、差し戻す設問に選ばれていません。選ぶか、理由を消してください。";
            problem(&format!("reason.{name}"), message)
        })
        .collect();
    if *whole && !chosen.is_empty() {
        let message = "設問が選ばれています。設問だけを差し戻すか、選択を外して回答全体を差し戻してください。";
        problems.push(problem("scope", message));
    } else if !*whole && chosen.is_empty() && problems.is_empty() {
        let message = "差し戻す設問を選んでください。全体を差し戻すときは「回答全体」を選んでください。";
        problems.push(problem("scope", message));
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    Ok(ReturnRequest { seen, note: note.clone(), questions: questions(chosen, reasons) })
}

fn questions(chosen: &BTreeSet<String>, reasons: &BTreeMap<String, String>) -> Vec<ReturnedQuestion> {
    let question = |name: &String| ReturnedQuestion {
        question: QuestionName(name.clone()),
        reason: reasons.get(name).cloned().unwrap_or_default(),
    };
    chosen.iter().map(question).collect()
}

fn problem(field: &str, message: &str) -> FieldProblem {
    FieldProblem { field: field.to_owned(), message: message.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(pairs: &[(&str, &str)]) -> (TypedReturn, Option<i64>) {
        read(pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
    }

    fn fields(pairs: &[(&str, &str)]) -> Vec<String> {
        let (typed, seen) = typed(pairs);
        request(&typed, seen).unwrap_err().into_iter().map(|problem| problem.field).collect()
    }

    #[test]
    fn the_chosen_questions_go_back_with_their_reasons() {
        let (typed, seen) = typed(&[
            ("return", "b"),
            ("return", "a"),
            ("reason.a", "一行目\r\n二行目"),
            ("reason.b", "数値"),
            ("reason.c", " "),
            ("scope", "questions"),
            ("note", "お願いします"),
            ("revision", "41"),
        ]);
        let request = request(&typed, seen).unwrap();
        assert_eq!((request.seen, request.note.as_str()), (Some(41), "お願いします"));
        let reasons: Vec<_> = request.questions.iter().map(|q| (q.question.as_str(), q.reason.as_str())).collect();
        assert_eq!(reasons, [("a", "一行目\n二行目"), ("b", "数値")]);
    }

    #[test]
    fn a_proposed_question_is_left_out_by_clearing_its_box() {
        let pairs = [
            ("return", "a"),
            ("reason.a", "一行目\r\n二行目"),
            ("proposed.a", "一行目\r\n二行目"),
            ("reason.b.c", "数値\r\n確認"),
            ("proposed.b.c", "数値\n確認"),
        ];
        let (proposed, seen) = typed(&pairs);
        let request = request(&proposed, seen).unwrap();
        assert_eq!(request.questions.iter().map(|q| q.question.as_str()).collect::<Vec<_>>(), ["a"]);
        // What was written to it would be lost.
        assert_eq!(fields(&[("return", "a"), ("reason.b", "別の数値"), ("proposed.b", "数値")]), ["reason.b"]);
    }

    #[test]
    fn nothing_typed_is_lost_by_a_box_that_was_forgotten() {
        assert_eq!(fields(&[("scope", "questions")]), ["scope"]);
        assert_eq!(fields(&[("scope", "questions"), ("reason.a", "数値")]), ["reason.a"]);
        assert_eq!(fields(&[("scope", "whole"), ("return", "a"), ("reason.a", "数値")]), ["scope"]);
    }
}
