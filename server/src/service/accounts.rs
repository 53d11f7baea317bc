//! Accounts and passwords.

use std::collections::BTreeSet;
use std::num::NonZero;
use std::sync::LazyLock;

use argon2::{Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version};
use shared::email::EmailAddress;
use shared::invitation::Standing;
use shared::municipality::MunicipalityCode;
use shared::time::Timestamp;
use shared::visibility::Visibility;
use shared::wire::FieldProblem;
use tokio::sync::Semaphore;

use super::setup::system;
use super::{Error, Result, Service};
use crate::access::Role;
use crate::store::{AccountId, AccountRecord, Author, NewAccount, SignIn, StoreError};

/// Shortest password, in characters (NIST SP 800-63B-4, 3.1.1.2: at least 15 for a password alone is advised,
/// 8 required; 12 is this product's choice for accounts without a second factor).
pub const SHORTEST_PASSWORD: usize = 12;
/// Longest password, in characters, so that nobody can keep the hash busy.
pub const LONGEST_PASSWORD: usize = 128;

/// An account to be made, as typed.
#[derive(Debug, Clone)]
pub struct AccountRequest {
    /// Login name.
    pub login_name: String,
    /// Name shown.
    pub display_name: String,
    /// Password; without one, an invitation sets it.
    pub password: Option<String>,
    /// Where mail to it goes.
    pub email: Option<EmailAddress>,
    /// Municipality it belongs to.
    pub municipality: Option<MunicipalityCode>,
    /// Its roles.
    pub roles: BTreeSet<Role>,
}

impl AccountRecord {
    /// The account as author of a change.
    pub fn author(&self) -> Author {
        Author { account: Some(self.id), name: self.display_name.clone() }
    }

    /// Whether it holds the role.
    pub fn is(&self, role: Role) -> bool {
        self.roles.contains(&role)
    }

    /// The municipality it may answer for.
    pub fn answers_for(&self) -> Option<MunicipalityCode> {
        self.municipality.filter(|_| self.is(Role::Respondent) || self.is(Role::Approver))
    }

    /// How wide it may see others' results: 県 for the prefecture's staff, 協議会 for members, else what is public.
    pub fn clearance(&self) -> Visibility {
        if self.is(Role::Officer) || self.is(Role::Analyst) {
            Visibility::Prefecture
        } else if self.is(Role::Member) {
            Visibility::Council
        } else {
            Visibility::Public
        }
    }
}

impl Service {
    /// Adds an account, as the installation itself.
    pub async fn add_account(&self, request: AccountRequest) -> Result<AccountId> {
        let new = self.one_account(request, system(), Vec::new()).await?;
        self.store.add_account(&new).await.map_err(taken)
    }

    /// Codes of the municipalities that an account may belong to.
    pub(super) async fn register_codes(&self) -> Result<BTreeSet<MunicipalityCode>> {
        Ok(self.store.municipalities(None).await?.into_iter().map(|municipality| municipality.code).collect())
    }

    /// One account that is to be added, checked as [`new_account`] does.
    pub(super) async fn one_account(
        &self,
        request: AccountRequest,
        by: Author,
        unread: Vec<FieldProblem>,
    ) -> Result<NewAccount> {
        let taken = self.store.account_by_login(&request.login_name).await?.map(|_| login_name_taken());
        new_account(request, &self.register_codes().await?, (by, self.clock.now()), unread, taken).await
    }

    /// The account, if the password is right; nobody is signed in by that yet. Takes as long when the login name does
    /// not exist.
    pub async fn authenticate(&self, login_name: &str, password: String) -> Result<Option<AccountRecord>> {
        let account = self.store.account_by_login(login_name).await?;
        if password.chars().count() > LONGEST_PASSWORD {
            return Ok(None);
        }
        let usable = account.filter(|account| account.standing(self.clock.now()) == Standing::Active);
        let stored = match &usable {
            Some(account) => account.password_hash.clone(),
            None => no_ones_hash().await?,
        };
        let right = verify(password, stored).await?;
        Ok(usable.filter(|_| right))
    }

    /// Notes that somebody has signed in.
    pub async fn note_login(&self, account: &AccountRecord, sign_in: SignIn) -> Result<()> {
        Ok(self.store.note_login(account.id, sign_in, self.clock.now()).await?)
    }

    /// The account of that id, unless it is disabled.
    pub async fn account(&self, id: AccountId) -> Result<Option<AccountRecord>> {
        Ok(self.store.account(id).await?.filter(|account| account.disabled_at.is_none()))
    }

    /// Whom a verified address signs in: the one account that has it, in capitals or not, and is not disabled.
    pub async fn account_of_address(&self, address: &EmailAddress) -> Result<AccountRecord> {
        let mut found = self.store.accounts().await?.into_iter().filter(|account| has_address(account, address));
        let message = match (found.next(), found.next()) {
            (Some(account), None) => return Ok(account),
            (None, _) => {
                "あなたのメールアドレスを登録したアカウントがないため、ログインできません。アカウントのメールアドレスを、県の担当に確認してください。"
            }
            (Some(_), Some(_)) => {
                "同じメールアドレスのアカウントが2つ以上あるため、ログインできません。ログイン名とパスワードでログインするか、県の担当へ連絡してください。"
            }
        };
        Err(Error::Refused(message.to_owned()))
    }

    /// Sets another password; every session of the account ends.
    pub async fn change_password(&self, account: &AccountRecord, present: String, new: String) -> Result<()> {
        let new = checked_password(new)?;
        confirm_password(account, present).await?;
        Ok(self.store.set_password(account.id, &hash(new).await?, &account.author(), self.clock.now()).await?)
    }

    /// All accounts by login name.
    pub async fn accounts(&self) -> Result<Vec<AccountRecord>> {
        Ok(self.store.accounts().await?)
    }
}

/// What is to be added, checked; `unread` are problems of fields that could not be read, `taken` that the login name is
/// another's, where that is known.
pub(super) async fn new_account(
    request: AccountRequest,
    register: &BTreeSet<MunicipalityCode>,
    (by, at): (Author, Timestamp),
    unread: Vec<FieldProblem>,
    taken: Option<FieldProblem>,
) -> Result<NewAccount> {
    let AccountRequest { login_name, display_name, password, email, municipality, roles } = request;
    let fields: Vec<&str> = unread.iter().map(|problem| problem.field.as_str()).collect();
    let further = account_problems(&login_name, &display_name, municipality, &roles, &fields, register);
    let mut problems = [unread, further].concat();
    problems.extend(taken);
    let password = match password.map(checked_password).transpose() {
        Err(Error::Invalid(wrong)) => {
            problems.extend(wrong);
            None
        }
        checked => checked?,
    };
    if !problems.is_empty() {
        return Err(Error::Invalid(problems));
    }
    let password_hash = match password {
        Some(password) => hash(password).await?,
        None => String::new(),
    };
    Ok(NewAccount { login_name, display_name, password_hash, email, municipality, roles, by, at })
}

/// Everything that cannot be of an account, whatever its password; of fields that could not be read, nothing.
pub(super) fn account_problems(
    login_name: &str,
    display_name: &str,
    municipality: Option<MunicipalityCode>,
    roles: &BTreeSet<Role>,
    unread: &[&str],
    register: &BTreeSet<MunicipalityCode>,
) -> Vec<FieldProblem> {
    let mut problems = Vec::new();
    let mut problem = |field: &str, message: String| problems.push(FieldProblem { field: field.to_owned(), message });
    let login_is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-' | '@');
    if !(3..=64).contains(&login_name.len()) || !login_name.chars().all(login_is_plain) {
        problem("login_name", "ログイン名は半角英数字と . _ - @ の3〜64文字にしてください。".to_owned());
    }
    if display_name.trim().is_empty() || display_name.chars().count() > 100 {
        problem("display_name", "表示名は1〜100文字にしてください。".to_owned());
    }
    let answers = roles.contains(&Role::Respondent) || roles.contains(&Role::Approver);
    if roles.is_empty() {
        problem("role", "役割を1つ以上指定してください。".to_owned());
    } else if answers != municipality.is_some() && !roles.contains(&Role::Member) {
        let message = "回答者と承認者には市町村コードが必要です。県の役割には指定できません。";
        problem("municipality", message.to_owned());
    } else if answers && municipality.is_none() {
        problem("municipality", "回答者と承認者には市町村コードが必要です。".to_owned());
    }
    if let Some(code) = municipality.filter(|code| !register.contains(code)) {
        problem("municipality", format!("市町村コード {code} は名簿にありません。"));
    }
    problems.retain(|problem| !unread.contains(&problem.field.as_str()));
    problems
}

/// Refuses whoever does not know the account's password.
pub(super) async fn confirm_password(account: &AccountRecord, present: String) -> Result<()> {
    if present.chars().count() > LONGEST_PASSWORD || !verify(present, account.password_hash.clone()).await? {
        return Err(Error::invalid("present", "現在のパスワードが違います。"));
    }
    Ok(())
}

/// Whether a verified address signs the account in, of all there are: it has one, and no other account has the same.
pub fn is_found_by_address(account: &AccountRecord, all: &[AccountRecord]) -> bool {
    let Some(address) = &account.email else { return false };
    let mut found = all.iter().filter(|one| has_address(one, address));
    found.next().is_some_and(|first| first.id == account.id) && found.next().is_none()
}

/// Whether it has that address and is not disabled.
fn has_address(account: &AccountRecord, address: &EmailAddress) -> bool {
    account.disabled_at.is_none() && account.email.as_ref().is_some_and(|email| same_address(email, address))
}

/// Whether mail to both arrives at the same place, as far as offices' mail servers tell capitals apart: not at all.
fn same_address(one: &EmailAddress, other: &EmailAddress) -> bool {
    one.as_str().eq_ignore_ascii_case(other.as_str())
}

/// Says that a login name is taken.
pub(super) fn taken(error: StoreError) -> Error {
    match error {
        StoreError::Exists(_) => Error::Invalid(vec![login_name_taken()]),
        other => other.into(),
    }
}

fn login_name_taken() -> FieldProblem {
    FieldProblem {
        field: "login_name".to_owned(), message: "このログイン名はすでに使われています。".to_owned()
    }
}

/// A password that may be set.
pub(super) fn checked_password(password: String) -> Result<String> {
    let length = password.chars().count();
    if (SHORTEST_PASSWORD..=LONGEST_PASSWORD).contains(&length) {
        return Ok(password);
    }
    let message = format!("パスワードは{SHORTEST_PASSWORD}〜{LONGEST_PASSWORD}文字にしてください。");
    Err(Error::invalid("password", message))
}

/// argon2id with the first parameters of OWASP's Password Storage Cheat Sheet: 19 MiB, 2 passes, 1 lane.
fn hasher() -> Result<Argon2<'static>> {
    let params = Params::new(19 * 1024, 2, 1, None).map_err(|e| Error::Internal(e.to_string()))?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

/// Hashes off the async threads, with a salt from the operating system.
pub(super) async fn hash(password: String) -> Result<String> {
    off_thread(move || {
        let hash = hasher()?.hash_password(password.as_bytes());
        hash.map(|h: argon2::PasswordHash| h.to_string()).map_err(|e| Error::Internal(e.to_string()))
    })
    .await
}

async fn verify(password: String, stored: String) -> Result<bool> {
    off_thread(move || Ok(hasher()?.verify_password(password.as_bytes(), stored.as_str()).is_ok())).await
}

/// A hash that no password matches, to spend the same time on unknown login names.
async fn no_ones_hash() -> Result<String> {
    static HASH: tokio::sync::OnceCell<String> = tokio::sync::OnceCell::const_new();
    HASH.get_or_try_init(|| async {
        let mut secret = [0_u8; 32];
        getrandom::fill(&mut secret).map_err(|e| Error::Internal(e.to_string()))?;
        hash(super::answering::hex(&secret)).await
    })
    .await
    .cloned()
}

/// As many at a time as there are cores: each takes 19 MiB and a whole core, and anybody may ask for one.
async fn off_thread<T: Send + 'static>(work: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
    static PLACES: LazyLock<Semaphore> = LazyLock::new(|| Semaphore::new(places()));
    let place = PLACES.acquire().await.map_err(|e| Error::Internal(e.to_string()))?;
    let work = move || {
        // Kept until the end, also where nobody waits for it any more.
        let _place = place;
        work()
    };
    tokio::task::spawn_blocking(work).await.map_err(|e| Error::Internal(e.to_string()))?
}

fn places() -> usize {
    std::thread::available_parallelism().map_or(1, NonZero::get)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};

    use tokio::task::JoinSet;

    use super::*;

    #[tokio::test(flavor = "multi_thread")]
    async fn no_more_passwords_are_hashed_at_a_time_than_there_are_cores() {
        let (running, most) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
        let mut tasks = JoinSet::new();
        for _ in 0..8 * places() {
            let (running, most) = (running.clone(), most.clone());
            tasks.spawn(off_thread(move || {
                most.fetch_max(running.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                let hashed = hasher()?.hash_password(b"a password").map(drop);
                running.fetch_sub(1, Ordering::SeqCst);
                hashed.map_err(|error| Error::Internal(error.to_string()))
            }));
        }
        for ended in tasks.join_all().await {
            ended.unwrap();
        }
        assert!(most.load(Ordering::SeqCst) <= places(), "{most:?}");
    }
}
