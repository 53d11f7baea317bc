//! The KPI ledger as pages and files show it.

use app::components::format;
use app::ledger::{LedgerCategory, LedgerFigure, LedgerRow as Shown};
use shared::publication::Publication;

use crate::service::ledger::{Figure, LedgerRow};

/// The rows by category, in the plan's order. Computed rows lead to the definition that was applied last.
pub fn categories(rows: &[LedgerRow], publications: &[Publication]) -> Vec<LedgerCategory> {
    let mut categories: Vec<LedgerCategory> = Vec::new();
    for row in rows {
        let kpi = &row.record.kpi;
        let applied = publications.iter().rev().find_map(|publication| publication.snapshot.indicator(&kpi.computed));
        let value = |figure: Figure| match figure {
            Figure::Entered(number) => Some(LedgerFigure::Entered(number.to_string())),
            Figure::Computed(share, year) => {
                let definition = publications.iter().find(|publication| publication.year == year)?;
                let definition = &definition.snapshot.indicator(&kpi.computed)?.definition;
                Some(LedgerFigure::Computed(share, format::computation_href(definition, year)))
            }
            Figure::Suppressed => Some(LedgerFigure::Suppressed),
            Figure::Withdrawn => None,
        };
        let remarks = row.values.iter().filter(|one| !one.note.is_empty());
        let shown = Shown {
            kpi: kpi.clone(),
            frequency: row.schedule.map(|schedule| schedule.frequency),
            values: row.values.iter().filter_map(|one| Some((one.period, value(one.figure)?))).collect(),
            remarks: remarks.map(|one| (one.period, one.note.clone())).collect(),
            change: row.change.clone(),
            definition: applied.map(|applied| format::definition_href(&applied.definition)),
        };
        match categories.iter_mut().find(|category| category.name == kpi.category) {
            Some(category) => category.rows.push(shown),
            None => categories.push(LedgerCategory { name: kpi.category.clone(), rows: vec![shown] }),
        }
    }
    categories
}
