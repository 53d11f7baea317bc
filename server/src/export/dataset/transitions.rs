//! 年度間の変化: how many municipalities started and stopped between a round and the one before, question by question.

use std::io;
use std::sync::Arc;

use async_trait::async_trait;
use shared::publication::{PublishedQuestion, Snapshot};
use shared::tabulation::frequency::Count;
use shared::tabulation::{Cube, Engagement, Reader, Transition};

use super::counted::{after, hand_over, question, question_columns};
use super::material::Joined;
use super::{About, Audience, Dataset, Made, Material, Round, Span, codebook, counted, joined_columns, status_columns};
use crate::export::table::{Column, Held, Kind, Sink, Table};
use crate::service::Result;
use crate::service::results::Results;

/// The dataset.
pub struct Transitions;

/// What counts as doing it.
const DOING: &str = "「取り組んでいる」は、段階を聞く設問では「一部実施・実証中」以上、その他の選択肢の設問では最初の選択肢です。両年度の名簿にある市町村だけを数えています。";
/// What has no row.
const NO_ROW: &str = "選択肢が変わったなど両年度を比べられない設問と、個々の市町村の回答が分かるおそれのある設問の行はありません。市町村の名前は、見る権限のあるアカウントでAPI（/api/v1/results）から取得できます。";

const ENGAGEMENTS: [(&str, &str); 3] = [
    ("engaged", "取り組んでいる"),
    ("not_engaged", "取り組んでいない"),
    ("undetermined", "確認できない（無回答、不明、未提出など）"),
];

#[async_trait]
impl Dataset for Transitions {
    fn about(&self) -> About {
        About {
            id: "transitions",
            title: "年度間の変化",
            description: "設問ごとに、前の調査から取組を始めた市町村、やめた市町村などの数です。前後の調査の状態の組合せごとに1行です。",
            span: Span::Joined,
            audience: Audience::ByVisibility,
            by_reader: false,
        }
    }

    async fn make(&self, material: &Material<'_>) -> Result<Made> {
        let table = Changes {
            columns: columns(),
            rounds: material.rounds.clone(),
            kept: material.kept().await?,
            joined: material.joined()?.unwrap_or_default(),
            reader: Reader::new(material.scope.reader),
        };
        Ok(Made {
            codebook: Some(Box::new(codebook::of(material)?)),
            ..Made::new(table, &[DOING, NO_ROW, counted::SUPPRESSED])
        })
    }
}

fn columns() -> Vec<Column> {
    let count = |name, label, description| Column::new(name, label, Kind::Integer, description).in_unit(Some("市町村"));
    let mut columns = question_columns();
    columns.extend([
        Column::new("since_fiscal_year", "前の調査の年度（西暦）", Kind::Integer, "比べる前の調査の年度（西暦）"),
        Column::new("since_fiscal_year_wareki", "前の調査の年度（和暦）", Kind::Text, "比べる前の調査の年度（和暦）"),
        Column::new("before", "前の調査の状態", Kind::Code, "前の調査で取り組んでいたか").coded(ENGAGEMENTS),
        Column::new("after", "今回の状態", Kind::Code, "今回の調査で取り組んでいるか").coded(ENGAGEMENTS),
        count("count", "市町村数", "数。秘匿のときは空欄"),
        Column::new("count_state", "数の状態", Kind::Code, "数を示しているか").coded(counted::COUNTS),
        count("register", "両年度の名簿にある市町村数", "数えた市町村の数"),
        count("elsewhere", "一方の年度の名簿だけにある市町村数", "数えていない市町村の数"),
    ]);
    columns.extend(status_columns());
    columns.extend(joined_columns());
    columns
}

struct Changes {
    columns: Vec<Column>,
    rounds: Vec<Round>,
    kept: Option<Arc<Results>>,
    joined: Joined,
    reader: Reader,
}

impl Table for Changes {
    fn columns(&self) -> &[Column] {
        &self.columns
    }

    fn rows(&self, sink: &mut Sink<'_>) -> io::Result<()> {
        let own;
        let cube = if let Some(kept) = self.kept.as_deref().filter(|kept| self.is_of(kept)) {
            &kept.cube
        } else {
            own = self.cube()?;
            &own
        };
        for pair in self.rounds.windows(2) {
            let [before, now] = pair else { continue };
            for asked in &now.head.snapshot.questions {
                if let Some(table) = self.transition(cube, [before, now], asked) {
                    self.write([before, now], asked, &table, sink)?;
                }
            }
        }
        Ok(())
    }
}

impl Changes {
    /// Whether the kept results are of these rounds and no others: what counts as doing it follows from all years.
    fn is_of(&self, kept: &Results) -> bool {
        let held = |round: &Round| kept.holds(round.head.snapshot.year, &round.head.sha256);
        kept.years.len() == self.rounds.len() && self.rounds.iter().all(held)
    }

    fn cube(&self) -> io::Result<Cube> {
        let snapshots: io::Result<Vec<Snapshot>> =
            self.rounds.iter().map(|round| Ok(round.columns()?.snapshot())).collect();
        Cube::from_snapshots(&snapshots?.iter().collect::<Vec<_>>()).map_err(io::Error::other)
    }

    /// The change of one question, if there is one that the reader may see.
    fn transition(&self, cube: &Cube, rounds: [&Round; 2], asked: &PublishedQuestion) -> Option<Transition> {
        let [before, now] = rounds.map(|round| cube.year(round.head.snapshot.year));
        let (before, now) = (before?, now?);
        let is_it = |edition: &shared::tabulation::Edition| edition.name == asked.name;
        let variable = cube.variables().iter().find(|variable| variable.edition(now.year()).is_some_and(is_it))?;
        self.reader.transition(cube, variable, (before, now), &variable.doing()?).ok()
    }

    fn write(
        &self,
        [before, now]: [&Round; 2],
        asked: &PublishedQuestion,
        table: &Transition,
        sink: &mut Sink<'_>,
    ) -> io::Result<()> {
        let since = before.head.snapshot.year;
        let (heading, status) = (question(&now.head, asked), after(&now.head, asked, Some(&self.joined)));
        for (then, counts) in Engagement::ALL.into_iter().zip(table.counts) {
            for (later, count) in Engagement::ALL.into_iter().zip(counts) {
                let own = [
                    Held::from(u32::from(since.year())),
                    Held::from(since.wareki()),
                    Held::from(code(then)),
                    Held::from(code(later)),
                    Held::from(count.shown()),
                    Held::from(if count == Count::Suppressed { "suppressed" } else { "shown" }),
                    Held::from(table.register),
                    Held::from(table.elsewhere),
                ];
                hand_over([&*heading, &own, &*status], sink)?;
            }
        }
        Ok(())
    }
}

fn code(engagement: Engagement) -> &'static str {
    match engagement {
        Engagement::Positive => "engaged",
        Engagement::Negative => "not_engaged",
        Engagement::Undetermined => "undetermined",
    }
}
