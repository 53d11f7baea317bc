//! What datasets are made of: rounds, as far as the scope reaches, and the use cases for the rest.

use std::collections::BTreeMap;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;

use shared::fiscal_year::FiscalYear;
use shared::publication::Snapshot;
use shared::tabulation::{Cube, Variable};
use shared::visibility::Visibility;

use crate::export::columns::{Columns, Head};
use crate::service::results::Results;
use crate::service::{Error, Result, Service};

/// Which rounds, and for whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Scope {
    /// Which years.
    pub years: Years,
    /// Up to which visibility.
    pub reader: Visibility,
    /// Rounds that are not published too, as they stand now (速報).
    pub unpublished: bool,
    /// Of one year: not what stands now but that revision of what was published.
    pub revision: Option<u32>,
}

/// Which years.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Years {
    /// One.
    One(FiscalYear),
    /// All.
    All,
}

impl Years {
    /// Its name in addresses: `2025` or `all`.
    pub fn code(self) -> String {
        match self {
            Self::One(year) => year.year().to_string(),
            Self::All => "all".to_owned(),
        }
    }

    /// The years of that name.
    pub fn of_code(code: &str) -> Option<Self> {
        if code == "all" { Some(Self::All) } else { code.parse().ok().map(Self::One) }
    }

    /// Whether a year is one of them.
    pub fn include(self, year: FiscalYear) -> bool {
        match self {
            Self::One(one) => one == year,
            Self::All => true,
        }
    }
}

/// A round whose cells can be had.
#[derive(Clone)]
pub struct Round {
    /// Everything but its cells.
    pub head: Arc<Head>,
    cells: Cells,
}

#[derive(Clone)]
enum Cells {
    Held(Arc<Columns>),
    File(PathBuf),
}

impl Round {
    /// A round whose cells are in memory.
    pub fn held(columns: Columns) -> Self {
        Self { head: columns.head.clone(), cells: Cells::Held(Arc::new(columns)) }
    }

    /// A round whose cells are read from the file when they are wanted.
    pub fn kept(head: Arc<Head>, file: PathBuf) -> Self {
        Self { head, cells: Cells::File(file) }
    }

    /// Its cells. A file that is damaged is removed: whoever asks for the round next makes it anew.
    pub fn columns(&self) -> io::Result<Arc<Columns>> {
        match &self.cells {
            Cells::Held(columns) => Ok(columns.clone()),
            Cells::File(file) => {
                // The file's own head says nothing of other rounds.
                let columns = Columns::from_bytes(&std::fs::read(file)?, self.head.clone());
                let columns = columns.inspect_err(|error| {
                    tracing::warn!(%error, file = %file.display(), "columns are removed");
                    let _ = std::fs::remove_file(file);
                });
                Ok(Arc::new(columns.map_err(io::Error::other)?))
            }
        }
    }

    /// Its snapshot with the cells: the one that the server keeps, or else made of its columns.
    pub fn snapshot(&self, kept: Option<&Results>) -> io::Result<Arc<Snapshot>> {
        let year = self.head.snapshot.year;
        let kept = kept.filter(|kept| kept.holds(year, &self.head.sha256)).and_then(|kept| kept.year(year));
        match kept {
            Some(kept) => Ok(kept.snapshot.clone()),
            None => Ok(Arc::new(self.columns()?.snapshot())),
        }
    }
}

/// What joins a question to other years.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Joining {
    /// The concept, as the latest year names it.
    pub concept: String,
    /// Years of a concept that may be compared have the same number; it rises with each break, from 1.
    pub series: u32,
}

/// That of every question, by year and name.
pub type Joined = BTreeMap<(FiscalYear, String), Joining>;

/// What a dataset is made of.
pub struct Material<'s> {
    /// The use cases.
    pub service: &'s Service,
    /// Which rounds, and for whom.
    pub scope: Scope,
    /// Those rounds, by year.
    pub rounds: Vec<Round>,
}

impl Material<'_> {
    /// The one round asked for.
    pub fn round(&self) -> Result<&Round> {
        self.rounds.first().ok_or(Error::NotFound)
    }

    /// The results that the server keeps, with the cube of everything published: tables are counted from it wherever it
    /// holds the round. `None` where it holds none.
    pub async fn kept(&self) -> Result<Option<Arc<Results>>> {
        let published = self.rounds.iter().any(|round| round.head.revision.is_some());
        Ok(if published { Some(self.service.results(None).await?) } else { None })
    }

    /// The concepts that join the questions of all years; `None` within one year.
    pub fn joined(&self) -> Result<Option<Joined>> {
        match self.scope.years {
            Years::One(_) => Ok(None),
            Years::All => self.joined_concepts().map(Some),
        }
    }

    fn joined_concepts(&self) -> Result<Joined> {
        let snapshots: Vec<&Snapshot> = self.rounds.iter().map(|round| &round.head.snapshot).collect();
        // Concepts are joined by the questions alone; without municipalities this cube has no cells.
        let bare: Vec<Snapshot> = snapshots.into_iter().map(questions_only).collect();
        let cube =
            Cube::from_snapshots(&bare.iter().collect::<Vec<_>>()).map_err(|e| Error::Internal(e.to_string()))?;
        let mut joined = Joined::new();
        for variable in cube.variables() {
            let (mut series, mut before) = (1, None);
            for (year, edition) in &variable.editions {
                if before.is_some_and(|before| self.is_break(variable, before, *year)) {
                    series += 1;
                }
                before = Some(*year);
                joined.insert((*year, edition.name.clone()), Joining { concept: variable.concept.clone(), series });
            }
        }
        Ok(joined)
    }

    /// Whether the results of two years in which a variable was asked may not be compared.
    fn is_break(&self, variable: &Variable, before: FiscalYear, year: FiscalYear) -> bool {
        let asked = |year: FiscalYear| {
            let head = &self.rounds.iter().find(|round| round.head.snapshot.year == year)?.head;
            let name = &variable.edition(year)?.name;
            let place = head.snapshot.questions.iter().position(|question| question.name == *name)?;
            Some((head, name, head.kinds.get(place)?))
        };
        let (Some((_, _, kind)), Some((head, name, now))) = (asked(before), asked(year)) else { return true };
        let told = head.comparable.get(name) == Some(&false);
        // Without cells the cube does not tell a single choice from several.
        told || kind != now || !variable.comparability(before, year).is_comparable()
    }
}

fn questions_only(snapshot: &Snapshot) -> Snapshot {
    Snapshot {
        year: snapshot.year,
        reference_date: snapshot.reference_date,
        questionnaire: snapshot.questionnaire.clone(),
        questions: snapshot.questions.clone(),
        municipalities: Vec::new(),
        indicators: Vec::new(),
        demonstration: snapshot.demonstration,
        small_cells: snapshot.small_cells,
    }
}
