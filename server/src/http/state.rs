//! What all handlers share.

use std::sync::Arc;

use axum::extract::FromRef;
use metrics_exporter_prometheus::PrometheusHandle;

use super::download::Downloads;
use super::jobs::Jobs;
use super::limits::Limits;
use super::preview::Previews;
use super::throttle::LoginThrottle;
use crate::openid::Provider;
use crate::service::Service;

/// What all handlers share; cheap to clone.
#[derive(Clone)]
pub struct AppState {
    /// The use cases.
    pub service: Arc<Service>,
    /// How this installation presents itself.
    pub site: Arc<Site>,
    /// Failed logins.
    pub throttle: Arc<LoginThrottle>,
    /// Previews under way.
    pub previews: Arc<Previews>,
    /// Who asks how often.
    pub limits: Arc<Limits>,
    /// Files under way.
    pub downloads: Arc<Downloads>,
    /// What takes long.
    pub jobs: Arc<Jobs>,
    /// Where else people may sign in.
    pub openid: Option<Arc<Provider>>,
    /// Renders the metrics.
    pub metrics: PrometheusHandle,
}

impl AppState {
    /// Nobody has asked for anything yet.
    pub fn new(service: Arc<Service>, site: Site, limits: Limits, metrics: PrometheusHandle) -> Self {
        Self {
            service,
            site: Arc::new(site),
            throttle: Arc::default(),
            previews: Arc::default(),
            limits: Arc::new(limits),
            downloads: Arc::default(),
            jobs: Arc::default(),
            openid: None,
            metrics,
        }
    }
}

/// How an installation presents itself.
#[derive(Debug, Clone)]
pub struct Site {
    /// Whom to ask, in the footer.
    pub contact: Option<String>,
    /// A mail server is configured.
    pub sends_mail: bool,
    /// The data were generated.
    pub demonstration: bool,
    /// Where it is reached, without a slash at the end, e.g. `https://shirabe.example`.
    pub address: String,
}

impl FromRef<AppState> for Arc<Service> {
    fn from_ref(state: &AppState) -> Self {
        state.service.clone()
    }
}
