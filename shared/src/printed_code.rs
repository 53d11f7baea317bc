//! Codes that are printed and typed from paper: of invitations, and those that recover an account without its second factor.

use std::fmt;

/// Crockford's base 32: no I, L, O, U, which are mistaken on paper.
const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Characters of a code, five bits each.
const LENGTH: usize = 16;
/// Characters between two hyphens.
const GROUP: usize = 4;

/// 80 random bits for one use, written as `XXXX-XXXX-XXXX-XXXX`. Its `Debug` does not show it.
#[derive(Clone, PartialEq, Eq)]
pub struct PrintedCode(String);

impl PrintedCode {
    /// The code of those bits.
    pub fn of_bits(bits: [u8; 10]) -> Self {
        let bits = bits.iter().fold(0_u128, |all, byte| all << 8 | u128::from(*byte));
        let place = |at: usize| usize::try_from(bits >> (5 * (LENGTH - 1 - at)) & 31).unwrap_or(0);
        Self((0..LENGTH).map(|at| char::from(LETTERS[place(at)])).collect())
    }

    /// The code as somebody typed it: small or full-width letters, O for 0, I and L for 1, hyphens and spaces anywhere.
    pub fn parse(typed: &str) -> Option<Self> {
        let half_width = |c: char| match c {
            '！'..='～' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
            other => other,
        };
        let spoken = |c: char| match half_width(c).to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            other => other,
        };
        let between = |c: char| c.is_whitespace() || matches!(c, '-' | '‐' | '－' | 'ー' | '−' | '―');
        // No more is read than a code may hold: whatever is longer is none.
        let letters: String = typed.chars().filter(|c| !between(*c)).take(LENGTH + 1).map(spoken).collect();
        let valid = letters.len() == LENGTH && letters.bytes().all(|letter| LETTERS.contains(&letter));
        valid.then_some(Self(letters))
    }

    /// What is hashed: the letters without hyphens.
    pub fn letters(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for PrintedCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, letter) in self.0.chars().enumerate() {
            if place > 0 && place % GROUP == 0 {
                f.write_str("-")?;
            }
            write!(f, "{letter}")?;
        }
        Ok(())
    }
}

impl fmt::Debug for PrintedCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PrintedCode(…)")
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_code_is_written_in_groups_and_read_as_people_type_it() {
        let code = PrintedCode::of_bits([0x00, 0x44, 0x32, 0x14, 0xc7, 0x42, 0x54, 0xb6, 0x35, 0xcf]);
        assert_eq!(code.to_string(), "0123-4567-89AB-CDEF");
        for typed in [
            "0123456789abcdef",
            " o123 4567 89ab cdef ",
            "0L23-4567-89AB-CDEF",
            "０１２３－４５６７－８９ＡＢ－ｃｄｅｆ",
        ] {
            assert_eq!(PrintedCode::parse(typed).as_ref(), Some(&code), "{typed}");
        }
        for typed in ["", "0123-4567-89AB-CDE", "0123-4567-89AB-CDEFG", "U123-4567-89AB-CDEF", "あ123-4567-89AB-CDEF"]
        {
            assert_eq!(PrintedCode::parse(typed), None, "{typed}");
        }
        assert!(!format!("{code:?}").contains("0123"));
    }

    proptest! {
        #[test]
        fn every_code_is_read_back(bits in any::<[u8; 10]>()) {
            let code = PrintedCode::of_bits(bits);
            prop_assert_eq!(PrintedCode::parse(&code.to_string()), Some(code));
        }
    }
}
