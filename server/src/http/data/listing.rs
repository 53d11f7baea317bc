//! What there is for whom, and where.

use shared::fiscal_year::FiscalYear;
use shared::round::RoundState;
use shared::time::Timestamp;
use shared::visibility::Visibility;

use crate::access::Role;
use crate::export::dataset::{self, About, Audience, Dataset, Scope, Span, Years};
use crate::export::format::{Encoding, Format};
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
    /// When it was first published, where that is known.
    pub issued: Option<Timestamp>,
    /// When its contents last changed, where that is known.
    pub updated: Option<Timestamp>,
    /// The first and the last year of its rounds.
    pub covers: Option<[FiscalYear; 2]>,
}

impl Offered {
    /// The address in a form.
    pub fn href(&self, extension: &str) -> String {
        format!("/data/{}/{}.{extension}{}", self.scope.years.code(), self.about.id, self.query())
    }

    /// The address of the CSV in that encoding.
    pub fn encoded(&self, encoding: Encoding) -> String {
        let href = self.href(Format::Csv.extension());
        format!("{href}{}encoding={}", if href.contains('?') { '&' } else { '?' }, encoding.code())
    }

    /// The address of its page: it stays.
    pub fn page(&self) -> String {
        format!("/data/{}/{}{}", self.scope.years.code(), self.about.id, self.query())
    }

    /// The query of its addresses.
    pub fn query(&self) -> String {
        let asked = Extent::of(self.scope).asked();
        asked.map_or_else(String::new, |extent| format!("?scope={extent}"))
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
            (Years::All, Span::Year | Span::YearOrAll | Span::Joined) => "全年度".to_owned(),
        }
    }
}

/// How much of a dataset an address asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extent {
    /// What is published, for everybody.
    Public,
    /// What is published, with what the members of the council may see besides.
    Council,
    /// Every question, and rounds that are not published.
    All,
}

impl Extent {
    /// Its code in names of files and forms.
    pub fn code(self) -> &'static str {
        match self {
            Self::Public => "public",
            Self::Council => "council",
            Self::All => "all",
        }
    }

    /// The value of `scope` in addresses; the public files need none.
    pub fn asked(self) -> Option<&'static str> {
        (self != Self::Public).then(|| self.code())
    }

    /// That of a scope.
    pub fn of(scope: Scope) -> Self {
        match scope.reader {
            Visibility::Public => Self::Public,
            Visibility::Council => Self::Council,
            Visibility::Prefecture => Self::All,
        }
    }

    fn of_code(code: &str) -> Option<Self> {
        [Self::Public, Self::Council, Self::All].into_iter().find(|extent| extent.code() == code)
    }

    /// Up to which visibility it shows.
    fn reader(self) -> Visibility {
        match self {
            Self::Public => Visibility::Public,
            Self::Council => Visibility::Council,
            Self::All => Visibility::Prefecture,
        }
    }

    fn scope(self, years: Years) -> Scope {
        Scope { years, reader: self.reader(), unpublished: self == Self::All, revision: None }
    }
}

/// Which rounds of a dataset an account gets, and for whom.
pub fn scope(
    account: Option<&AccountRecord>,
    dataset: &dyn Dataset,
    years: Years,
    asked: Option<&str>,
) -> Result<Scope> {
    let extent = asked.map_or(Some(Extent::Public), Extent::of_code).ok_or(Error::NotFound)?;
    let cleared = account.map_or(Visibility::Public, AccountRecord::clearance);
    let allowed = match dataset.about().audience {
        Audience::Officers => extent == Extent::All && account.is_some_and(|account| account.is(Role::Officer)),
        Audience::Members => extent != Extent::Public && cleared >= extent.reader(),
        Audience::ByVisibility => cleared >= extent.reader(),
    };
    if allowed { Ok(extent.scope(years)) } else { Err(Error::NotFound) }
}

/// What everybody may have, by dataset and from the latest year to the earliest.
pub async fn published(state: &AppState) -> Result<Vec<Offered>> {
    of_published(state, Extent::Public, &|about| about.audience == Audience::ByVisibility).await
}

/// What members of the council may have of it: with the questions that are public to them only.
async fn council(state: &AppState) -> Result<Vec<Offered>> {
    of_published(state, Extent::Council, &|about| about.span != Span::All && about.audience != Audience::Officers).await
}

/// Everything besides the public files that an account may have.
pub async fn further(state: &AppState, account: &AccountRecord) -> Result<Vec<Offered>> {
    match account.clearance() {
        Visibility::Public => Ok(Vec::new()),
        Visibility::Council => council(state).await,
        Visibility::Prefecture => internal(state, account.is(Role::Officer)).await,
    }
}

async fn of_published(state: &AppState, extent: Extent, wanted: &Wanted<'_>) -> Result<Vec<Offered>> {
    let rounds = state.service.published().await?;
    let years: Vec<(FiscalYear, Option<Timestamp>)> =
        rounds.iter().rev().map(|round| (round.year, Some(round.published_at))).collect();
    let last = rounds.iter().map(|round| round.published_at).max();
    let mut offered = offered(state, &years, last, extent, wanted).await?;
    // A correction is another revision: what was published first stays the first.
    let revisions = state.service.revisions().await?;
    let first = |[from, until]: [FiscalYear; 2]| {
        let covered = revisions.iter().filter(|revision| (from..=until).contains(&revision.year));
        covered.map(|revision| revision.published_at).min()
    };
    for one in &mut offered {
        one.issued = one.covers.and_then(first);
    }
    Ok(offered)
}

/// What only the prefecture may have; `officer` for those who run the rounds.
async fn internal(state: &AppState, officer: bool) -> Result<Vec<Offered>> {
    let rounds = state.service.rounds().await?;
    let years: Vec<(FiscalYear, Option<Timestamp>)> =
        rounds.iter().filter(|round| round.state != RoundState::Draft).map(|round| (round.year, None)).collect();
    let wanted = |about: &About| match about.audience {
        Audience::Officers => officer,
        Audience::ByVisibility | Audience::Members => about.span != Span::All || about.by_reader,
    };
    offered(state, &years, None, Extent::All, &wanted).await
}

/// The years whose questionnaire a reader may have: the prefecture every one, others those that are published.
pub async fn questionnaires(state: &AppState, reader: Visibility) -> Result<Vec<FiscalYear>> {
    if reader == Visibility::Prefecture {
        return Ok(state.service.rounds().await?.iter().map(|round| round.year).collect());
    }
    Ok(state.service.published().await?.iter().rev().map(|published| published.year).collect())
}

/// Which datasets are offered.
type Wanted<'w> = dyn Fn(&About) -> bool + Sync + 'w;

async fn offered(
    state: &AppState,
    years: &[(FiscalYear, Option<Timestamp>)],
    last: Option<Timestamp>,
    extent: Extent,
    wanted: &Wanted<'_>,
) -> Result<Vec<Offered>> {
    let mut offered = Vec::new();
    let all = years.last().zip(years.first()).map(|(first, last)| [first.0, last.0]);
    for dataset in dataset::ALL {
        let about = dataset.about();
        if !wanted(&about) {
            continue;
        }
        // What stands now says itself when it last changed.
        let changed = match about.span {
            Span::All => state.service.export(dataset, extent.scope(Years::All)).await?.provenance.updated,
            Span::Year | Span::YearOrAll | Span::Joined => None,
        };
        let mut add = |years, updated, covers| {
            offered.push(Offered { dataset, about, scope: extent.scope(years), issued: None, updated, covers });
        };
        match about.span {
            Span::All => add(Years::All, changed, None),
            Span::YearOrAll | Span::Joined if years.len() > 1 => add(Years::All, last, all),
            Span::Year | Span::YearOrAll | Span::Joined => {}
        }
        if about.span.has_years() {
            for (year, updated) in years {
                add(Years::One(*year), *updated, Some([*year, *year]));
            }
        }
    }
    Ok(offered)
}
