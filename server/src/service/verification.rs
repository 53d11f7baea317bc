//! 検算: every published figure, computed anew from the snapshot that is kept.

use sha2::{Digest, Sha256};
use shared::fiscal_year::FiscalYear;
use shared::publication::{Finding, Snapshot};
use shared::round::RoundState;

use super::answering::hex;
use super::{Result, Service};

/// One revision of a publication, with everything that was checked of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Verified {
    /// The round.
    pub year: FiscalYear,
    /// The revision; 0 where a round is published without a snapshot.
    pub revision: u32,
    /// Each figure, the hash first.
    pub findings: Vec<Finding>,
}

impl Service {
    /// Checks every revision, of one year or of all.
    pub async fn verify_publications(&self, year: Option<FiscalYear>) -> Result<Vec<Verified>> {
        let definitions = self.definitions().await?;
        let wanted = |of: FiscalYear| year.is_none_or(|year| year == of);
        let kept = self.store.kept_publications().await?;
        let mut verified: Vec<Verified> = Vec::new();
        for publication in kept.iter().filter(|publication| wanted(publication.year)) {
            let hash = Finding {
                place: "SHA-256".to_owned(),
                published: publication.sha256.clone(),
                computed: hex(&Sha256::digest(publication.snapshot.as_bytes())),
            };
            let figures = match serde_json::from_str::<Snapshot>(&publication.snapshot) {
                Ok(snapshot) => {
                    let of_year = Finding {
                        place: "年度".to_owned(),
                        published: publication.year.to_string(),
                        computed: snapshot.year.to_string(),
                    };
                    std::iter::once(of_year).chain(snapshot.verify(&definitions)).collect()
                }
                Err(error) => vec![unreadable(&format!("読み取れません（{error}）"))],
            };
            let findings = std::iter::once(hash).chain(figures).collect();
            verified.push(Verified { year: publication.year, revision: publication.revision, findings });
        }
        let rounds = self.store.rounds().await?;
        let missing = rounds.iter().filter(|round| {
            round.state == RoundState::Published && wanted(round.year) && kept.iter().all(|p| p.year != round.year)
        });
        verified.extend(missing.map(|round| Verified {
            year: round.year,
            revision: 0,
            findings: vec![unreadable("ありません")],
        }));
        Ok(verified)
    }
}

fn unreadable(found: &str) -> Finding {
    Finding {
        place: "公表時に固定したデータ".to_owned(),
        published: "読み取れる".to_owned(),
        computed: found.to_owned(),
    }
}
