//! E-mail addresses.

use std::fmt;
use std::str::FromStr;

/// An e-mail address in ASCII: `local@domain` without quotes or comments (RFC 5321, 4.1.2, as far as mail servers of
/// offices use it). Its `Debug` does not show it, so that it gets into no log.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EmailAddress(String);

/// The text is no e-mail address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("メールアドレスは半角で、dx@city.example.lg.jp の形で入力してください。")]
pub struct InvalidEmailAddress;

impl EmailAddress {
    /// An address as typed; none where nothing was.
    pub fn optional(typed: &str) -> Result<Option<Self>, InvalidEmailAddress> {
        let typed = typed.trim();
        if typed.is_empty() { Ok(None) } else { typed.parse().map(Some) }
    }

    /// The address.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for EmailAddress {
    type Err = InvalidEmailAddress;

    fn from_str(text: &str) -> Result<Self, InvalidEmailAddress> {
        let (local, domain) = text.split_once('@').ok_or(InvalidEmailAddress)?;
        let in_local = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-/=?^_`{|}~.".contains(c);
        let dots_inside = |part: &str| !part.starts_with('.') && !part.ends_with('.') && !part.contains("..");
        let label = |label: &str| {
            (1..=63).contains(&label.len())
                && label.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
                && !label.starts_with('-')
                && !label.ends_with('-')
        };
        let valid = (1..=64).contains(&local.len())
            && local.chars().all(in_local)
            && dots_inside(local)
            && domain.len() <= 189
            && domain.split('.').all(label);
        if valid { Ok(Self(text.to_owned())) } else { Err(InvalidEmailAddress) }
    }
}

impl fmt::Display for EmailAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for EmailAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("EmailAddress(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_offices_are_read_and_nothing_else() {
        for good in ["dx@city.aomori.example.lg.jp", "a.b+c_d-e@localhost", "0@1.example"] {
            assert_eq!(good.parse::<EmailAddress>().unwrap().as_str(), good);
        }
        let long = format!("{}@example.jp", "a".repeat(65));
        for bad in [
            "",
            "@",
            "a@",
            "@b",
            "a b@c",
            "a@b c",
            "a@b@c",
            ".a@b",
            "a.@b",
            "a..b@c",
            "a@b..c",
            "a@-b.c",
            "a@b.c-",
            "ａ@example.jp",
            "a@例.jp",
            "a@b\r\nBcc: x@y",
            "<a@b>",
            &long,
        ] {
            assert_eq!(bad.parse::<EmailAddress>(), Err(InvalidEmailAddress), "{bad:?}");
        }
    }

    #[test]
    fn an_address_gets_into_no_log() {
        let address: EmailAddress = "dx@city.example.jp".parse().unwrap();
        assert!(!format!("{address:?}").contains("dx"));
    }
}
