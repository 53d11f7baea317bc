//! The ledger's rows with their values: entered ones, and those that the survey's publications say.

use chrono::NaiveDate;
use shared::fiscal_year::FiscalYear;
use shared::kpi::{Change, Frequency, Period, Schedule};
use shared::publication::{Publication, ShownOutcome};
use shared::response::Decimal;
use shared::share::Share;
use shared::time::Timestamp;
use shared::visibility::Visibility;

use crate::service::{Result, Service};
use crate::store::{KpiRecord, KpiValueRecord};

/// A row of the ledger as everybody may see it.
#[derive(Debug, Clone, PartialEq)]
pub struct LedgerRow {
    /// The row as entered.
    pub record: KpiRecord,
    /// When it is measured, where that is known.
    pub schedule: Option<Schedule>,
    /// Its values, by period.
    pub values: Vec<LedgerValue>,
    /// What changed with the last one; `None` without one.
    pub change: Option<Change>,
}

/// A value of the ledger.
#[derive(Debug, Clone, PartialEq)]
pub struct LedgerValue {
    /// Which period.
    pub period: Period,
    /// The value.
    pub figure: Figure,
    /// Remark.
    pub note: String,
    /// Revision of the entry, or of the publication.
    pub revision: u32,
    /// When it was entered or published.
    pub at: Timestamp,
}

/// What a value is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Figure {
    /// Entered.
    Entered(Decimal),
    /// Entered once, and taken back.
    Withdrawn,
    /// Computed from the survey of a year.
    Computed(Share, FiscalYear),
    /// Computed, and not for everybody: 秘匿.
    Suppressed,
}

impl Figure {
    /// The digits; nothing where there is no number.
    pub fn digits(self) -> Option<String> {
        match self {
            Self::Entered(number) => Some(number.to_string()),
            Self::Computed(share, _) => share.percent(1),
            Self::Withdrawn | Self::Suppressed => None,
        }
    }
}

impl Service {
    /// The ledger in the plan's order.
    pub async fn ledger(&self) -> Result<Vec<LedgerRow>> {
        let publications = self.publications().await?;
        let values = self.store.kpi_values().await?;
        let today = self.clock.now().day();
        let row = |record: KpiRecord| {
            if record.kpi.is_computed() {
                return computed(record, &publications, today);
            }
            let own = values.iter().filter(|value| value.kpi == record.kpi.id).map(value).collect();
            entered(record, own, today)
        };
        Ok(self.store.kpis().await?.into_iter().map(row).collect())
    }
}

fn value(stored: &KpiValueRecord) -> LedgerValue {
    LedgerValue {
        period: stored.period,
        figure: stored.value.map_or(Figure::Withdrawn, Figure::Entered),
        note: stored.note.clone(),
        revision: stored.revision,
        at: stored.at,
    }
}

fn entered(record: KpiRecord, mut values: Vec<LedgerValue>, today: NaiveDate) -> LedgerRow {
    let schedule = record.kpi.schedule();
    values.sort_by_key(|value| value.period);
    let numbers = values.iter().filter_map(|value| match value.figure {
        Figure::Entered(number) => Some((value.period, number)),
        Figure::Withdrawn | Figure::Computed(..) | Figure::Suppressed => None,
    });
    let numbers: Vec<(Period, Decimal)> = numbers.collect();
    let change = schedule.and_then(|schedule| {
        // Values from before the frequency was changed are of other periods: there is no difference to them.
        let alike = numbers.into_iter().filter(|(period, _)| schedule.admit(*period).is_ok());
        Change::of(&alike.collect::<Vec<_>>(), schedule, today)
    });
    LedgerRow { record, schedule, values, change }
}

/// The survey is one of every year, at the last one's reference date.
fn computed(record: KpiRecord, publications: &[Publication], today: NaiveDate) -> LedgerRow {
    let id = &record.kpi.computed;
    let of_definition: Vec<&Publication> =
        publications.iter().filter(|publication| publication.snapshot.indicator(id).is_some()).collect();
    let value = |publication: &&Publication| {
        let published = publication.snapshot.indicator(id)?;
        let shown = publication.snapshot.shown(&published.definition, published.outcome, Visibility::Public);
        let figure = match shown {
            ShownOutcome::Counted(outcome) => Figure::Computed(outcome.share(), publication.year),
            ShownOutcome::Suppressed | ShownOutcome::Hidden => Figure::Suppressed,
        };
        Some(LedgerValue {
            period: Period::year(publication.year),
            figure,
            note: String::new(),
            revision: publication.revision,
            at: publication.published_at,
        })
    };
    let reference = of_definition.last().map(|publication| publication.snapshot.reference_date.day());
    let schedule = Schedule { frequency: Frequency::Yearly, reference };
    let change = change_of_surveys(id, &of_definition, schedule, today);
    let values = of_definition.iter().filter_map(value).collect();
    LedgerRow { record, schedule: Some(schedule), values, change }
}

fn change_of_surveys(id: &str, surveys: &[&Publication], schedule: Schedule, today: NaiveDate) -> Option<Change> {
    let (last, before) = surveys.split_last()?;
    if schedule.due(today).is_some_and(|due| due.year > last.year) {
        let date = last.snapshot.reference_date.date();
        let day = date.split('（').next().unwrap_or(&date);
        return Some(Change::NotUpdated(format!("前回調査 {day}時点")));
    }
    let Some(earlier) = before.last() else { return Some(Change::First) };
    let published = last.snapshot.indicator(id)?;
    let shown = last.snapshot.shown(&published.definition, published.outcome, Visibility::Public).counted();
    let change = shown.and_then(|now| earlier.snapshot.change_to(&published.definition, now, Visibility::Public));
    Some(
        change.map_or(Change::NotComparable("定義の版が異なるか、公開されていないため"), |change| {
            Change::of_shares(&change)
        }),
    )
}
