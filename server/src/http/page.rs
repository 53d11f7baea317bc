//! Rendering a page: the view model, the shell around it, and who is looking.

use std::sync::Arc;

use app::components::exhibit::PageAddress;
use app::components::picture::PictureScript;
use app::shell::{NavSection, Shell, ShellModel, Viewer};
use axum::body::Body;
use axum::extract::FromRequestParts;
use axum::http::Request;
use axum::http::request::Parts;
use axum::response::Response;
use leptos::nonce::Nonce;
use leptos::prelude::*;
use shared::fiscal_year::FiscalYear;
use shared::visibility::Visibility;

use super::assets;
use super::auth::Account;
use super::preview::SeenBy;
use super::refusal::Refusal;
use super::security::PageNonce;
use super::state::AppState;
use crate::access::Role;
use crate::store::AccountRecord;

/// Everything a page needs besides its own model. An extractor; anonymous visitors have one too.
#[derive(Clone)]
pub struct Page {
    /// Who is signed in.
    pub account: Option<AccountRecord>,
    state: AppState,
    nonce: PageNonce,
    viewer: Option<Viewer>,
    year: Option<FiscalYear>,
    address: PageAddress,
    preview: Option<Arc<str>>,
}

/// What a handler says of its page.
#[derive(Debug, Clone)]
pub struct Shown {
    /// The page's name.
    pub title: String,
    /// The link marked as current.
    pub section: NavSection,
    /// Whether it has an island.
    pub island: bool,
    /// Whether it stands without header and footer, inside another page.
    pub bare: bool,
    /// Whether its tables can be sorted; not where the page is made to be printed.
    pub sortable: bool,
}

impl Shown {
    /// A page without an island.
    pub fn new(title: impl Into<String>, section: NavSection) -> Self {
        Self { title: title.into(), section, island: false, bare: false, sortable: true }
    }
}

impl FromRequestParts<AppState> for Page {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Refusal> {
        let account = <Option<Account>>::from_request_parts(parts, state).await.unwrap_or(None).map(|a| a.0);
        let nonce = parts.extensions.get::<PageNonce>().cloned().unwrap_or_default();
        let viewer = match &account {
            Some(account) => Some(viewer(state, account).await?),
            None => None,
        };
        let year = state.service.current_round().await?.map(|round| round.year);
        let address = PageAddress::of(parts.uri.path(), parts.uri.query().unwrap_or_default());
        let preview = parts.extensions.get::<SeenBy>().map(|seen_by| seen_by.words.clone());
        Ok(Self { account, state: state.clone(), nonce, viewer, year, address, preview })
    }
}

async fn viewer(state: &AppState, account: &AccountRecord) -> Result<Viewer, Refusal> {
    let municipality = match account.municipality {
        Some(code) => state.service.municipality(code).await?.map(|m| m.name),
        None => None,
    };
    Ok(Viewer {
        display_name: account.display_name.clone(),
        municipality,
        role_label: account.roles.iter().map(|r| r.label()).collect::<Vec<_>>().join("・"),
        may_answer: account.answers_for().is_some(),
        may_manage: account.is(Role::Officer),
    })
}

impl Page {
    /// The page as somebody sees it who has just signed in.
    pub async fn signed_in(mut self, account: AccountRecord) -> Result<Self, Refusal> {
        self.viewer = Some(viewer(&self.state, &account).await?);
        self.account = Some(account);
        Ok(self)
    }

    /// How wide the viewer may see.
    pub fn clearance(&self) -> Visibility {
        self.account.as_ref().map_or(Visibility::Public, AccountRecord::clearance)
    }

    /// Whether the data were generated.
    pub fn is_demonstration(&self) -> bool {
        self.state.site.demonstration
    }

    /// Whether the viewer is an officer.
    pub fn is_officer(&self) -> bool {
        self.account.as_ref().is_some_and(|account| account.is(Role::Officer))
    }

    /// Renders the page within the shell.
    pub async fn show<V: IntoView + 'static>(
        &self,
        shown: Shown,
        view: impl Fn() -> V + Clone + Send + Sync + 'static,
    ) -> Response {
        let model = ShellModel {
            title: shown.title,
            survey_name: "市町村DXアンケート".to_owned(),
            prefecture: "青森県".to_owned(),
            year: self.year,
            demonstration: self.state.site.demonstration,
            preview: self.preview.as_deref().map(str::to_owned),
            viewer: self.viewer.clone(),
            section: shown.section,
            island: shown.island,
            assets: assets::names(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            contact: self.state.site.contact.clone(),
        };
        let bare = shown.bare;
        let (nonce, address) = (self.nonce.clone(), shown.sortable.then(|| self.address.clone()));
        let render = leptos_axum::render_app_async_with_context(
            move || {
                provide_context(Nonce::from_value(nonce.0.as_ref()));
                if let Some(address) = &address {
                    provide_context(address.clone());
                }
                provide_context(PictureScript(assets::names().picture));
            },
            move || {
                let view = view.clone();
                view! { <Shell model=model.clone() bare>{view()}</Shell> }
            },
        );
        let mut response = render(Request::new(Body::empty())).await;
        if shown.island {
            response.extensions_mut().insert(super::security::IslandPage);
        }
        response
    }
}

/// Where a visitor goes after login.
pub fn home_of(account: &AccountRecord) -> &'static str {
    if account.is(Role::Officer) {
        "/desk"
    } else if account.answers_for().is_some() {
        "/answer"
    } else {
        "/"
    }
}

/// Whether a path is one of `parts` or lies below it.
pub fn is_within(path: &str, parts: &[&str]) -> bool {
    let below = |part: &&str| path.strip_prefix(*part).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
    parts.iter().any(below)
}

/// Keeps `next` only if it is a path of this site. Browsers drop tabs and line ends and read `\` as `/`.
pub fn local_path(next: &str) -> Option<&str> {
    let local =
        next.starts_with('/') && !next.starts_with("//") && !next.contains(|c: char| c == '\\' || c.is_control());
    local.then_some(next)
}
