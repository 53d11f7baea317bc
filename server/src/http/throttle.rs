//! Failed logins are counted by login name and by address, so that passwords cannot be tried at will: neither many for one
//! name, nor one for many names.
//!
//! Where a name has signed in before, its failures there are counted apart: nobody else can make it wait.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Mutex, MutexGuard, PoisonError};

use shared::time::Timestamp;

use super::limits::Caller;
use crate::store::AccountId;

/// Failures after which a login name has to wait.
const LIMIT: u32 = 10;
/// Failures after which an address has to wait: a whole office may stand behind it.
const LIMIT_OF_ADDRESS: u32 = 50;
/// How long failures count, in milliseconds.
const WINDOW: i64 = 15 * 60 * 1000;
/// What is remembered at most, of failures and of places each; the oldest goes first.
const CAPACITY: usize = 10_000;

/// Whom failures count for.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Key {
    /// A login name, wherever it is typed.
    Name(String),
    /// A login name where it has signed in before.
    Known(String, Caller),
    /// An address, whatever name is typed there.
    Address(Caller),
    /// Somebody signed in who is asked for the password again.
    Account(AccountId),
}

impl Key {
    fn limit(&self) -> u32 {
        match self {
            Self::Address(_) => LIMIT_OF_ADDRESS,
            Self::Name(_) | Self::Known(..) | Self::Account(_) => LIMIT,
        }
    }
}

/// A try that was let through. It counts as a failure until it is known to be none: tries sent at once must not all find
/// the count low.
#[derive(Debug)]
pub struct Try {
    who: Key,
    address: Option<Key>,
}

#[derive(Debug, Default)]
struct Counts {
    failures: HashMap<Key, (u32, Timestamp)>,
    /// Who has signed in where, and when last.
    places: HashMap<(String, Caller), Timestamp>,
}

/// Failures, in memory.
#[derive(Debug, Default)]
pub struct LoginThrottle(Mutex<Counts>);

impl LoginThrottle {
    /// Lets somebody try to sign in with that name at that address; `None` where they have to wait.
    pub fn admit(&self, login_name: &str, from: Caller, now: Timestamp) -> Option<Try> {
        let mut counts = self.counts();
        let place = (login_name.to_owned(), from);
        let tried = if counts.places.contains_key(&place) {
            Try { who: Key::Known(place.0, from), address: None }
        } else {
            Try { who: Key::Name(place.0), address: Some(Key::Address(from)) }
        };
        counts.admit(tried, now)
    }

    /// Lets somebody signed in try the own password; `None` where they have to wait.
    pub fn admit_again(&self, account: AccountId, now: Timestamp) -> Option<Try> {
        self.counts().admit(Try { who: Key::Account(account), address: None }, now)
    }

    /// What was typed is right, though more has to follow: the address has not failed.
    pub fn right(&self, tried: &Try) {
        self.counts().right(tried);
    }

    /// Forgets the failures after a success, and remembers where it was.
    pub fn succeeded(&self, tried: &Try, now: Timestamp) {
        let mut counts = self.counts();
        counts.right(tried);
        counts.failures.remove(&tried.who);
        let place = match (&tried.who, &tried.address) {
            (Key::Name(name), Some(Key::Address(from))) | (Key::Known(name, from), _) => (name.clone(), *from),
            _ => return,
        };
        make_room(&mut counts.places, |at| *at);
        counts.places.insert(place, now);
    }

    fn counts(&self) -> MutexGuard<'_, Counts> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Counts {
    fn admit(&mut self, tried: Try, now: Timestamp) -> Option<Try> {
        self.failures.retain(|_, (_, last)| now.0 - last.0 <= WINDOW);
        let keys = || [Some(&tried.who), tried.address.as_ref()].into_iter().flatten();
        let waits = |key: &Key| self.failures.get(key).is_some_and(|(count, _)| *count >= key.limit());
        if keys().any(waits) {
            return None;
        }
        for key in keys() {
            make_room(&mut self.failures, |(_, last)| *last);
            let entry = self.failures.entry(key.clone()).or_insert((0, now));
            *entry = (entry.0 + 1, now);
        }
        Some(tried)
    }

    fn right(&mut self, tried: &Try) {
        if let Some((count, _)) = tried.address.as_ref().and_then(|key| self.failures.get_mut(key)) {
            *count = count.saturating_sub(1);
        }
    }
}

/// Removes what is oldest where no more is remembered.
fn make_room<K: Eq + Hash + Clone, V>(map: &mut HashMap<K, V>, at: impl Fn(&V) -> Timestamp) {
    if map.len() >= CAPACITY
        && let Some(oldest) = map.iter().min_by_key(|(_, value)| at(value)).map(|(key, _)| key.clone())
    {
        map.remove(&oldest);
    }
}

#[cfg(test)]
mod tests {
    use std::net::IpAddr;

    use super::*;

    fn at(minutes: i64) -> Timestamp {
        Timestamp(minutes * 60_000)
    }

    fn address(last: u8) -> Caller {
        Caller::Address(IpAddr::from([192, 0, 2, last]))
    }

    #[test]
    fn a_login_name_waits_after_ten_failures_and_no_other_does() {
        let throttle = LoginThrottle::default();
        let mut last = None;
        for place in 0..10 {
            last = throttle.admit("a", address(place), at(0));
        }
        let last = last.expect("the tenth");
        assert!(throttle.admit("a", address(10), at(2)).is_none(), "wherever it is typed");
        assert!(throttle.admit("b", address(10), at(2)).is_some());
        assert!(throttle.admit("a", address(10), at(17)).is_some(), "15 minutes later");
        throttle.succeeded(&last, at(17));
        for place in 10..20 {
            assert!(throttle.admit("a", address(place), at(17)).is_some(), "a success begins anew");
        }
    }

    #[test]
    fn an_address_waits_after_fifty_failures_whatever_the_names() {
        let throttle = LoginThrottle::default();
        let fail = |name: u32| throttle.admit(&name.to_string(), address(1), at(0));
        // Who types the right password has not failed.
        for name in 0..100 {
            throttle.right(&fail(name).expect("let through"));
        }
        for name in 100..150 {
            assert!(fail(name).is_some(), "{name}");
        }
        assert!(fail(200).is_none());
        assert!(throttle.admit("200", address(2), at(0)).is_some(), "elsewhere");
        assert!(throttle.admit("200", address(1), at(16)).is_some(), "later");
    }

    #[test]
    fn nobody_makes_somebody_wait_where_they_have_signed_in_before() {
        let throttle = LoginThrottle::default();
        let own = throttle.admit("a", address(1), at(0)).expect("let through");
        throttle.succeeded(&own, at(0));
        for place in 0..50 {
            let _ = throttle.admit("a", address(2), at(1));
            let _ = throttle.admit(&place.to_string(), address(1), at(1));
        }
        assert!(throttle.admit("a", address(3), at(1)).is_none());
        for _ in 0..10 {
            assert!(throttle.admit("a", address(1), at(1)).is_some());
        }
        assert!(throttle.admit("a", address(1), at(1)).is_none(), "ten tries there too");
        let account = AccountId(1);
        let tries: Vec<Try> = (0..10).map_while(|_| throttle.admit_again(account, at(1))).collect();
        assert!(tries.len() == 10 && throttle.admit_again(account, at(1)).is_none(), "of a screen left open");
        throttle.succeeded(&tries[0], at(1));
        assert!(throttle.admit_again(account, at(1)).is_some());
    }
}
