//! `POST /logout`

use axum::response::{IntoResponse, Redirect, Response};

use crate::http::auth::AuthSession;
use crate::http::refusal::Refusal;
use crate::service::Error;

/// Ends the session on the server.
pub async fn post(mut session: AuthSession) -> Result<Response, Refusal> {
    session.logout().await.map_err(|error| Refusal::Service(Error::Internal(error.to_string())))?;
    Ok(Redirect::to("/login").into_response())
}
