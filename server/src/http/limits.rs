//! Rate limits of the API and of files: so many requests a minute for each token, account or address.
//!
//! Pages have none: a whole office may stand behind one address. What somebody signed in asks for counts for the account,
//! so that nobody is held up by others of the same address.

use std::convert::Infallible;
use std::net::{IpAddr, Ipv6Addr, SocketAddr};
use std::num::NonZeroU32;

use axum::extract::{FromRequestParts, Request, State};
use axum::http::request::Parts;
use axum::http::{Extensions, HeaderMap};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use governor::clock::{Clock, DefaultClock};
use governor::middleware::NoOpMiddleware;
use governor::state::keyed::HashMapStateStore;
use governor::{Quota, RateLimiter};

use super::auth::Account;
use super::refusal::Refusal;
use super::state::AppState;
use crate::service::api_tokens::Bearer;
use crate::store::{AccountId, ApiTokenId};

/// Departures to the OpenID provider a minute of one address: each keeps a session and may ask the provider.
pub const DEPARTURES: NonZeroU32 = NonZeroU32::new(60).unwrap();
/// Requests a minute, where nothing else is configured: ten a second, without a pause.
pub const DEFAULT: NonZeroU32 = NonZeroU32::new(600).unwrap();
/// Callers that are counted apart at most; further addresses share one count until others have been quiet for a minute.
const CAPACITY: usize = 50_000;

/// The other end of the connection.
#[derive(Debug, Clone, Copy)]
pub struct Peer(pub SocketAddr);

/// Whom a request counts for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Caller {
    /// A personal token.
    Token(ApiTokenId),
    /// Somebody signed in.
    Account(AccountId),
    /// Anybody at that address; of IPv6, at its network of 64 bits.
    Address(IpAddr),
    /// Addresses that came when no more are counted apart.
    Others,
}

/// Of a request that was counted; others come from nobody in particular.
impl<S: Send + Sync> FromRequestParts<S> for Caller {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(parts.extensions.get().copied().unwrap_or(Self::Others))
    }
}

impl Caller {
    /// The same as text, to be kept with what was asked for.
    pub fn key(self) -> String {
        match self {
            Self::Token(token) => format!("token {}", token.0),
            Self::Account(account) => format!("account {}", account.0),
            Self::Address(address) => address.to_string(),
            Self::Others => "others".to_owned(),
        }
    }
}

/// The address that a request comes from, whoever is signed in.
#[derive(Debug, Clone, Copy)]
pub struct Origin(pub Caller);

impl FromRequestParts<AppState> for Origin {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Infallible> {
        Ok(Self(state.limits.address(&parts.headers, &parts.extensions)))
    }
}

/// Who asked how often within the last minute.
pub struct Limits<C: Clock = DefaultClock> {
    asked: RateLimiter<Caller, HashMapStateStore<Caller>, C, NoOpMiddleware<C::Instant>>,
    clock: C,
    capacity: usize,
    proxies: usize,
}

impl Limits {
    /// That many requests a minute, behind that many proxies of the operator's own.
    pub fn new(per_minute: NonZeroU32, proxies: usize) -> Self {
        Self::timed(per_minute, proxies, CAPACITY, DefaultClock::default())
    }
}

impl<C: Clock + Clone> Limits<C> {
    fn timed(per_minute: NonZeroU32, proxies: usize, capacity: usize, clock: C) -> Self {
        let asked = RateLimiter::hashmap_with_clock(Quota::per_minute(per_minute), clock.clone());
        Self { asked, clock, capacity, proxies }
    }

    /// Counts a request, or says in how many seconds the next one is taken.
    pub fn admit(&self, caller: Caller) -> Result<(), u64> {
        let caller = match caller {
            Caller::Address(_) if self.asked.len() >= self.capacity => Caller::Others,
            Caller::Token(_) | Caller::Account(_) | Caller::Address(_) | Caller::Others => caller,
        };
        self.asked.check_key(&caller).map_err(|until| {
            let wait = until.wait_time_from(self.clock.now());
            wait.as_secs() + u64::from(wait.subsec_nanos() > 0)
        })
    }

    /// Forgets callers that have been quiet.
    pub fn forget(&self) {
        self.asked.retain_recent();
        self.asked.shrink_to_fit();
    }

    /// Where a request comes from: the peer, or what the outermost of the operator's proxies saw as its own
    /// (`X-Forwarded-For`, to which each proxy adds an address; what stands before those was written by the client).
    pub fn address(&self, headers: &HeaderMap, extensions: &Extensions) -> Caller {
        let peer = extensions.get::<Peer>().map(|Peer(peer)| peer.ip());
        let address = match self.proxies.checked_sub(1) {
            None => None,
            Some(place) => forwarded(headers).into_iter().rev().nth(place),
        };
        // Without a peer (no connection) all are one.
        address.or(peer).map_or(Caller::Others, |address| Caller::Address(network(address)))
    }
}

/// The addresses in `X-Forwarded-For`, in its order; empty where one of them is none.
fn forwarded(headers: &HeaderMap) -> Vec<IpAddr> {
    let values = headers.get_all("x-forwarded-for").iter().map(|value| value.to_str().unwrap_or_default());
    let addresses: Result<Vec<IpAddr>, _> =
        values.flat_map(|value| value.split(',')).map(|one| one.trim().parse()).collect();
    addresses.unwrap_or_default()
}

/// One subscriber of IPv6 has a network of 64 bits.
fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => IpAddr::V6(Ipv6Addr::from_bits(address.to_bits() >> 64 << 64)),
        IpAddr::V4(address) => IpAddr::V4(address),
    }
}

/// Middleware: counts requests for the API and for files, tells handlers whose they are ([`Caller`]), and refuses those
/// that are too many.
pub async fn count(
    State(state): State<AppState>,
    account: Option<Account>,
    mut request: Request,
    next: Next,
) -> Response {
    let path = request.uri().path();
    let counted = ["/api/", "/data/", "/jobs/", "/pictures/"].iter().any(|counted| path.starts_with(counted));
    if !counted && !path.ends_with("/manifest.json") {
        return next.run(request).await;
    }
    let caller = match (request.extensions().get::<Bearer>(), account) {
        (Some(bearer), _) => Caller::Token(bearer.token),
        (None, Some(Account(account))) => Caller::Account(account.id),
        (None, None) => state.limits.address(request.headers(), request.extensions()),
    };
    request.extensions_mut().insert(caller);
    match state.limits.admit(caller) {
        Ok(()) => next.run(request).await,
        Err(seconds) => Refusal::TooManyRequests { seconds }.into_response(),
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use axum::body::Body;
    use governor::clock::FakeRelativeClock;

    use super::*;

    fn caller(last: u8) -> Caller {
        Caller::Address(IpAddr::from([192, 0, 2, last]))
    }

    #[test]
    fn each_caller_has_so_many_requests_a_minute() {
        let clock = FakeRelativeClock::default();
        let limits = Limits::timed(NonZeroU32::new(60).unwrap(), 0, 10, clock.clone());
        for _ in 0..60 {
            assert_eq!(limits.admit(caller(1)), Ok(()));
        }
        assert_eq!(limits.admit(caller(1)), Err(1));
        assert_eq!(limits.admit(caller(2)), Ok(()), "others are not held up");
        assert_eq!(limits.admit(Caller::Account(AccountId(1))), Ok(()));
        clock.advance(Duration::from_secs(1));
        assert_eq!(limits.admit(caller(1)), Ok(()), "one a second follows");
        assert_eq!(limits.admit(caller(1)), Err(1));
        clock.advance(Duration::from_mins(1));
        for _ in 0..60 {
            assert_eq!(limits.admit(caller(1)), Ok(()));
        }
    }

    #[test]
    fn memory_is_bounded_and_freed() {
        let clock = FakeRelativeClock::default();
        let limits = Limits::timed(NonZeroU32::new(1).unwrap(), 0, 3, clock.clone());
        for last in 0..200 {
            let _ = limits.admit(caller(last));
        }
        assert_eq!(limits.asked.len(), 4, "three addresses and all others");
        assert_eq!(limits.admit(Caller::Account(AccountId(1))), Ok(()), "accounts are always counted apart");
        clock.advance(Duration::from_secs(200));
        limits.forget();
        assert_eq!(limits.asked.len(), 0);
    }

    #[test]
    fn an_address_is_what_a_trusted_proxy_says() {
        let request = |forwarded: &str| {
            let mut request = Request::builder().header("x-forwarded-for", forwarded).body(Body::empty()).unwrap();
            request.extensions_mut().insert(Peer("127.0.0.1:4000".parse().unwrap()));
            request
        };
        let address =
            |proxies, request: &Request| Limits::new(DEFAULT, proxies).address(request.headers(), request.extensions());
        let seen = |proxies, forwarded: &str| match address(proxies, &request(forwarded)) {
            Caller::Address(address) => address.to_string(),
            other => format!("{other:?}"),
        };
        assert_eq!(seen(0, "203.0.113.9"), "127.0.0.1", "nobody is believed unasked");
        assert_eq!(seen(1, "203.0.113.9"), "203.0.113.9");
        assert_eq!(seen(1, "198.51.100.1, 203.0.113.9"), "203.0.113.9", "the client wrote the first");
        assert_eq!(seen(2, "198.51.100.1, 203.0.113.9"), "198.51.100.1");
        assert_eq!(seen(3, "198.51.100.1, 203.0.113.9"), "127.0.0.1");
        assert_eq!(seen(1, "unknown"), "127.0.0.1");
        assert_eq!(seen(1, "2001:db8:1:2:3:4:5:6"), "2001:db8:1:2::");
        assert_eq!(seen(1, "::ffff:203.0.113.9"), "203.0.113.9");
    }
}
