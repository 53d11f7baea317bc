//! 設問の引き継ぎ: which questions of earlier rounds a question continues, a row for each.

use async_trait::async_trait;

use super::counted::{question, question_columns};
use super::{About, Audience, Dataset, Made, Material, Span};
use crate::export::table::{Column, Held, HeldTable, Kind};
use crate::service::Result;

/// The dataset.
pub struct Lineage;

#[async_trait]
impl Dataset for Lineage {
    fn about(&self) -> About {
        About {
            id: "lineage",
            title: "設問の引き継ぎ",
            description: "名前の変更、分割又は統合で、前の調査の設問を引き継いだ設問です。元の設問ごとに1行です。",
            span: Span::YearOrAll,
            audience: Audience::ByVisibility,
            by_reader: false,
        }
    }

    async fn make(&self, material: &Material<'_>) -> Result<Made> {
        let mut columns = question_columns();
        columns.push(Column::new("derived_from", "元の概念ID", Kind::Code, "引き継いだ前の調査の設問の概念ID"));
        let reader = material.scope.reader;
        let mut rows = Vec::new();
        for round in &material.rounds {
            let visible = |visibility: shared::visibility::QuestionVisibility| {
                visibility.aggregate.allows(reader) || visibility.named.allows(reader)
            };
            for asked in round.head.snapshot.questions.iter().filter(|asked| visible(asked.visibility)) {
                for concept in &asked.lineage.derived_from {
                    let mut row = question(&round.head, asked);
                    row.push(Held::from(concept.as_str()));
                    rows.push(row);
                }
            }
        }
        Ok(Made::new(HeldTable::new(columns, rows), &[]))
    }
}
