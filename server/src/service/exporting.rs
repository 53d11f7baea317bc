//! Datasets as files.

use std::sync::Arc;

use sha2::{Digest, Sha256};
use shared::round::RoundState;
use shared::visibility::Visibility;

use super::answering::{Form, hex};
use super::publishing::{Reading, hash};
use super::rounds::require;
use super::{Error, Result, Service};
use crate::access::Role;
use crate::export::columns::Columns;
use crate::export::dataset::answers::Answers;
use crate::export::dataset::audit::{Audit, NOTES};
use crate::export::dataset::{About, Audience, Dataset, Made, Material, Round, Scope, Span, Years};
use crate::export::format::Export;
use crate::export::provenance::{Provenance, RoundFacts};
use crate::store::{AccountRecord, AuditFilter, RoundRecord};

impl Service {
    /// A dataset within a scope, ready to be written.
    pub async fn export(&self, dataset: &dyn Dataset, scope: Scope) -> Result<Export> {
        let rounds = self.rounds_within(&dataset.about(), scope).await?;
        self.made(dataset, Material { service: self, scope, rounds }).await
    }

    /// The entries of the audit log that match.
    pub async fn export_audit(&self, account: &AccountRecord, filter: AuditFilter) -> Result<Export> {
        require(account, Role::Officer)?;
        let scope = Scope { years: Years::All, reader: Visibility::Prefecture, unpublished: true, revision: None };
        let table = Box::new(self.audit_table(filter).await?);
        let provenance = self.provenance(&Audit.about(), scope, Vec::new(), &NOTES, None).await?;
        Ok(Export { table, provenance, codebook: None, basis: None, joins_years: false })
    }

    async fn made(&self, dataset: &dyn Dataset, material: Material<'_>) -> Result<Export> {
        let (about, scope) = (dataset.about(), material.scope);
        let Made { table, codebook, notes, updated, besides } = dataset.make(&material).await?;
        let rounds: Vec<RoundFacts> = if about.audience == Audience::Officers {
            self.rounds_told(&about, scope.years).await?
        } else {
            material.rounds.iter().map(|round| RoundFacts::of(&round.head)).collect()
        };
        let joins_years = about.span.has_years() && rounds.len() > 1;
        let provenance = self.provenance(&about, scope, rounds, &notes, updated).await?;
        let basis = basis(&provenance, scope.years, &material.rounds, &besides);
        Ok(Export { table, provenance, codebook, basis, joins_years })
    }

    async fn provenance(
        &self,
        about: &About,
        scope: Scope,
        rounds: Vec<RoundFacts>,
        notes: &[&str],
        updated: Option<shared::time::Timestamp>,
    ) -> Result<Provenance> {
        let published = rounds.iter().filter_map(|round| round.published_at).max();
        Ok(Provenance {
            dataset: about.id,
            title: about.title.to_owned(),
            description: about.description.to_owned(),
            audience: match about.audience {
                Audience::ByVisibility | Audience::Members => scope.reader,
                Audience::Officers => Visibility::Prefecture,
            },
            rounds,
            updated: updated.or(published),
            demonstration: self.is_demonstration().await?,
            notes: notes.iter().map(|note| (*note).to_owned()).collect(),
        })
    }

    /// The rounds that the dataset needs; at least one, where it is of rounds.
    async fn rounds_within(&self, about: &About, scope: Scope) -> Result<Vec<Round>> {
        if !about.span.fits(scope.years) {
            return Err(Error::NotFound);
        }
        if about.span == Span::All || about.audience == Audience::Officers {
            return Ok(Vec::new());
        }
        if let Some(revision) = scope.revision {
            let Years::One(year) = scope.years else { return Err(Error::NotFound) };
            return Ok(vec![self.published_revision(year, revision).await?]);
        }
        let mut rounds = self.published_rounds(scope.years).await?;
        if scope.unpublished {
            let mut others = self.rounds().await?;
            others.reverse();
            others.retain(|round| {
                let is_published = rounds.iter().any(|published| published.head.snapshot.year == round.year);
                let is_nothing_yet = round.state == RoundState::Draft && matches!(scope.years, Years::All);
                scope.years.include(round.year) && !is_published && !is_nothing_yet
            });
            // One round's answers are read while those of the one before are put in order.
            let mut next = others.first().map(|round| self.read_answers(round.year));
            for (place, round) in others.iter().enumerate() {
                let Some(answers) = next.take() else { break };
                next = others.get(place + 1).map(|round| self.read_answers(round.year));
                rounds.push(self.round_under_way(round, answers).await?);
            }
            rounds.sort_by_key(|round| round.head.snapshot.year);
        }
        if rounds.is_empty() && matches!(scope.years, Years::One(_)) { Err(Error::NotFound) } else { Ok(rounds) }
    }

    /// The rounds whose way a dataset for officers tells.
    async fn rounds_told(&self, about: &About, years: Years) -> Result<Vec<RoundFacts>> {
        let mut told = Vec::new();
        if about.span == Span::All {
            return Ok(told);
        }
        for round in self.rounds().await?.iter().rev().filter(|round| years.include(round.year)) {
            let is_nothing_yet = round.state == RoundState::Draft && matches!(years, Years::All);
            if !is_nothing_yet {
                let questionnaire = self.questionnaire(round.questionnaire).await?;
                told.push(RoundFacts::on_its_way(round, &questionnaire));
            }
        }
        Ok(told)
    }

    /// One municipality's own answers, long, with every question.
    pub async fn export_own(&self, form: &Form) -> Result<Export> {
        let year = form.round.year;
        let snapshot = self.own_snapshot(form).await?;
        let comparable = self.comparable_with_previous(year).await?;
        let mut columns = Columns::of_snapshot(&snapshot, hash(&snapshot)?, &form.questionnaire, comparable);
        let published = self.published().await?;
        Arc::make_mut(&mut columns.head).revision = published.iter().find(|p| p.year == year).map(|p| p.revision);
        let scope =
            Scope { years: Years::One(year), reader: Visibility::Prefecture, unpublished: true, revision: None };
        self.made(&Answers, Material { service: self, scope, rounds: vec![Round::held(columns)] }).await
    }

    /// A round that is not published, as it stands now.
    async fn round_under_way(&self, round: &RoundRecord, answers: Reading) -> Result<Round> {
        let snapshot = self.snapshot_of(round, answers).await?;
        let questionnaire = self.questionnaire(round.questionnaire).await?;
        let comparable = self.comparable_with_previous(round.year).await?;
        let sha256 = hash(&snapshot)?;
        Ok(Round::held(Columns::of_snapshot(&snapshot, sha256, &questionnaire, comparable)))
    }
}

/// See [`Export::basis`]: registers, ledgers and rounds under way have none.
fn basis(provenance: &Provenance, years: Years, rounds: &[Round], besides: &str) -> Option<String> {
    if rounds.is_empty() || rounds.iter().any(|round| round.head.revision.is_none()) {
        return None;
    }
    let comparable: Vec<_> = rounds.iter().map(|round| &round.head.comparable).collect();
    let whole = format!("{provenance:?} {years:?} {comparable:?} {besides}");
    Some(hex(&Sha256::digest(whole)))
}
