//! Codes from a secret and the time: HOTP (RFC 4226) of the steps of 30 seconds since 1970 (RFC 6238), with SHA-1 and six
//! digits, which is what every authenticator computes.

use std::fmt;

use data_encoding::BASE32_NOPAD;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use ring::hmac;
use shared::time::Timestamp;

/// Milliseconds of a step.
const STEP: i64 = 30_000;
/// Steps before and after the present one whose codes count: clocks differ, and people type slowly.
const WINDOW: i64 = 1;
/// Bytes of a secret, as RFC 4226 (section 4, R6) recommends.
pub const SECRET_LENGTH: usize = 20;

/// What an account and its authenticator share. Its `Debug` does not show it.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret([u8; SECRET_LENGTH]);

impl Secret {
    /// The secret of those bytes.
    pub fn of(bytes: [u8; SECRET_LENGTH]) -> Self {
        Self(bytes)
    }

    /// A secret as [`Self::text`] writes it.
    pub fn parse(text: &str) -> Option<Self> {
        BASE32_NOPAD.decode(text.as_bytes()).ok()?.try_into().ok().map(Self)
    }

    /// As authenticators take it typed: base 32 (RFC 4648).
    pub fn text(&self) -> String {
        BASE32_NOPAD.encode(&self.0)
    }

    /// The bytes, to be sealed.
    pub fn bytes(&self) -> &[u8] {
        &self.0
    }

    /// As authenticators read it from a picture: issuer and account name it there.
    pub fn address(&self, issuer: &str, login_name: &str) -> String {
        let (issuer, name) =
            (utf8_percent_encode(issuer, NON_ALPHANUMERIC), utf8_percent_encode(login_name, NON_ALPHANUMERIC));
        let secret = self.text();
        format!("otpauth://totp/{issuer}:{name}?secret={secret}&issuer={issuer}&algorithm=SHA1&digits=6&period=30")
    }

    /// The step within the window whose code was typed.
    pub fn step_of(&self, typed: &str, now: Timestamp) -> Option<i64> {
        let code = parse(typed)?;
        let present = now.0.div_euclid(STEP);
        (present - WINDOW..=present + WINDOW).find(|step| self.code(*step) == code)
    }

    fn code(&self, step: i64) -> u32 {
        let key = hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, &self.0);
        let tag = hmac::sign(&key, &step.to_be_bytes());
        let tag = tag.as_ref();
        let at = usize::from(tag[tag.len() - 1] & 0xf);
        let word = u32::from_be_bytes([tag[at], tag[at + 1], tag[at + 2], tag[at + 3]]);
        (word & 0x7fff_ffff) % 1_000_000
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// A code as somebody typed it: full-width digits, spaces between.
fn parse(typed: &str) -> Option<u32> {
    let half_width = |c: char| match c {
        '０'..='９' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        other => other,
    };
    let digits: String = typed.chars().filter(|c| !c.is_whitespace()).take(7).map(half_width).collect();
    (digits.len() == 6 && digits.bytes().all(|digit| digit.is_ascii_digit())).then(|| digits.parse().ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    fn secret() -> Secret {
        Secret::of(*b"12345678901234567890")
    }

    /// RFC 6238, appendix B, the last six of its eight digits.
    #[test]
    fn codes_are_those_of_the_standard() {
        for (seconds, code) in [
            (59, 287_082),
            (1_111_111_109, 81_804),
            (1_111_111_111, 50_471),
            (1_234_567_890, 5_924),
            (2_000_000_000, 279_037),
            (20_000_000_000, 353_130),
        ] {
            assert_eq!(secret().code(seconds / 30), code, "{seconds}");
        }
    }

    #[test]
    fn a_code_counts_one_step_before_and_after() {
        let at = |seconds: i64| Timestamp(seconds * 1000);
        // 287082 is the code of 30 to 59 seconds.
        for (seconds, step) in [(0, Some(1)), (30, Some(1)), (59, Some(1)), (89, Some(1)), (90, None)] {
            assert_eq!(secret().step_of("287082", at(seconds)), step, "{seconds}");
        }
        for typed in ["２８７ ０８２", " 287082\n"] {
            assert_eq!(secret().step_of(typed, at(59)), Some(1), "{typed}");
        }
        for typed in ["", "28708", "2870820", "28708a", "+28708", "287083"] {
            assert_eq!(secret().step_of(typed, at(59)), None, "{typed}");
        }
    }

    #[test]
    fn a_secret_is_read_back_and_not_shown_by_accident() {
        let text = secret().text();
        assert_eq!(text, "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
        assert_eq!(Secret::parse(&text), Some(secret()));
        for other in ["", "GEZDGNBV", "gezdgnbvgy3tqojqgezdgnbvgy3tqojq", &format!("{text}GEZDGNBV")] {
            assert_eq!(Secret::parse(other), None, "{other}");
        }
        assert!(!format!("{:?}", secret()).contains("GEZ"));
        let address = secret().address("調査", "a@b");
        assert!(address.starts_with("otpauth://totp/%E8%AA%BF%E6%9F%BB:a%40b?secret=GEZDGNBV"), "{address}");
    }
}
