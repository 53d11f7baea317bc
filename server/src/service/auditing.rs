//! 監査記録: reading it, closing a minute's chains, and verifying them.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::sync::Arc;

use shared::audit::Act;
use tokio::runtime::Handle;

use super::rounds::require;
use super::{Result, Service};
use crate::access::Role;
use crate::export::dataset::audit::AuditTable;
use crate::store::{AccountRecord, AuditEntry, AuditFilter, Head, ImpliedEntries, Store};

/// Entries read at a time.
const PIECE: u32 = 1000;

/// The entries that matched when they were asked for, read piece by piece.
pub struct Entries {
    store: Arc<dyn Store>,
    filter: AuditFilter,
    /// How long each chain was then: what was recorded later is left out, whatever its key. Keys are drawn before what they
    /// belong to is committed, so that a later entry may have a smaller one.
    lengths: BTreeMap<String, i64>,
    runtime: Handle,
}

impl Entries {
    /// Hands over every entry, latest first. Blocks: not for threads that answer others.
    pub fn each(&self, take: &mut dyn FnMut(&AuditEntry) -> io::Result<()>) -> io::Result<()> {
        let mut filter = AuditFilter { limit: PIECE, ..self.filter.clone() };
        loop {
            let entries = self.runtime.block_on(self.store.audit(&filter)).map_err(io::Error::other)?;
            let known = |entry: &&AuditEntry| self.lengths.get(&entry.chain).is_some_and(|n| entry.sequence <= *n);
            entries.iter().filter(known).try_for_each(&mut *take)?;
            match entries.last() {
                Some(last) if entries.len() == PIECE as usize => filter.before = Some(last.id),
                Some(_) | None => return Ok(()),
            }
        }
    }
}

/// A checkpoint as it can be kept outside the database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownCheckpoint {
    /// Counted from 1.
    pub number: i64,
    /// Its hash.
    pub hash: String,
}

/// What was verified.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Verification {
    /// Entries read.
    pub entries: usize,
    /// Chains read.
    pub chains: usize,
    /// Checkpoints read.
    pub checkpoints: usize,
    /// The last of them.
    pub last: Option<KnownCheckpoint>,
    /// What does not fit, each in a sentence.
    pub faults: Vec<String>,
}

impl Service {
    /// The entries that match, latest first.
    pub async fn audit(&self, account: &AccountRecord, filter: &AuditFilter) -> Result<Vec<AuditEntry>> {
        require(account, Role::Officer)?;
        Ok(self.store.audit(filter).await?)
    }

    /// The entries that match now, as a table: what is recorded later does not get into it.
    pub async fn audit_table(&self, filter: AuditFilter) -> Result<AuditTable> {
        let ends = self.store.audit_ends().await?.into_iter();
        let lengths = ends.map(|end| (end.head.chain, end.head.length)).collect();
        let entries = Entries { store: self.store.clone(), filter, lengths, runtime: Handle::current() };
        let register = self.whole_register().await?.into_iter();
        let names = register.map(|municipality| (municipality.code, municipality.name)).collect();
        let accounts = self.accounts().await?.into_iter().map(|account| (account.id.0, account.login_name)).collect();
        Ok(AuditTable::new(entries, names, accounts, self.is_demonstration().await?))
    }

    /// Writes down the ends of all chains that have grown.
    pub async fn check_audit(&self) -> Result<()> {
        let _ = self.store.check_audit(self.clock.now()).await?;
        Ok(())
    }

    /// Computes every hash anew: entries of each chain, checkpoints, the ends that checkpoints name, and the checkpoints
    /// `known` from elsewhere.
    ///
    /// What was taken off the end of a chain after the last checkpoint does not show in the checkpoints, but in the end
    /// that is kept of each chain; what was taken off the checkpoints shows in the length that is kept with it. What was
    /// taken off everywhere shows in the histories of rounds and responses, which are written together with their entries.
    pub async fn verify_audit(&self, known: &[KnownCheckpoint]) -> Result<Verification> {
        let mut verification = Verification::default();
        // Before the entries, and the ends before the checkpoints, which a running server goes on adding.
        let implied = self.store.audit_implied().await?;
        let ends = self.store.audit_ends().await?;
        let checkpoints = self.store.audit_checkpoints().await?;
        let mut previous = String::new();
        for (number, checkpoint) in (1_i64..).zip(&checkpoints) {
            verification.checkpoints += 1;
            if checkpoint.number != number || checkpoint.hash != checkpoint.computed(&previous) {
                verification.faults.push(format!("第{number}号の区切りの値が、記録の内容と合いません。"));
            }
            previous.clone_from(&checkpoint.hash);
            verification.last = Some(KnownCheckpoint { number: checkpoint.number, hash: checkpoint.hash.clone() });
        }
        for KnownCheckpoint { number, hash } in known {
            match checkpoints.iter().find(|checkpoint| checkpoint.number == *number) {
                Some(found) if found.hash == *hash => {}
                Some(_) => verification.faults.push(format!("第{number}号の区切りの値が、指定した値と合いません。")),
                None => verification.faults.push(format!("指定した第{number}号の区切りがありません。")),
            }
        }
        let marked: Vec<&Head> = checkpoints.iter().flat_map(|checkpoint| &checkpoint.heads).collect();
        let checked: BTreeMap<&str, i64> = marked.iter().map(|head| (head.chain.as_str(), head.length)).collect();
        for end in &ends {
            let (chain, length) = (end.head.chain.as_str(), end.checked_length);
            if length > checked.get(chain).copied().unwrap_or(0) {
                verification.faults.push(format!("{chain} の{length}件目までを控えた区切りがありません。"));
            }
        }
        let mut names: BTreeSet<String> = self.store.audit_chains().await?.into_iter().collect();
        names.extend(marked.iter().copied().chain(ends.iter().map(|end| &end.head)).map(|head| head.chain.clone()));
        names.extend(implied.iter().map(|implied| implied.chain.clone()));
        for name in names {
            verification.chains += 1;
            let entries = self.store.audit_of_chain(&name).await?;
            verification.entries += entries.len();
            if let Some(fault) = broken(&name, &entries) {
                verification.faults.push(fault);
            }
            let implied = implied.iter().filter(|implied| implied.chain == name);
            verification.faults.extend(implied.filter_map(|implied| lacking(implied, &entries)));
            let heads = marked.iter().copied().chain(ends.iter().map(|end| &end.head));
            for head in heads.filter(|head| head.chain == name && head.length > 0) {
                let place = usize::try_from(head.length - 1).unwrap_or(usize::MAX);
                if entries.get(place).is_none_or(|entry| entry.hash != head.hash) {
                    verification.faults.push(format!("{name} の{}件目が、控えた値と合いません。", head.length));
                    break;
                }
            }
        }
        Ok(verification)
    }
}

/// What lacks of the entries that a history implies.
fn lacking(implied: &ImpliedEntries, entries: &[AuditEntry]) -> Option<String> {
    let ImpliedEntries { chain, act, count } = implied;
    let found = entries.iter().filter(|entry| entry.act == *act).count();
    let lacks = i64::try_from(found).is_ok_and(|found| found < *count);
    let what = Act::of_code(act).map_or_else(|| act.clone(), |act| act.label().to_owned());
    lacks.then(|| format!("{chain} の「{what}」の記録が、履歴の{count}件に対して{found}件しかありません。"))
}

/// The first entry that does not fit its chain.
fn broken(chain: &str, entries: &[AuditEntry]) -> Option<String> {
    let mut previous = "";
    for (sequence, entry) in (1_i64..).zip(entries) {
        if entry.sequence != sequence {
            return Some(format!("{chain} の{sequence}件目がありません。"));
        }
        if entry.hash != entry.computed(previous) {
            return Some(format!("{chain} の{sequence}件目の値が、記録の内容と合いません。"));
        }
        previous = &entry.hash;
    }
    None
}
