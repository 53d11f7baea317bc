//! 指標: every definition's counts and bounds, year by year, and what is known of the years before the platform.

use std::sync::Arc;

use app::components::format;
use async_trait::async_trait;
use shared::indicator::{CountBounds, Definition, Outcome, ReferenceCount, Role};
use shared::publication::{Bridge, PublishedIndicator, ShownOutcome, Snapshot};
use shared::share::{Points, Share};
use shared::statistics::bounds::{Level, level};
use shared::tabulation::Disclosure;
use shared::visibility::Visibility;

use super::{
    About, Audience, Dataset, Made, Material, Round, Span, Years, note, status_columns, tenths, year_columns, yes_no,
};
use crate::export::provenance::status;
use crate::export::table::{Column, Held, HeldTable, Kind};
use crate::service::results::Results;
use crate::service::{Error, Result};

/// The dataset.
pub struct Indicators;

const BOUNDS: &str = "割合は、取り組んでいると確認できた市町村数÷対象の市町村数です。未回答などで確認できない市町村があるため、とりうる範囲（下限と上限）を示します。";
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
        }
    }

    async fn make(&self, material: &Material<'_>) -> Result<Made> {
        let mut rows = Vec::new();
        if material.scope.years == Years::All {
            let counts = material.service.reference_counts().await?;
            rows.extend(reference_rows(&counts, &material.service.definitions().await?));
        }
        let kept = material.kept().await?;
        let mut before: Option<&Round> = None;
        for round in &material.rounds {
            let snapshot = with_cells(round, kept.as_deref())?;
            let year = Year { round, snapshot: &snapshot, before, reader: material.scope.reader };
            rows.extend(year.figures().filter_map(|figure| year.row(figure)));
            before = Some(round);
        }
        Ok(Made::new(HeldTable::new(columns(), rows), &[BOUNDS, CHANGE, BRIDGE, PEOPLE]))
    }
}

/// The round's snapshot with its cells: kept by the server, or else made from the columns.
fn with_cells(round: &Round, kept: Option<&Results>) -> Result<Arc<Snapshot>> {
    let year = round.head.snapshot.year;
    let kept = kept.filter(|kept| kept.holds(year, &round.head.sha256)).and_then(|kept| kept.year(year));
    if let Some(kept) = kept {
        return Ok(kept.snapshot.clone());
    }
    let columns = round.columns().map_err(|error| Error::Internal(error.to_string()))?;
    Ok(Arc::new(columns.snapshot()))
}

fn columns() -> Vec<Column> {
    let count = |name, label, description| Column::new(name, label, Kind::Integer, description).in_unit(Some("市町村"));
    let percent = |name, label, description| Column::new(name, label, Kind::Decimal, description).in_unit(Some("％"));
    let points =
        |name, label, description| Column::new(name, label, Kind::Decimal, description).in_unit(Some("ポイント"));
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
        Column::new("state", "状態", Kind::Code, "値の状態。value以外の行では数の列が空欄")
            .coded([("value", "値あり"), ("suppressed", "秘匿")]),
        count("engaged", "取り組んでいる市町村数", "確認できた数（分子）"),
        count("not_engaged", "取り組んでいない市町村数", "確認できた数"),
        count("undetermined", "確認できない市町村数", "未回答、不明、未受理など"),
        count("register", "対象の市町村数", "割合の分母の市町村数"),
        count("left_out", "分母から除いた市町村数", "定義により、該当しないとして分母から除いた市町村の数"),
        count("respondents", "回答した市町村数", "提出した市町村の数"),
        percent("response_rate", "回収率", "回答した市町村数÷対象の市町村数"),
        percent("share", "割合", "取り組んでいると確認できた市町村の割合"),
        percent("lower", "下限", "とりうる範囲の下限"),
        percent("upper", "上限", "とりうる範囲の上限"),
        percent("share_among_respondents", "回答した市町村に占める割合", "参考。割合に代わるものではない"),
        percent("population_share", "人口による割合", "取り組んでいると確認できた市町村に住む人の割合"),
        percent("population_share_upper", "人口による割合の上限", "確認できない市町村がすべて取り組んでいた場合の割合"),
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

/// One round's figures.
struct Year<'r> {
    round: &'r Round,
    /// With the cells.
    snapshot: &'r Snapshot,
    before: Option<&'r Round>,
    reader: Visibility,
}

/// One definition's figure.
#[derive(Clone, Copy)]
struct Figure<'r> {
    definition: &'r Definition,
    outcome: Outcome,
    left_out: u32,
    /// The definition was replaced in this year.
    bridge: bool,
}

impl<'r> Year<'r> {
    /// Every definition's, each followed by that of the version that it has replaced.
    fn figures(&self) -> impl Iterator<Item = Figure<'r>> {
        self.round.head.snapshot.indicators.iter().flat_map(
            |PublishedIndicator { definition, outcome, left_out, bridge }| {
                let own = Figure { definition, outcome: *outcome, left_out: *left_out, bridge: false };
                let replaced = bridge.as_ref().map(|Bridge { definition, outcome, left_out }| Figure {
                    definition,
                    outcome: *outcome,
                    left_out: *left_out,
                    bridge: true,
                });
                std::iter::once(own).chain(replaced)
            },
        )
    }

    /// What the reader may see of one; `None` where that is nothing.
    fn row(&self, figure: Figure<'_>) -> Option<Vec<Held>> {
        let Figure { definition, left_out, bridge, .. } = figure;
        let snapshot = self.snapshot;
        let shown = snapshot.shown(definition, figure.outcome, self.reader);
        if shown == ShownOutcome::Hidden {
            return None;
        }
        let outcome = shown.counted();
        let change = self.before.and_then(|before| before.head.snapshot.change_to(definition, outcome?, self.reader));
        let bounds = outcome.as_ref().map(level);
        let of =
            |figure: fn(&Outcome) -> u32| outcome.as_ref().map_or(Held::Empty, |outcome| Held::from(figure(outcome)));
        let share = |figure: fn(&Level) -> Share| bounds.as_ref().map_or(Held::Empty, |bounds| percent(figure(bounds)));
        // A sum of populations names who is in it.
        let named = snapshot.disclosed(definition, self.reader) == Disclosure::Named;
        let people = named.then(|| snapshot.evaluate(definition).companion().ok()).flatten();
        Some(vec![
            Held::from(u32::from(snapshot.year.year())),
            Held::from(snapshot.year.wareki()),
            Held::from(definition.id.as_str()),
            Held::from(definition.version.to_string()),
            Held::from(definition.title.as_str()),
            Held::from(role(definition.role)),
            Held::from(yes_no(definition.official)),
            Held::from(yes_no(bridge)),
            Held::from(if outcome.is_some() { "value" } else { "suppressed" }),
            of(|outcome| outcome.engaged),
            of(|outcome| outcome.not_engaged),
            of(Outcome::undetermined),
            of(|outcome| outcome.register),
            Held::from(outcome.map(|_| left_out)),
            of(|outcome| outcome.respondents),
            share(|bounds| bounds.response_rate),
            share(|bounds| bounds.lower),
            share(|bounds| bounds.lower),
            share(|bounds| bounds.upper),
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
            Held::from(status(self.round.head.revision)),
            Held::from(note(snapshot.demonstration)),
        ])
    }

    /// The page of its computation: there is one of what was published, by its own version where that was replaced.
    fn computation(&self, figure: Figure<'_>) -> Option<String> {
        self.round.head.revision?;
        let address = format::computation_href(figure.definition, self.snapshot.year);
        let version = if figure.bridge { format!("?version={}", figure.definition.version) } else { String::new() };
        Some(format!("{address}{version}"))
    }
}

/// Years known only as one count a field: the counts, and what follows for the definitions over several fields.
fn reference_rows(counts: &[ReferenceCount], definitions: &[Definition]) -> Vec<Vec<Held>> {
    let mut years: Vec<_> = counts.iter().map(|count| count.year).collect();
    years.dedup();
    let mut rows = Vec::new();
    for year in years {
        let of_year: Vec<ReferenceCount> = counts.iter().filter(|count| count.year == year).cloned().collect();
        let Some(first) = of_year.first() else { continue };
        for definition in definitions {
            // Of other definitions the counts tell nothing.
            let Ok(bounds) = CountBounds::of(definition, &of_year) else { continue };
            let counted = match definition.rule.fields.as_slice() {
                [rule] => of_year.iter().find(|count| count.field == rule.field),
                _ => None,
            };
            let bounds = Some(bounds).filter(|_| counted.is_none());
            let condition = if counted.is_some() {
                "公表された数。回答した市町村数は公表されていないため、割合は求めない".to_owned()
            } else {
                format!("対象の{}市町村がすべて回答していた場合にとりうる範囲。割合は求めない", first.population)
            };
            rows.push(vec![
                Held::from(u32::from(year.year())),
                Held::from(year.wareki()),
                Held::from(definition.id.as_str()),
                Held::from(first.definition.as_str()),
                Held::from(definition.title.as_str()),
                Held::from(role(definition.role)),
                Held::from(yes_no(false)),
                Held::from(yes_no(false)),
                Held::from("value"),
                Held::from(counted.map(|count| count.count)),
                Held::Empty,
                Held::Empty,
                Held::from(first.population),
                Held::Empty,
                Held::from(first.respondents),
                first.respondents.map_or(Held::Empty, |respondents| percent(Share::new(respondents, first.population))),
                Held::Empty,
                bounds.map_or(Held::Empty, |bounds| percent(bounds.lower)),
                bounds.map_or(Held::Empty, |bounds| percent(bounds.upper)),
                Held::Empty,
                Held::Empty,
                Held::Empty,
                Held::Empty,
                Held::Empty,
                Held::Empty,
                Held::Empty,
                Held::Empty,
                Held::from(condition),
                Held::Empty,
                Held::from(first.source.as_str()),
                Held::Empty,
            ]);
        }
    }
    rows
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
