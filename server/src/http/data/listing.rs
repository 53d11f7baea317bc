//! What there is for whom, and where.

use shared::fiscal_year::FiscalYear;
use shared::round::RoundState;
use shared::time::Timestamp;
use shared::visibility::Visibility;

use crate::access::Role;
use crate::export::dataset::{self, About, Audience, Dataset, Scope, Span, Years};
use crate::http::state::AppState;
use crate::service::{Error, Result};
use crate::store::AccountRecord;

/// A dataset of one period.
pub struct Offered {
    /// How to make it.
    pub dataset: &'static dyn Dataset,
    /// What it is.
    pub about: About,
    /// Which rounds, for whom.
    pub scope: Scope,
    /// When its contents last changed, where it is frozen.
    pub updated: Option<Timestamp>,
}

impl Offered {
    /// The address in a form.
    pub fn href(&self, extension: &str) -> String {
        let path = format!("/data/{}/{}.{extension}", self.scope.years.code(), self.about.id);
        if self.scope.unpublished { format!("{path}?scope=all") } else { path }
    }

    /// The address of what is known of the file in a form.
    pub fn manifest(&self, extension: &str) -> String {
        self.href(&format!("{extension}-metadata.json"))
    }

    /// 「令和7年度（2025年度）」, 「全年度」
    pub fn period(&self) -> String {
        match (self.scope.years, self.about.span) {
            (Years::One(year), _) => year.to_string(),
            (Years::All, Span::All) => "現在".to_owned(),
            (Years::All, Span::Year | Span::YearOrAll) => "全年度".to_owned(),
        }
    }
}

/// Which rounds of a dataset an account gets, and for whom: `all` for every question and rounds under way.
pub fn scope(
    account: Option<&AccountRecord>,
    dataset: &dyn Dataset,
    years: Years,
    asked: Option<&str>,
) -> Result<Scope> {
    let whole = asked == Some("all");
    let allowed = match dataset.about().audience {
        Audience::Officers => account.is_some_and(|account| account.is(Role::Officer)),
        Audience::ByVisibility => {
            !whole || account.is_some_and(|account| account.clearance() == Visibility::Prefecture)
        }
    };
    if !allowed {
        return Err(Error::NotFound);
    }
    let reader = if whole { Visibility::Prefecture } else { Visibility::Public };
    Ok(Scope { years, reader, unpublished: whole, revision: None })
}

/// What everybody may have, by dataset and from the latest year to the earliest.
pub async fn published(state: &AppState) -> Result<Vec<Offered>> {
    let rounds = state.service.published().await?;
    let years: Vec<(FiscalYear, Option<Timestamp>)> =
        rounds.iter().rev().map(|round| (round.year, Some(round.published_at))).collect();
    let last = rounds.iter().map(|round| round.published_at).max();
    Ok(offered(&years, last, Visibility::Public, &|about| about.audience == Audience::ByVisibility))
}

/// What only the prefecture may have; `officer` for those who run the rounds.
pub async fn internal(state: &AppState, officer: bool) -> Result<Vec<Offered>> {
    let rounds = state.service.rounds().await?;
    let years: Vec<(FiscalYear, Option<Timestamp>)> =
        rounds.iter().filter(|round| round.state != RoundState::Draft).map(|round| (round.year, None)).collect();
    let wanted = |about: &About| about.span != Span::All && (officer || about.audience == Audience::ByVisibility);
    Ok(offered(&years, None, Visibility::Prefecture, &wanted))
}

/// The years whose questionnaire a reader may have: the prefecture every one, others those that are published.
pub async fn questionnaires(state: &AppState, reader: Visibility) -> Result<Vec<FiscalYear>> {
    if reader == Visibility::Prefecture {
        return Ok(state.service.rounds().await?.iter().map(|round| round.year).collect());
    }
    Ok(state.service.published().await?.iter().rev().map(|published| published.year).collect())
}

fn offered(
    years: &[(FiscalYear, Option<Timestamp>)],
    last: Option<Timestamp>,
    reader: Visibility,
    wanted: &dyn Fn(&About) -> bool,
) -> Vec<Offered> {
    let mut offered = Vec::new();
    for dataset in dataset::ALL {
        let about = dataset.about();
        if !wanted(&about) {
            continue;
        }
        let mut add = |years, updated| {
            let scope = Scope { years, reader, unpublished: reader != Visibility::Public, revision: None };
            offered.push(Offered { dataset, about, scope, updated });
        };
        match about.span {
            Span::All => add(Years::All, None),
            Span::YearOrAll if years.len() > 1 => add(Years::All, last),
            Span::Year | Span::YearOrAll => {}
        }
        if about.span != Span::All {
            for (year, updated) in years {
                add(Years::One(*year), *updated);
            }
        }
    }
    offered
}
