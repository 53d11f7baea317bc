//! Accounts from a file, with an initial password each.

use std::collections::HashMap;

use super::accounts::{account_problems, new_account, taken};
use super::setup::system;
use super::{Error, Result, Service};
use crate::import::accounts::{Named, Reading};
use crate::import::fault::Faults;
use crate::store::AccountRecord;

/// What initial passwords are made of: nothing that looks alike, and no vowels, so that no words come about.
const ALPHABET: &[u8; 16] = b"bcdfghjkmnpqrstv";
/// Groups of an initial password, each of four letters of four bits.
const GROUPS: usize = 5;

/// An account with its initial password.
#[derive(Debug, Clone)]
pub struct Initial {
    /// Login name.
    pub login_name: String,
    /// Name shown.
    pub display_name: String,
    /// The password.
    pub password: String,
}

impl Service {
    /// The accounts of a file that are not there yet, or every fault of those that may not be added.
    pub async fn new_accounts<'r>(
        &self,
        file: &str,
        reading: &'r Reading,
    ) -> Result<std::result::Result<Vec<&'r Named>, Faults>> {
        let known = self.store.accounts().await?;
        let known: HashMap<&str, &AccountRecord> = known.iter().map(|a| (a.login_name.as_str(), a)).collect();
        let register = self.register_codes().await?;
        let (mut faults, mut new) = (Faults::new(file), Vec::new());
        for named in &reading.accounts {
            let Named { line, login_name, display_name, municipality, roles, unread, .. } = named;
            // Where something could not be read, nobody knows whether it is the same account.
            let known = known.get(login_name.as_str()).filter(|_| unread.is_empty());
            if known.is_some_and(|known| is_same(named, known)) {
                continue;
            }
            if known.is_some() {
                let message = "このログイン名は、別の内容のアカウントにすでに使われています。";
                faults.cell(*line, reading.heading("login_name"), message);
            }
            for problem in account_problems(login_name, display_name, *municipality, roles, unread, &register) {
                faults.cell(*line, reading.heading(&problem.field), problem.message);
            }
            new.push(named);
        }
        let faults = reading.faults.clone().and(faults);
        Ok(if faults.is_empty() { Ok(new) } else { Err(faults) })
    }

    /// An initial password for each of these.
    pub fn initial_passwords<'n>(&self, accounts: impl Iterator<Item = &'n Named>) -> Result<Vec<Initial>> {
        let initial = |named: &Named| {
            Ok(Initial {
                login_name: named.login_name.clone(),
                display_name: named.display_name.clone(),
                password: password()?,
            })
        };
        accounts.map(initial).collect()
    }

    /// Adds those accounts that have an initial password, all or none.
    pub async fn add_accounts(&self, accounts: &[Named], passwords: &[Initial]) -> Result<()> {
        let named: HashMap<&str, &Named> = accounts.iter().map(|named| (named.login_name.as_str(), named)).collect();
        let register = self.register_codes().await?;
        let mut new = Vec::with_capacity(passwords.len());
        for initial in passwords {
            let named = named.get(initial.login_name.as_str()).ok_or(Error::NotFound)?;
            let request = named.request(Some(initial.password.clone()));
            new.push(new_account(request, &register, (system(), self.clock.now()), Vec::new(), None).await?);
        }
        self.store.add_accounts(&new).await.map_err(taken)
    }
}

fn is_same(named: &Named, known: &AccountRecord) -> bool {
    named.display_name == known.display_name
        && named.roles == known.roles
        && named.municipality == known.municipality
        && (named.email.is_none() || named.email == known.email)
}

/// 「kmpt-bcqd-…」, 80 bits from the operating system's randomness.
fn password() -> Result<String> {
    let mut secret = [0_u8; 4 * GROUPS];
    getrandom::fill(&mut secret).map_err(|e| Error::Internal(e.to_string()))?;
    let letters = secret.map(|byte| char::from(ALPHABET[usize::from(byte) % ALPHABET.len()]));
    let groups = letters.chunks(4).map(|group| group.iter().collect::<String>());
    Ok(groups.collect::<Vec<_>>().join("-"))
}
