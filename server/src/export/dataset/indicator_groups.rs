//! 指標の内訳: every definition's counts by groups of municipalities.

use std::io;
use std::sync::Arc;

use async_trait::async_trait;
use shared::statistics::bounds::level;
use shared::tabulation::Attribute;
use shared::visibility::Visibility;

use super::{About, Audience, Dataset, Made, Material, Round, Span, crosstabs, indicators, note, status_columns};
use crate::export::provenance::status;
use crate::export::table::{Column, Held, Sink, Table};
use crate::service::Result;
use crate::service::results::Results;

/// The dataset.
pub struct IndicatorGroups;

const SUPPRESSED: &str = "市町村別の値を見られない定義では、1つの市町村の値が分かってしまうグループは、その全体を秘匿しています。そこから引き算で求められるグループも同じです。";

#[async_trait]
impl Dataset for IndicatorGroups {
    fn about(&self) -> About {
        About {
            id: "indicator-groups",
            title: "指標の結果（地域、人口規模などの別）",
            description: "指標の結果を、地域、市町村の別、人口規模、都道府県の別に分けたものです。1行に1つのグループがあります。",
            span: Span::YearOrAll,
            audience: Audience::ByVisibility,
            by_reader: false,
        }
    }

    async fn make(&self, material: &Material<'_>) -> Result<Made> {
        let (kept, rounds) = (material.kept().await?, material.rounds.clone());
        let table = Groups { columns: columns(), rounds, kept, reader: material.scope.reader };
        Ok(Made::new(table, &[indicators::BOUNDS, SUPPRESSED]))
    }
}

fn columns() -> Vec<Column> {
    let mut columns = indicators::figure_columns();
    columns.extend(crosstabs::group_columns());
    columns.extend(indicators::count_columns());
    columns.extend(indicators::share_columns());
    columns.extend(status_columns());
    columns
}

/// Every figure of every round, group by group.
struct Groups {
    columns: Vec<Column>,
    rounds: Vec<Round>,
    kept: Option<Arc<Results>>,
    reader: Visibility,
}

impl Table for Groups {
    fn columns(&self) -> &[Column] {
        &self.columns
    }

    fn rows(&self, sink: &mut Sink<'_>) -> io::Result<()> {
        for round in &self.rounds {
            let snapshot = round.snapshot(self.kept.as_deref())?;
            for figure in indicators::figures(&round.head.snapshot, self.reader) {
                for attribute in Attribute::ALL {
                    for group in snapshot.by_attribute(figure.definition, attribute, self.reader) {
                        // All groups together would tell what is suppressed in the whole.
                        let outcome = figure.shown.counted().and(group.outcome);
                        let mut row = figure.named(snapshot.year);
                        row.extend([Held::from(crosstabs::code(attribute)), Held::from(group.label)]);
                        row.extend(indicators::counts(outcome));
                        row.extend(indicators::shares(outcome.as_ref().map(level).as_ref()));
                        row.extend([Held::from(status(round.head.revision)), Held::from(note(snapshot.demonstration))]);
                        sink(&row.iter().map(Held::value).collect::<Vec<_>>())?;
                    }
                }
            }
        }
        Ok(())
    }
}
