//! Failed logins are counted by login name, so that passwords cannot be tried at will.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use shared::time::Timestamp;

/// Failures after which a login name has to wait.
const LIMIT: u32 = 10;
/// How long failures count, in milliseconds.
const WINDOW: i64 = 15 * 60 * 1000;
/// Login names remembered at most; the oldest failures go first.
const CAPACITY: usize = 10_000;

/// Failures by login name, in memory.
#[derive(Debug, Default)]
pub struct LoginThrottle(Mutex<HashMap<String, (u32, Timestamp)>>);

impl LoginThrottle {
    /// Whether that login name may try now.
    pub fn allows(&self, login_name: &str, now: Timestamp) -> bool {
        let failures = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        failures.get(login_name).is_none_or(|(count, last)| *count < LIMIT || now.0 - last.0 > WINDOW)
    }

    /// Counts a failure.
    pub fn failed(&self, login_name: &str, now: Timestamp) {
        let mut failures = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        failures.retain(|_, (_, last)| now.0 - last.0 <= WINDOW);
        if failures.len() >= CAPACITY
            && let Some(oldest) = failures.iter().min_by_key(|(_, (_, last))| *last).map(|(name, _)| name.clone())
        {
            failures.remove(&oldest);
        }
        let entry = failures.entry(login_name.to_owned()).or_insert((0, now));
        *entry = (entry.0 + 1, now);
    }

    /// Forgets the failures after a success.
    pub fn succeeded(&self, login_name: &str) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(login_name);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_login_name_waits_after_ten_failures_and_no_other_does() {
        let throttle = LoginThrottle::default();
        let at = |minutes: i64| Timestamp(minutes * 60_000);
        for _ in 0..9 {
            throttle.failed("a", at(0));
        }
        assert!(throttle.allows("a", at(0)));
        throttle.failed("a", at(1));
        assert!(!throttle.allows("a", at(2)));
        assert!(throttle.allows("b", at(2)));
        assert!(throttle.allows("a", at(17)));
        throttle.succeeded("a");
        assert!(throttle.allows("a", at(2)));
    }
}
