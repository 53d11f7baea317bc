//! The OpenID provider (OpenID Connect Core 1.0): going there, and what it says of whoever comes back.
//!
//! Authorization code flow with PKCE, state and nonce. Where the provider is is known for a minute when somebody goes
//! there, because anybody may; with which keys it signs is asked anew whenever somebody comes back, so that a key that was
//! exchanged is known at once.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use anyhow::{Context, bail};
use openidconnect::core::{
    CoreAuthenticationFlow, CoreClient, CoreJwsSigningAlgorithm as Algorithm, CoreProviderMetadata, CoreUserInfoClaims,
};
use openidconnect::{
    AuthorizationCode, ClientId, ClientSecret, CsrfToken, DiscoveryError, EndpointMaybeSet, EndpointNotSet,
    EndpointSet, HttpRequest, HttpResponse, IssuerUrl, Nonce, OAuth2TokenResponse, PkceCodeChallenge, PkceCodeVerifier,
    RedirectUrl, RequestTokenError, Scope, TokenResponse, UserInfoError,
};
use serde::{Deserialize, Serialize};
use shared::email::EmailAddress;
use ureq::Agent;
use ureq::tls::{Certificate, RootCerts, TlsConfig};

/// Where the provider sends people back to, on this site.
pub const CALLBACK: &str = "/login/openid/callback";
/// How long one answer of the provider may take.
const PATIENCE: Duration = Duration::from_secs(10);
/// How long it is known where the provider is.
const KNOWN_FOR: Duration = Duration::from_mins(1);
/// Most that is read of one answer, in bytes.
const LARGEST_ANSWER: u64 = 1 << 20;
/// What ID tokens may be signed with: nothing that this side could have signed itself.
const ALGORITHMS: [Algorithm; 9] = [
    Algorithm::RsaSsaPkcs1V15Sha256,
    Algorithm::RsaSsaPkcs1V15Sha384,
    Algorithm::RsaSsaPkcs1V15Sha512,
    Algorithm::RsaSsaPssSha256,
    Algorithm::RsaSsaPssSha384,
    Algorithm::RsaSsaPssSha512,
    Algorithm::EcdsaP256Sha256,
    Algorithm::EcdsaP384Sha384,
    Algorithm::EdDsa,
];

/// Asked with the provider's endpoints, which it need not all have.
type Client =
    CoreClient<EndpointSet, EndpointNotSet, EndpointNotSet, EndpointNotSet, EndpointMaybeSet, EndpointMaybeSet>;

/// An OpenID provider at which people sign in. Its calls block.
pub struct Provider {
    /// What it is called on the login page.
    pub label: String,
    issuer: IssuerUrl,
    id: ClientId,
    secret: Option<ClientSecret>,
    redirect: RedirectUrl,
    assume_verified: bool,
    agent: Agent,
    known: Mutex<Option<(Instant, CoreProviderMetadata)>>,
}

/// How this installation is registered at the provider.
pub struct Registration {
    /// The provider's address, as its tokens name it.
    pub issuer: String,
    /// The name given to this installation.
    pub client_id: String,
    /// The secret given with it; public clients have none.
    pub client_secret: Option<String>,
    /// What the provider is called on the login page.
    pub label: String,
    /// Whether addresses count of which the provider does not say whether it made sure of them.
    pub assume_verified: bool,
}

/// What has to be remembered of somebody who has gone to the provider.
#[derive(Serialize, Deserialize)]
pub struct Departure {
    /// What the provider must give back.
    pub state: String,
    nonce: String,
    verifier: String,
}

/// Why nobody is known. The texts are for the log: no name, no address, no token.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// It does not answer, or not as a provider.
    #[error("the OpenID provider cannot be asked: {0}")]
    Unreachable(String),
    /// What it says does not hold.
    #[error("the OpenID provider's answer is not accepted: {0}")]
    Rejected(String),
    /// It knows no address, or has not made sure of it.
    #[error("the OpenID provider names no verified e-mail address")]
    Unverified,
}

impl Provider {
    /// A provider that sends people back to the site at `address`.
    pub fn new(registration: Registration, address: &str) -> anyhow::Result<Self> {
        let Registration { issuer, client_id, client_secret, label, assume_verified } = registration;
        let issuer = IssuerUrl::new(issuer).context("--oidc-issuer がアドレスの形ではありません")?;
        let loopback = matches!(issuer.url().host_str(), Some("localhost" | "127.0.0.1" | "[::1]"));
        if issuer.url().scheme() != "https" && !(loopback && issuer.url().scheme() == "http") {
            bail!("--oidc-issuer は https のアドレスにしてください: {}", issuer.as_str());
        }
        let redirect =
            RedirectUrl::new(format!("{address}{CALLBACK}")).context("--public-url がアドレスの形ではありません")?;
        let mut agent = Agent::config_builder()
            .http_status_as_error(false)
            // Wherever it might lead, it is not the provider that was named.
            .max_redirects(0)
            .timeout_global(Some(PATIENCE))
            .tls_config(TlsConfig::builder().root_certs(system_certificates()).build());
        if loopback {
            agent = agent.proxy(None);
        }
        Ok(Self {
            label,
            issuer,
            id: ClientId::new(client_id),
            secret: client_secret.map(ClientSecret::new),
            redirect,
            assume_verified,
            agent: agent.build().new_agent(),
            known: Mutex::default(),
        })
    }

    /// The address at which somebody signs in, and what has to be remembered until they come back.
    pub fn depart(&self) -> Result<(String, Departure), Failure> {
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let (address, state, nonce) = self
            .client(self.known()?)
            .authorize_url(CoreAuthenticationFlow::AuthorizationCode, CsrfToken::new_random, Nonce::new_random)
            .add_scope(Scope::new("email".to_owned()))
            .set_pkce_challenge(challenge)
            .url();
        let departure = Departure {
            state: state.secret().clone(),
            nonce: nonce.secret().clone(),
            verifier: verifier.secret().clone(),
        };
        Ok((address.to_string(), departure))
    }

    /// The verified address of whoever came back with that code. The caller has compared the state.
    pub fn arrive(&self, code: String, departure: Departure) -> Result<EmailAddress, Failure> {
        let (client, send) = (self.client(self.discover()?), |request: HttpRequest| self.send(request));
        let answer = client
            .exchange_code(AuthorizationCode::new(code))
            .map_err(rejected)?
            .set_pkce_verifier(PkceCodeVerifier::new(departure.verifier))
            .request(&send)
            .map_err(|error| match error {
                RequestTokenError::Request(error) => Failure::Unreachable(error.to_string()),
                other => rejected(other),
            })?;
        let token = answer.id_token().ok_or_else(|| Failure::Rejected("there is no ID token".to_owned()))?;
        let verifier = client.id_token_verifier().set_allowed_algs(ALGORITHMS);
        let claims = token.claims(&verifier, &Nonce::new(departure.nonce)).map_err(rejected)?;
        if let Some(email) = claims.email() {
            return self.verified(email.as_str(), claims.email_verified());
        }
        // The address may stand in the ID token or be kept apart from it (section 5.4).
        let asked = client.user_info(answer.access_token().clone(), Some(claims.subject().clone()));
        let said: CoreUserInfoClaims =
            asked.map_err(|_| Failure::Unverified)?.request(&send).map_err(|error| match error {
                UserInfoError::Request(error) => Failure::Unreachable(error.to_string()),
                other => rejected(other),
            })?;
        self.verified(said.email().map_or("", |email| email.as_str()), said.email_verified())
    }

    fn client(&self, metadata: CoreProviderMetadata) -> Client {
        let client = CoreClient::from_provider_metadata(metadata, self.id.clone(), self.secret.clone());
        client.set_redirect_uri(self.redirect.clone())
    }

    /// What the provider said of itself within the last minute.
    fn known(&self) -> Result<CoreProviderMetadata, Failure> {
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner).clone();
        match known.filter(|(at, _)| at.elapsed() < KNOWN_FOR) {
            Some((_, metadata)) => Ok(metadata),
            None => self.discover(),
        }
    }

    fn discover(&self) -> Result<CoreProviderMetadata, Failure> {
        let metadata = CoreProviderMetadata::discover(&self.issuer, &|request: HttpRequest| self.send(request));
        let metadata = metadata.map_err(|error| match error {
            DiscoveryError::Request(error) => Failure::Unreachable(error.to_string()),
            other => Failure::Unreachable(other.to_string()),
        })?;
        *self.known.lock().unwrap_or_else(PoisonError::into_inner) = Some((Instant::now(), metadata.clone()));
        Ok(metadata)
    }

    /// An address counts only where the provider has made sure that it is the person's, or where the operator vouches for
    /// a provider that says nothing of it.
    fn verified(&self, email: &str, verified: Option<bool>) -> Result<EmailAddress, Failure> {
        let counts = verified.unwrap_or(self.assume_verified);
        email.parse().ok().filter(|_| counts).ok_or(Failure::Unverified)
    }

    fn send(&self, request: HttpRequest) -> Result<HttpResponse, ureq::Error> {
        let answer =
            if request.body().is_empty() { self.agent.run(request.map(|_| ())) } else { self.agent.run(request) };
        let (parts, mut body) = answer?.into_parts();
        let bytes = body.with_config().limit(LARGEST_ANSWER).read_to_vec()?;
        Ok(HttpResponse::from_parts(parts, bytes))
    }
}

fn rejected(error: impl std::fmt::Display) -> Failure {
    Failure::Rejected(error.to_string())
}

/// Offices have certificate authorities of their own.
fn system_certificates() -> RootCerts {
    let found = rustls_native_certs::load_native_certs();
    for error in &found.errors {
        tracing::warn!(%error, "some of the system's certificates cannot be read");
    }
    let certificates = found.certs.iter().map(|certificate| Certificate::from_der(certificate).to_owned());
    RootCerts::new_with_certs(&certificates.collect::<Vec<_>>())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn provider(issuer: &str) -> anyhow::Result<Provider> {
        registered(issuer, false)
    }

    fn registered(issuer: &str, assume_verified: bool) -> anyhow::Result<Provider> {
        let registration = Registration {
            issuer: issuer.to_owned(),
            client_id: "shirabe".to_owned(),
            client_secret: None,
            label: "統合認証".to_owned(),
            assume_verified,
        };
        Provider::new(registration, "http://127.0.0.1:3000")
    }

    #[test]
    fn only_a_provider_on_this_machine_may_be_asked_without_encryption() {
        for issuer in
            ["https://id.pref.example.lg.jp/realms/dx", "http://127.0.0.1:8080", "http://localhost/", "http://[::1]:1"]
        {
            assert!(provider(issuer).is_ok(), "{issuer}");
        }
        for issuer in ["http://id.pref.example.lg.jp", "id.pref.example.lg.jp", "", "ftp://127.0.0.1.example.jp"] {
            assert!(provider(issuer).is_err(), "{issuer}");
        }
    }

    #[test]
    fn an_address_counts_only_where_it_is_verified() {
        let counts = |assume_verified, email: &str, said| {
            let verified = registered("https://id.example.jp", assume_verified).unwrap().verified(email, said);
            assert!(matches!(verified, Ok(_) | Err(Failure::Unverified)), "{verified:?}");
            verified.is_ok_and(|address| address.as_str() == email)
        };
        let email = "dx@pref.example.jp";
        assert!(counts(false, email, Some(true)) && !counts(false, email, Some(false)) && !counts(false, email, None));
        // Only silence is taken for a yes, and only where the operator says so.
        assert!(counts(true, email, Some(true)) && !counts(true, email, Some(false)) && counts(true, email, None));
        for assume_verified in [false, true] {
            assert!(!counts(assume_verified, "dx", Some(true)) && !counts(assume_verified, "", None));
        }
    }
}
