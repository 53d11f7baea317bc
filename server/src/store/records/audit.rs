//! 監査記録: entries in chains of hashes, and the checkpoints that hold the chains together.

use std::fmt::Write as _;

use sha2::{Digest, Sha256};
use shared::audit::{Act, Chain};
use shared::fiscal_year::FiscalYear;
use shared::municipality::MunicipalityCode;
use shared::time::Timestamp;

use super::Author;

/// What is to be recorded.
#[derive(Debug, Clone)]
pub struct NewAudit {
    /// What it belongs to.
    pub chain: Chain,
    /// What was done.
    pub act: Act,
    /// What of it, e.g. a question's name; may be empty.
    pub object: String,
    /// The value before.
    pub from: Option<String>,
    /// The value after.
    pub to: Option<String>,
}

/// An entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditEntry {
    /// Its key; later entries have larger ones.
    pub id: i64,
    /// What it belongs to, as stored.
    pub chain: String,
    /// Place in its chain, counted from 1.
    pub sequence: i64,
    /// What was done, as stored.
    pub act: String,
    /// What of it.
    pub object: String,
    /// The value before.
    pub from: Option<String>,
    /// The value after.
    pub to: Option<String>,
    /// Who.
    pub by: Author,
    /// When.
    pub at: Timestamp,
    /// The hash as stored.
    pub hash: String,
}

impl AuditEntry {
    /// The hash as it must be after `previous`.
    pub fn computed(&self, previous: &str) -> String {
        let Self { chain, sequence, act, object, from, to, by, at, .. } = self;
        hashed(&serde_json::json!([
            previous,
            chain,
            sequence,
            act,
            object,
            from,
            to,
            by.account.map(|id| id.0),
            by.name,
            at
        ]))
    }
}

/// The end of a chain.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Head {
    /// The chain, as stored.
    pub chain: String,
    /// How many entries it has.
    pub length: i64,
    /// The last one's hash.
    pub hash: String,
}

/// The end that is kept of a chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChainEnd {
    /// The end.
    pub head: Head,
    /// How many entries it had at its last checkpoint; 0 before the first.
    pub checked_length: i64,
}

/// The ends of all chains that had grown at that time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkpoint {
    /// Counted from 1.
    pub number: i64,
    /// When.
    pub at: Timestamp,
    /// The ends, by chain.
    pub heads: Vec<Head>,
    /// The hash as stored.
    pub hash: String,
}

impl Checkpoint {
    /// The hash as it must be after `previous`.
    pub fn computed(&self, previous: &str) -> String {
        let Self { number, at, heads, .. } = self;
        // Lists, not objects: their order is certain.
        let heads: Vec<_> = heads.iter().map(|head| (&head.chain, head.length, &head.hash)).collect();
        hashed(&serde_json::json!([previous, number, at, heads]))
    }
}

/// SHA-256 of JSON without spaces, in lower-case hexadecimal.
fn hashed(content: &serde_json::Value) -> String {
    let digest = Sha256::digest(content.to_string().as_bytes());
    digest.iter().fold(String::with_capacity(64), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// How many entries of one act a chain has at least, by what else is kept of its object.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImpliedEntries {
    /// The chain, as stored.
    pub chain: String,
    /// The act, as stored.
    pub act: String,
    /// How many.
    pub count: i64,
}

/// What is wanted of the entries; what is `None` or empty narrows nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AuditFilter {
    /// What the chain begins with.
    pub chain: String,
    /// Only what belongs to that round or to a response in it.
    pub year: Option<FiscalYear>,
    /// Only what belongs to that municipality or to a response of it.
    pub municipality: Option<MunicipalityCode>,
    /// What was done.
    pub act: Option<Act>,
    /// Part of the name of who did it.
    pub author: String,
    /// Not before then.
    pub since: Option<Timestamp>,
    /// Before then.
    pub until: Option<Timestamp>,
    /// Only entries with smaller keys.
    pub before: Option<i64>,
    /// At most so many.
    pub limit: u32,
}
