//! 人事: the officer's care for accounts. They are added, changed, disabled and handed over.

use std::sync::atomic::AtomicU64;

use shared::email::EmailAddress;
use shared::wire::FieldProblem;

use super::accounts::{AccountRequest, account_problems, new_account, taken};
use super::rounds::{done, require};
use super::{Error, Result, Service};
use crate::access::Role;
use crate::import::accounts::Named;
use crate::store::{AccountChange, AccountId, AccountRecord, Changed, JobEnd};

/// Who takes over an account.
#[derive(Debug, Clone)]
pub struct Successor {
    /// Login name.
    pub login_name: String,
    /// Name shown.
    pub display_name: String,
    /// Where mail to it goes.
    pub email: Option<EmailAddress>,
}

impl Service {
    /// All accounts by login name, disabled ones too, for who may care for them.
    pub async fn personnel(&self, by: &AccountRecord) -> Result<Vec<AccountRecord>> {
        require(by, Role::Officer)?;
        self.accounts().await
    }

    /// One of them.
    pub async fn person(&self, by: &AccountRecord, id: AccountId) -> Result<AccountRecord> {
        require(by, Role::Officer)?;
        self.store.account(id).await?.ok_or(Error::NotFound)
    }

    /// Adds an account without a password: an invitation sets it. With problems of fields that could not be read
    /// (`unread`), it is refused with all that are found.
    pub async fn add_person(
        &self,
        by: &AccountRecord,
        request: AccountRequest,
        unread: Vec<FieldProblem>,
    ) -> Result<AccountId> {
        require(by, Role::Officer)?;
        let request = AccountRequest { password: None, ..request };
        let new = self.one_account(request, by.author(), unread).await?;
        self.store.add_account(&new).await.map_err(taken)
    }

    /// Adds accounts of a file that are not there yet, without passwords, all of them or none, and ends the job that does
    /// it; nobody, where that was stopped. `added` counts them meanwhile.
    pub async fn add_people(
        &self,
        by: &AccountRecord,
        people: &[Named],
        end: &JobEnd,
        added: &AtomicU64,
    ) -> Result<Changed> {
        require(by, Role::Officer)?;
        let register = self.register_codes().await?;
        let mut new = Vec::with_capacity(people.len());
        for named in people {
            let by = (by.author(), end.at);
            new.push(new_account(named.request(None), &register, by, Vec::new(), None).await?);
        }
        self.store.add_accounts_of_job(&new, end, added).await.map_err(taken)
    }

    /// Changes an account, or refuses it as [`Self::add_person`] does. An officer stays one by the own hand: somebody must
    /// be left to run the rounds.
    pub async fn change_person(
        &self,
        by: &AccountRecord,
        id: AccountId,
        change: AccountChange,
        unread: Vec<FieldProblem>,
    ) -> Result<()> {
        require(by, Role::Officer)?;
        let login_name = self.person(by, id).await?.login_name;
        let AccountChange { display_name, municipality, roles, .. } = &change;
        let fields: Vec<&str> = unread.iter().map(|problem| problem.field.as_str()).collect();
        let register = self.register_codes().await?;
        let further = account_problems(&login_name, display_name, *municipality, roles, &fields, &register);
        let mut problems = [unread, further].concat();
        if id == by.id && !roles.contains(&Role::Officer) {
            let message = "自分の県担当の役割は外せません。ほかの県担当が変更してください。".to_owned();
            problems.push(FieldProblem { field: "role".to_owned(), message });
        }
        if !problems.is_empty() {
            return Err(Error::Invalid(problems));
        }
        Ok(self.store.change_account(id, &change, &by.author(), self.clock.now()).await?)
    }

    /// Disables an account at once: its sessions end.
    pub async fn disable_person(&self, by: &AccountRecord, id: AccountId) -> Result<()> {
        self.person(by, id).await?;
        if id == by.id {
            let message = "自分のアカウントは無効にできません。ほかの県担当が操作してください。";
            return Err(Error::Refused(message.to_owned()));
        }
        done(self.store.disable_account(id, &by.author(), self.clock.now()).await?)
    }

    /// Hands an account over: the successor gets municipality, roles, kept groups and the sections handed to it, and has
    /// yet to be invited; the account is disabled. What was done under its name stays under its name.
    pub async fn hand_over(
        &self,
        by: &AccountRecord,
        id: AccountId,
        successor: Successor,
        unread: Vec<FieldProblem>,
    ) -> Result<AccountId> {
        let account = self.person(by, id).await?;
        if id == by.id {
            let message = "自分のアカウントは引き継げません。ほかの県担当が操作してください。";
            return Err(Error::Refused(message.to_owned()));
        }
        let Successor { login_name, display_name, email } = successor;
        let AccountRecord { municipality, roles, .. } = account;
        let request = AccountRequest { login_name, display_name, password: None, email, municipality, roles };
        let new = self.one_account(request, by.author(), unread).await?;
        self.store.hand_over(id, &new).await.map_err(taken)?.ok_or(Error::Changed)
    }
}
