//! What all handlers share.

use std::sync::Arc;

use axum::extract::FromRef;
use metrics_exporter_prometheus::PrometheusHandle;

use super::download::Downloads;
use super::throttle::LoginThrottle;
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
    /// Files under way.
    pub downloads: Arc<Downloads>,
    /// Renders the metrics.
    pub metrics: PrometheusHandle,
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
