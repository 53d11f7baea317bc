//! 指標: every definition's counts and bounds, year by year, and what is known of the years before the platform
//! ([`reference`](mod@reference)).

mod reference;

use std::io;
use std::sync::Arc;

use app::components::format;
use async_trait::async_trait;
use shared::fiscal_year::FiscalYear;
use shared::indicator::{Definition, Outcome, Role};
use shared::publication::{Bridge, PublishedIndicator, ShownOutcome, Snapshot};
use shared::share::{Points, Share};
use shared::statistics::bounds::{Level, level};
use shared::tabulation::Disclosure;
use shared::visibility::Visibility;

use super::{
    About, Audience, Dataset, Made, Material, Round, Span, Years, note, status_columns, tenths, year_columns, yes_no,
};
use crate::export::columns::Head;
use crate::export::provenance::status;
use crate::export::table::{Column, Held, Kind, Sink, Table};
use crate::service::Result;
use crate::service::results::Results;

/// The dataset.
pub struct Indicators;

/// What is said of every share.
pub(super) const BOUNDS: &str = "割合は、取り組んでいると確認できた市町村数÷対象の市町村数です。未回答などで確認できない市町村があるため、とりうる範囲（下限と上限）を示します。";
const BRIDGE: &str = "定義の版が変わった最初の年度には、前の版を同じ回答に当てた値の行もあります（bridge が yes）。その年度の値ではなく、前の年度の値と比べるためのものです。";
const PEOPLE: &str = "人口による割合は、取り組んでいる市町村に住む人の割合です（人口が名簿にない市町村を除きます）。利用している人の割合ではありません。市町村別の値を見られない定義では空欄です。";
const CHANGE: &str = "前の調査からの変化は、全年度のファイルにあります。同じ定義の同じ版どうしに限り、四捨五入する前の割合から求めたポイントです。";

#[async_trait]
impl Dataset for Indicators {
    fn about(&self) -> About {
        About {
            id: "indicators",
            title: "指標の結果と推移",
            description: "DXに取り組んでいる市町村の割合などの指標について、定義の版ごとの分子、分母、とりうる範囲、前の調査からの変化です。",
            span: Span::YearOrAll,
            audience: Audience::ByVisibility,
            by_reader: false,
        }
    }

    async fn make(&self, material: &Material<'_>) -> Result<Made> {
        let reference = match material.scope.years {
            Years::One(_) => Vec::new(),
            Years::All => {
                let counts = material.service.reference_counts().await?;
                reference::rows(&counts, &material.service.definitions().await?)
            }
        };
        let (kept, rounds) = (material.kept().await?, material.rounds.clone());
        let besides = format!("{reference:?}");
        let table = Figures { columns: columns(), reference, rounds, kept, reader: material.scope.reader };
        Ok(Made { besides, ..Made::new(table, &[BOUNDS, CHANGE, BRIDGE, PEOPLE]) })
    }
}

/// Every figure of every round, after what is known of the years before them.
struct Figures {
    columns: Vec<Column>,
    reference: Vec<Vec<Held>>,
    rounds: Vec<Round>,
    kept: Option<Arc<Results>>,
    reader: Visibility,
}

impl Table for Figures {
    fn columns(&self) -> &[Column] {
        &self.columns
    }

    fn rows(&self, sink: &mut Sink<'_>) -> io::Result<()> {
        let mut put = |row: &[Held]| sink(&row.iter().map(Held::value).collect::<Vec<_>>());
        self.reference.iter().try_for_each(|row| put(row))?;
        let mut before: Option<&Round> = None;
        for round in &self.rounds {
            let snapshot = round.snapshot(self.kept.as_deref())?;
            let year = Year { head: &round.head, snapshot: &snapshot, before, reader: self.reader };
            for figure in figures(&round.head.snapshot, self.reader) {
                put(&year.row(figure))?;
            }
            before = Some(round);
        }
        Ok(())
    }

    fn row_count(&self) -> io::Result<u64> {
        let figures = self.rounds.iter().map(|round| figures(&round.head.snapshot, self.reader).count());
        Ok((self.reference.len() + figures.sum::<usize>()) as u64)
    }
}

/// The columns that tell year and definition.
pub(super) fn figure_columns() -> Vec<Column> {
    let roles = [("headline", "計画の指標"), ("field", "分野の割合"), ("reference", "別の定義による参考値")];
    let mut columns = Vec::from(year_columns());
    columns.extend([
        Column::new("definition", "定義のID", Kind::Code, "指標の定義のID"),
        Column::new("definition_version", "定義の版", Kind::Code, "定義の版。プラットフォーム以前の調査はv0"),
        Column::new("title", "指標の名称", Kind::Text, "指標の名称"),
        Column::new("role", "位置づけ", Kind::Code, "指標の位置づけ").coded(roles),
        Column::new("official", "公式の定義", Kind::Code, "その年度の公式の定義か").coded(super::YES_NO),
        Column::new("bridge", "接続のための値か", Kind::Code, "その年度に置き換えられた前の版を、同じ回答に当てた値か")
            .coded(super::YES_NO),
    ]);
    columns
}

/// The columns that tell its counts.
pub(super) fn count_columns() -> [Column; 5] {
    [
        Column::new("state", "状態", Kind::Code, "値の状態。value以外の行では数の列が空欄")
            .coded([("value", "値あり"), ("suppressed", "秘匿")]),
        count("engaged", "取り組んでいる市町村数", "確認できた数（分子）"),
        count("not_engaged", "取り組んでいない市町村数", "確認できた数"),
        count("undetermined", "確認できない市町村数", "未回答、不明、未受理など"),
        count("register", "対象の市町村数", "割合の分母の市町村数"),
    ]
}

/// The columns that tell the share and its bounds.
pub(super) fn share_columns() -> [Column; 3] {
    [
        percentage("share", "割合", "取り組んでいると確認できた市町村の割合"),
        percentage("lower", "下限", "とりうる範囲の下限"),
        percentage("upper", "上限", "とりうる範囲の上限"),
    ]
}

fn count(name: &'static str, label: &'static str, description: &'static str) -> Column {
    Column::new(name, label, Kind::Integer, description).in_unit(Some("市町村"))
}

fn percentage(name: &'static str, label: &'static str, description: &'static str) -> Column {
    Column::new(name, label, Kind::Decimal, description).in_unit(Some("％"))
}

fn columns() -> Vec<Column> {
    let points =
        |name, label, description| Column::new(name, label, Kind::Decimal, description).in_unit(Some("ポイント"));
    let mut columns = figure_columns();
    columns.extend(count_columns());
    columns.extend([
        count("left_out", "分母から除いた市町村数", "定義により、該当しないとして分母から除いた市町村の数"),
        count("respondents", "回答した市町村数", "提出した市町村の数"),
        percentage("response_rate", "回収率", "回答した市町村数÷対象の市町村数"),
    ]);
    columns.extend(share_columns());
    columns.extend([
        percentage("share_among_respondents", "回答した市町村に占める割合", "参考。割合に代わるものではない"),
        percentage("population_share", "人口による割合", "取り組んでいると確認できた市町村に住む人の割合"),
        percentage(
            "population_share_upper",
            "人口による割合の上限",
            "確認できない市町村がすべて取り組んでいた場合の割合",
        ),
        count("population_unknown", "人口が分からない市町村数", "人口による割合に含まない市町村の数"),
        points("change", "前の調査からの変化", "確認できた割合の差"),
        points("change_lower", "変化の下限", "とりうる変化の下限"),
        points("change_upper", "変化の上限", "とりうる変化の上限"),
        Column::new(
            "change_sign_known",
            "増減が確かか",
            Kind::Code,
            "確認できない市町村がどうであっても増減の向きが同じか",
        )
        .coded(super::YES_NO),
        Column::new("condition", "条件", Kind::Text, "範囲が成り立つ条件"),
        Column::new("computation", "計算の過程", Kind::Text, "計算の過程を示す画面の、このサイトの中のアドレス"),
    ]);
    columns.extend(status_columns());
    columns
}

/// One definition's figure.
#[derive(Clone, Copy)]
pub(super) struct Figure<'r> {
    /// The definition.
    pub definition: &'r Definition,
    /// As far as the reader may see it.
    pub shown: ShownOutcome,
    left_out: u32,
    /// The definition was replaced in this year.
    bridge: bool,
}

/// Every definition's, each followed by that of the version that it has replaced; without those of which the reader may
/// see nothing.
pub(super) fn figures(snapshot: &Snapshot, reader: Visibility) -> impl Iterator<Item = Figure<'_>> {
    let all = snapshot.indicators.iter().flat_map(move |indicator| {
        let of = |definition, outcome, left_out, bridge| {
            let shown = snapshot.shown(definition, outcome, reader);
            Figure { definition, shown, left_out, bridge }
        };
        let PublishedIndicator { definition, outcome, left_out, bridge, .. } = indicator;
        let replaced = bridge.as_ref().map(|replaced| {
            let Bridge { definition, outcome, left_out } = replaced;
            of(definition, *outcome, *left_out, true)
        });
        std::iter::once(of(definition, *outcome, *left_out, false)).chain(replaced)
    });
    all.filter(|figure| figure.shown != ShownOutcome::Hidden)
}

impl Figure<'_> {
    /// What [`figure_columns`] hold.
    pub(super) fn named(&self, year: FiscalYear) -> Vec<Held> {
        let definition = self.definition;
        vec![
            Held::from(u32::from(year.year())),
            Held::from(year.wareki()),
            Held::from(definition.id.as_str()),
            Held::from(definition.version.to_string()),
            Held::from(definition.title.as_str()),
            Held::from(role(definition.role)),
            Held::from(yes_no(definition.official)),
            Held::from(yes_no(self.bridge)),
        ]
    }
}

/// What [`count_columns`] hold.
pub(super) fn counts(outcome: Option<Outcome>) -> [Held; 5] {
    let count = |of: fn(&Outcome) -> u32| outcome.as_ref().map_or(Held::Empty, |outcome| Held::from(of(outcome)));
    [
        Held::from(if outcome.is_some() { "value" } else { "suppressed" }),
        count(|outcome| outcome.engaged),
        count(|outcome| outcome.not_engaged),
        count(Outcome::undetermined),
        count(|outcome| outcome.register),
    ]
}

/// What [`share_columns`] hold.
pub(super) fn shares(bounds: Option<&Level>) -> [Held; 3] {
    let share = |of: fn(&Level) -> Share| bounds.map_or(Held::Empty, |bounds| percent(of(bounds)));
    [share(|bounds| bounds.lower), share(|bounds| bounds.lower), share(|bounds| bounds.upper)]
}

/// One round.
struct Year<'r> {
    head: &'r Head,
    /// With the cells.
    snapshot: &'r Snapshot,
    before: Option<&'r Round>,
    reader: Visibility,
}

impl Year<'_> {
    fn row(&self, figure: Figure<'_>) -> Vec<Held> {
        let definition = figure.definition;
        let snapshot = self.snapshot;
        let outcome = figure.shown.counted();
        let change = self.before.and_then(|before| before.head.snapshot.change_to(definition, outcome?, self.reader));
        let bounds = outcome.as_ref().map(level);
        let share = |figure: fn(&Level) -> Share| bounds.as_ref().map_or(Held::Empty, |bounds| percent(figure(bounds)));
        // A sum of populations names who is in it.
        let named = snapshot.disclosed(definition, self.reader) == Disclosure::Named;
        let people = named.then(|| snapshot.evaluate(definition).companion().ok()).flatten();
        let mut row = figure.named(snapshot.year);
        row.extend(counts(outcome));
        row.extend([
            Held::from(outcome.map(|_| figure.left_out)),
            Held::from(outcome.map(|outcome| outcome.respondents)),
            share(|bounds| bounds.response_rate),
        ]);
        row.extend(shares(bounds.as_ref()));
        row.extend([
            share(|bounds| bounds.among_respondents),
            people.map_or(Held::Empty, |people| percent(people.lower)),
            people.map_or(Held::Empty, |people| percent(people.upper)),
            Held::from(people.map(|people| people.unknown)),
            points(change.map(|change| change.confirmed)),
            points(change.map(|change| change.lower)),
            points(change.map(|change| change.upper)),
            Held::from(change.map(|change| yes_no(change.sign_is_known()))),
            Held::Empty,
            Held::from(self.computation(figure)),
            Held::from(status(self.head.revision)),
            Held::from(note(snapshot.demonstration)),
        ]);
        row
    }

    /// The page of its computation: there is one of what was published, by its own version where that was replaced.
    fn computation(&self, figure: Figure<'_>) -> Option<String> {
        self.head.revision?;
        let address = format::computation_href(figure.definition, self.snapshot.year);
        let version = if figure.bridge { format!("?version={}", figure.definition.version) } else { String::new() };
        Some(format!("{address}{version}"))
    }
}

fn role(role: Role) -> &'static str {
    match role {
        Role::Headline => "headline",
        Role::Field => "field",
        Role::Reference => "reference",
    }
}

fn percent(share: Share) -> Held {
    share.percent(1).map_or(Held::Empty, Held::Decimal)
}

fn points(points: Option<Points>) -> Held {
    points.map_or(Held::Empty, |points| Held::Decimal(tenths(i64::from(points.0))))
}
