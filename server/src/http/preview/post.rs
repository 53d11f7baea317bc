//! `POST /desk/{year}/preview`

use std::collections::BTreeSet;
use std::sync::Arc;

use axum::Form;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;
use shared::municipality::MunicipalityCode;

use super::SeenBy;
use crate::access::Role;
use crate::http::auth::Account;
use crate::http::forms::parse_year;
use crate::http::refusal::Refusal;
use crate::http::router;
use crate::http::state::AppState;
use crate::store::AccountRecord;

/// As whom.
#[derive(Deserialize)]
pub struct Asked {
    /// `public`, `member`, or a municipality's code.
    r#as: String,
}

/// Begins a preview of the round's results as they stand.
pub async fn post(
    State(state): State<AppState>,
    Account(officer): Account,
    Path(year): Path<String>,
    Form(asked): Form<Asked>,
) -> Result<Response, Refusal> {
    let year = parse_year(&year)?;
    let unknown = || Refusal::BadRequest("だれとして見るかを、一覧から選んでください。".to_owned());
    let of_nobody = |display_name: String, role: Role, municipality: Option<MunicipalityCode>| AccountRecord {
        display_name,
        municipality,
        roles: BTreeSet::from([role]),
        ..officer.clone()
    };
    let (who, account) = match asked.r#as.as_str() {
        "public" => ("一般の人".to_owned(), None),
        "member" => {
            let name = "協議会の会員".to_owned();
            (name.clone(), Some(of_nobody(name, Role::Member, None)))
        }
        code => {
            let code: MunicipalityCode = code.parse().map_err(|_| unknown())?;
            let register = state.service.register_of(year).await?;
            let name = format!("{}の回答者", register.get(&code).ok_or_else(unknown)?.name);
            (name.clone(), Some(of_nobody(name, Role::Respondent, Some(code))))
        }
    };
    let service = Arc::new(state.service.previewing(&officer, year).await?);
    let routes = router::reading_only(AppState { service, downloads: Arc::default(), ..state.clone() });
    let words = format!("{}の結果をいま公表したとして、{who}に見える内容です。", year.wareki());
    state.previews.begin(officer.id, routes, SeenBy { account, words: words.into() });
    Ok(Redirect::to("/").into_response())
}
