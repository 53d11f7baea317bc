//! The findings of a comparison as exhibits: one builder for the page, for pictures and for files.

use app::chart::Chart;
use app::chart::axis::{Axis, Mark};
use app::chart::heat::{HeatCell, HeatMap, HeatRow};
use app::chart::slope::{Slope, SlopeLine};
use app::chart::strip::Strip;
use app::exhibit::table::{Column, DataTable, Value};
use app::exhibit::{Address, Exhibit};
use shared::comparison::{Comparison, Level, Measure, Row, Seen, Topic};
use shared::maturity::{ScaleKind, Score};
use shared::share::Share;

use super::query::Query;
use super::words;
use crate::service::comparison::{Compared, ComparedYear};

/// Everything there is to show, in the page's order.
pub fn all(query: &Query, compared: &Compared) -> Vec<Exhibit> {
    let (Ok(comparison), Some(year)) = (&compared.found, &compared.year) else { return Vec::new() };
    let maker = Maker { query, compared, comparison, year };
    [Some(maker.strips()), maker.areas(), maker.course(), Some(maker.maturity())].into_iter().flatten().collect()
}

struct Maker<'a> {
    query: &'a Query,
    compared: &'a Compared,
    comparison: &'a Comparison,
    year: &'a ComparedYear,
}

impl Maker<'_> {
    fn exhibit(&self, id: &str, finding: Vec<String>, subtitle: String, table: DataTable) -> Exhibit {
        Exhibit {
            id: id.to_owned(),
            finding,
            subtitle,
            chart: None,
            table,
            notes: Vec::new(),
            source: words::source(self.year),
            address: Some(Address { path: format!("/pictures/compare/{id}"), query: self.query.written() }),
            demonstration: self.compared.demonstration,
        }
    }

    fn own(&self) -> &str {
        &self.comparison.own.name
    }

    fn group(&self) -> String {
        words::group(&self.query.asked().request, self.comparison)
    }

    /// The default comparison: the own place in the peers' distribution.
    fn strips(&self) -> Exhibit {
        let what = match self.query.rows {
            Level::Field => "分野ごとの実施率（取組のうち「一部実施・実証中」以上の割合）",
            Level::Area => "項目ごとの実施率（取組のうち「一部実施・実証中」以上の割合）",
            Level::Question => "設問ごとの段階（0 未着手〜4 実施している）",
        };
        let rows = &self.comparison.rows;
        let subtitle = format!(
            "{}と{}、{}。◆ {}、○ 比べた団体、縦の線 中央値。中央値との差が大きい順です。",
            self.own(),
            self.group(),
            self.year.year,
            self.own()
        );
        let table = self.rows_table(what);
        let strips: Vec<Strip> = rows.iter().map(|(topic, row)| self.strip(topic, row)).collect();
        let drawn = rows.iter().any(|(_, row)| row.own.is_some() || row.median.is_some());
        let chart = drawn.then(|| Chart::Strips { own: self.own().to_owned(), strips });
        let mut notes = vec![match self.query.rows {
            Level::Question => "段階は回答のままです。該当なし、不明、無回答と対象外には段階がなく、中央値と順位に入りません。".to_owned(),
            Level::Field | Level::Area => "実施率は、該当なしと対象外を除いた取組のうち、「一部実施・実証中」か「実施している」と答えたものの割合です。無回答と不明は、実施していない側に数えます。".to_owned(),
        }];
        notes.extend(self.hidden_notes());
        if rows.iter().any(|(_, row)| row.quartiles.is_some()) {
            let kind =
                if self.query.type6 { "type 6（ExcelのQUARTILE.EXC）" } else { "type 7（ExcelのQUARTILE.INC）" };
            notes.push(format!("四分位は{kind}です。10団体以上の値があるときだけ示します。"));
        }
        Exhibit { chart, notes, ..self.exhibit("strips", vec![what.to_owned()], subtitle, table) }
    }

    /// Why some values are not there.
    fn hidden_notes(&self) -> Vec<String> {
        let any = |wanted: fn(&Seen) -> bool| self.comparison.rows.iter().any(|(_, row)| wanted(&row.peers));
        let notes = [
            (
                any(|seen| *seen == Seen::Suppressed),
                "値のある団体が少ない、全団体が同じ値である、または設問が1つだけの行は、1団体の回答が推測できるため、比べた団体の値を秘匿としています。",
            ),
            (
                any(|seen| *seen == Seen::Median),
                "このアカウントには、この比較グループの中央値と順位だけを示します。市町村別の値は協議会会員と県のアカウントで見られます。",
            ),
            (
                any(|seen| matches!(seen, Seen::Unnamed(_))),
                "比べた団体の値は、市町村名を付けずに示しています。市町村別の値は協議会会員と県のアカウントで見られます。",
            ),
        ];
        notes.into_iter().filter(|(is_so, _)| *is_so).map(|(_, note)| note.to_owned()).collect()
    }

    fn strip(&self, topic: &Topic, row: &Row) -> Strip {
        let mark = |share: Share| mark(row.measure, share);
        let names = &self.comparison.peers;
        let peers = match &row.peers {
            Seen::Named(values) => {
                let with_name = values.iter().zip(names).filter_map(|(value, peer)| {
                    let mark = mark((*value)?)?;
                    Some(Mark { words: format!("{} {}", peer.name, mark.words), ..mark })
                });
                with_name.collect()
            }
            Seen::Unnamed(values) => values.iter().copied().filter_map(mark).collect(),
            Seen::Median | Seen::Suppressed | Seen::NotVisible => Vec::new(),
        };
        Strip {
            label: topic.label.clone(),
            remark: remark(row),
            own: row.own.and_then(mark),
            now: None,
            peers,
            median: row.median.and_then(mark),
            axis: if row.measure == Measure::Stage { Axis::Stage } else { Axis::Share },
        }
    }

    fn rows_table(&self, what: &str) -> DataTable {
        let comparison = self.comparison;
        let named = comparison.named;
        let mut columns = vec![
            Column::new("区分", "topic"),
            Column::new("取組の数", "practices"),
            Column::new(self.own(), "own"),
            Column::new("中央値", "median"),
            Column::new("中央値との差", "gap"),
            Column::new("順位", "rank"),
            Column::new("下からの位置", "percentile"),
            Column::new("値のある団体", "answered"),
        ];
        let quartiles = comparison.rows.iter().any(|(_, row)| row.quartiles.is_some());
        if quartiles {
            columns.extend([Column::new("第1四分位", "q1"), Column::new("第3四分位", "q3")]);
        }
        if named {
            columns.push(Column::new("人口で重み付けた平均", "by_population"));
            columns.extend(comparison.peers.iter().map(|peer| Column::new(&peer.name, peer.code.to_string())));
        }
        let rows = std::iter::once(("すべての取組".to_owned(), &comparison.whole))
            .chain(comparison.rows.iter().map(|(topic, row)| (topic.label.clone(), row)));
        let cells = |(label, row): (String, &Row)| {
            let value = |value: Option<Share>| value.map_or(Value::Nothing, |v| value_of(row.measure, v));
            let hidden = matches!(row.peers, Seen::Suppressed | Seen::NotVisible);
            let peers_value = |v: Option<Share>| if hidden { Value::Suppressed } else { value(v) };
            let of_peers = |found: Option<Value>| {
                if hidden { Value::Suppressed } else { found.unwrap_or(Value::Nothing) }
            };
            let mut cells = vec![
                Value::Text(label),
                Value::Whole(i64::try_from(row.questions).unwrap_or(i64::MAX)),
                value(row.own),
                peers_value(row.median),
                of_peers(row.gap_words().map(Value::Rounded)),
                of_peers(row.rank.map(|rank| Value::Rounded(format!("{}位／{}", rank.place, rank.of)))),
                of_peers(row.rank.map(|rank| Value::Share(rank.percentile()))),
                Value::Whole(i64::try_from(row.answered).unwrap_or(i64::MAX)),
            ];
            let tenths =
                |found: Option<u32>| found.map_or(Value::Nothing, |t| value_of(row.measure, Share::new(t, 1000)));
            if quartiles {
                cells.extend(row.quartiles.map_or([None, None], |q| q.map(Some)).map(tenths));
            }
            if named {
                cells.push(tenths(row.by_population));
                match &row.peers {
                    Seen::Named(values) => cells.extend(values.iter().map(|v| value(*v))),
                    Seen::Unnamed(_) | Seen::Median | Seen::Suppressed | Seen::NotVisible => {
                        cells.extend(comparison.peers.iter().map(|_| Value::Suppressed));
                    }
                }
            }
            cells
        };
        let caption = format!("{what}：{}と{}（{}）", self.own(), self.group(), self.year.year);
        DataTable { caption, columns, rows: rows.map(cells).collect() }
    }

    /// Areas × municipalities.
    fn areas(&self) -> Option<Exhibit> {
        let areas = &self.comparison.areas;
        if areas.is_empty() {
            return None;
        }
        let names: Vec<&str> =
            std::iter::once(self.own()).chain(self.comparison.peers.iter().map(|peer| peer.name.as_str())).collect();
        let of = |place: usize| areas.iter().map(move |(_, values)| values.get(place).copied().flatten());
        let rows = names.iter().enumerate().map(|(place, name)| HeatRow {
            label: (*name).to_owned(),
            own: place == 0,
            cells: of(place).map(heat_cell).collect(),
        });
        let columns: Vec<String> = areas.iter().map(|(topic, _)| topic.label.clone()).collect();
        let chart = Chart::Heat(HeatMap { columns, rows: rows.collect() });
        let mut headings = vec![Column::new("団体", "municipality")];
        headings.extend(areas.iter().map(|(topic, _)| Column::new(&topic.label, &topic.code)));
        let table = DataTable {
            caption: format!("項目ごとの実施率（{}、％）", self.year.year),
            columns: headings,
            rows: names
                .iter()
                .enumerate()
                .map(|(place, name)| {
                    let values = of(place).map(|value| value.map_or(Value::Nothing, Value::Share));
                    std::iter::once(Value::Text((*name).to_owned())).chain(values).collect()
                })
                .collect(),
        };
        let finding = vec!["どの団体が、".to_owned(), "どの項目で進んでいるか".to_owned()];
        let subtitle = format!("{}と{}、{}。濃いほど実施率が高い。", self.own(), self.group(), self.year.year);
        Some(Exhibit { chart: Some(chart), ..self.exhibit("areas", finding, subtitle, table) })
    }

    /// The own areas in two years.
    fn course(&self) -> Option<Exhibit> {
        let since = self.compared.since?;
        let course = &self.comparison.course;
        if course.is_empty() {
            return None;
        }
        let mark = |share: Option<Share>| share.and_then(|share| mark(Measure::Done, share));
        let lines = course.iter().map(|line| SlopeLine {
            label: line.topic.label.clone(),
            from: mark(line.own[0]),
            to: mark(line.own[1]),
            emphasis: false,
            field: line.topic.field,
        });
        let (from, to) = (since.wareki(), self.year.year.wareki());
        let slope = Slope { from: from.clone(), to: to.clone(), axis: Axis::Share, lines: lines.collect() };
        let columns = vec![
            Column::new("項目", "area"),
            Column::new("取組の数", "practices"),
            Column::new(&from, "then"),
            Column::new(&to, "now"),
            Column::new("差", "change"),
        ];
        let share = |share: Option<Share>| share.map_or(Value::Nothing, Value::Share);
        let rows = course.iter().map(|line| {
            let [then, now] = line.own;
            let change = now.zip(then).and_then(|(now, then)| now.points_since(then));
            vec![
                Value::Text(line.topic.label.clone()),
                Value::Whole(i64::try_from(line.practices).unwrap_or(i64::MAX)),
                share(then),
                share(now),
                change.map_or(Value::Nothing, Value::Points),
            ]
        });
        let table = DataTable {
            caption: format!("{}の項目ごとの実施率（{from}と{to}）", self.own()),
            columns,
            rows: rows.collect(),
        };
        let rose = |sign: std::cmp::Ordering| {
            let changes = course.iter().filter_map(|line| Some(line.own[1]?.since(line.own[0]?)?.sign()));
            changes.filter(|found| *found == sign).count()
        };
        let (up, down) = (rose(std::cmp::Ordering::Greater), rose(std::cmp::Ordering::Less));
        let finding = vec![format!("{from}から実施率が上がった項目は{up}、"), format!("下がった項目は{down}")];
        let subtitle = format!("{}の項目ごとの実施率。両年度で同じ聞き方の取組だけを数えています。", self.own());
        Some(Exhibit { chart: Some(Chart::Slope(slope)), ..self.exhibit("course", finding, subtitle, table) })
    }

    /// Scores and what other choices make of the order.
    fn maturity(&self) -> Exhibit {
        let maturity = &self.comparison.maturity;
        let ranks = maturity.ranks.as_ref().ok();
        let fields: Vec<&str> = maturity.weights.0.iter().map(|field| field.label.as_str()).collect();
        let mut columns = vec![Column::new("団体", "municipality"), Column::new("全体", "whole")];
        let field_columns = maturity.weights.0.iter().map(|field| Column::new(&field.label, &field.code));
        columns.extend(field_columns);
        columns.extend([
            Column::new("未確定の回答", "undetermined"),
            Column::new("順位の幅", "ranks"),
            Column::new("順位の中央", "middle"),
        ]);
        let names = std::iter::once(self.own()).chain(self.comparison.peers.iter().map(|peer| peer.name.as_str()));
        let rows = names.zip(&maturity.scores).enumerate().map(|(place, (name, score))| {
            let words = |score: Option<Score>| score.map_or(Value::Nothing, |score| Value::Rounded(score.words()));
            let range = ranks.and_then(|ranks| ranks.ranges.get(place).copied().flatten());
            let mut cells = vec![Value::Text(name.to_owned()), words(score.whole.ok())];
            cells.extend(score.fields.iter().copied().map(words));
            cells.push(Value::Whole(i64::from(score.undetermined)));
            cells.push(range.map_or(Value::Nothing, |range| Value::Rounded(rank_words(range.min, range.max))));
            cells.push(range.map_or(Value::Nothing, |range| Value::Rounded(middle_words(range.median))));
            cells
        });
        let table = DataTable {
            caption: format!("成熟度（{}、{}）", maturity.what_if.scale.label(), self.year.year),
            columns,
            rows: rows.collect(),
        };
        let finding = self.maturity_finding();
        let subtitle = format!("{}と{}、{}。", self.own(), self.group(), self.year.year);
        let chart = (maturity.what_if.scale != ScaleKind::ZScore).then(|| self.maturity_strips(&fields));
        let mut notes = vec![
            "設問の段階（0〜4）を項目で平均し、項目を分野に、分野を全体にまとめた点です。該当なしと対象外は除き、その重みはほかが引き受けます。無回答と不明は未確定で、0段階のときから4段階のときまでを幅で示します。1つの回答で動く大きさより細かい桁は示しません。未提出の団体に点はありません。".to_owned(),
        ];
        notes.push(match &maturity.ranks {
            Ok(ranks) => format!(
                "順位の幅は、重みを{}通り引き、物差しと平均の組み合わせ10通りと掛け合わせた{}通りの順位の、最も上から最も下までです（{}団体中、無回答と不明は0段階）。重みは乱数の種 {} から引いたもので、同じ種なら同じ結果になります。偶然の誤差ではありません。",
                shared::maturity::ranks::WEIGHTINGS,
                app::components::format::thousands(u64::from(ranks.combinations)),
                ranks.of,
                maturity.what_if.seed
            ),
            Err(reason) => reason.to_string(),
        });
        if !maturity.flat.is_empty() {
            notes.push(format!(
                "どの団体も同じ段階の項目（{}）は、この物差しでは点に入りません。",
                maturity.flat.join("、")
            ));
        }
        if maturity.what_if.scale != self.query.what_if.scale {
            notes.push("市町村別の値を見られないアカウントでは、物差しは「段階そのまま」だけを使います。ほかの物差しの点からは、比べた団体の値が分かってしまうためです。".to_owned());
        }
        Exhibit { chart, notes, ..self.exhibit("maturity", finding, subtitle, table) }
    }

    fn maturity_finding(&self) -> Vec<String> {
        let maturity = &self.comparison.maturity;
        let own = maturity.scores.first().and_then(|score| score.whole.ok());
        let range =
            maturity.ranks.as_ref().ok().and_then(|ranks| Some((ranks.ranges.first().copied().flatten()?, ranks.of)));
        match (own, range) {
            (None, _) => vec!["成熟度の点は、".to_owned(), "この条件では計算できません".to_owned()],
            (Some(own), None) => vec![format!("成熟度は{}", own.words())],
            (Some(own), Some((range, of))) => vec![
                format!("成熟度は{}、", own.words()),
                format!("順位は重みや計算の仕方によって{of}団体中{}", rank_words(range.min, range.max)),
            ],
        }
    }

    fn maturity_strips(&self, fields: &[&str]) -> Chart {
        let maturity = &self.comparison.maturity;
        let axis = Axis::Number { from: 0, to: 1000, low: "0点".to_owned(), high: "100点".to_owned() };
        let of_place = |place: Option<usize>| {
            maturity.scores.iter().map(move |score| match place {
                None => score.whole.ok(),
                Some(field) => score.fields.get(field).copied().flatten(),
            })
        };
        let mark = |score: Score| Mark { at: tenths(score.lower), words: format!("{}点", score.words()) };
        let strip = |label: &str, place: Option<usize>| {
            let mut scores = of_place(place);
            let own = scores.next().flatten().map(mark);
            let named = scores.zip(&self.comparison.peers).filter_map(|(score, peer)| {
                let mark = mark(score?);
                Some(Mark { words: format!("{} {}", peer.name, mark.words), ..mark })
            });
            Strip {
                label: label.to_owned(),
                remark: String::new(),
                own,
                now: None,
                peers: named.collect(),
                median: None,
                axis: axis.clone(),
            }
        };
        let whole = std::iter::once(strip("全体", None));
        let strips = whole.chain(fields.iter().enumerate().map(|(place, label)| strip(label, Some(place))));
        Chart::Strips { own: self.own().to_owned(), strips: strips.collect() }
    }
}

fn mark(measure: Measure, share: Share) -> Option<Mark> {
    let of_share = Mark::of_share(share)?;
    Some(match measure {
        Measure::Done => of_share,
        // From tenths of a per cent to hundredths of a stage.
        Measure::Stage => Mark { at: (of_share.at * 4 + 5) / 10, words: measure.words(share) },
    })
}

fn value_of(measure: Measure, share: Share) -> Value {
    match measure {
        Measure::Done => Value::Share(share),
        Measure::Stage => Value::Rounded(measure.words(share)),
    }
}

fn heat_cell(value: Option<Share>) -> HeatCell {
    match value.and_then(|share| Some((share, u16::try_from(share.permille()?).ok()?))) {
        Some((share, permille)) => HeatCell::Value { permille, words: share.percent(0).unwrap_or_default() },
        None => HeatCell::Missing("－".to_owned()),
    }
}

/// 「＋25.0ポイント 2位／8」
fn remark(row: &Row) -> String {
    let hidden = match row.peers {
        Seen::Suppressed => Some("秘匿"),
        Seen::NotVisible => Some("公開範囲外"),
        Seen::Named(_) | Seen::Unnamed(_) | Seen::Median => None,
    };
    if let Some(hidden) = hidden {
        return hidden.to_owned();
    }
    let gap = row.gap_words().unwrap_or_else(|| "値なし".to_owned());
    row.rank.map_or(gap.clone(), |rank| format!("{gap} {}位／{}", rank.place, rank.of))
}

/// 「3位」 or 「2〜6位」
fn rank_words(best: u32, worst: u32) -> String {
    if best == worst { format!("{best}位") } else { format!("{best}〜{worst}位") }
}

/// 「3位」 or 「3.5位」
fn middle_words(median: f64) -> String {
    if (median - median.floor()).abs() < 0.25 { format!("{median:.0}位") } else { format!("{median:.1}位") }
}

#[expect(clippy::cast_possible_truncation, reason = "1 to 100")]
fn tenths(score: f64) -> i32 {
    (score * 10.0).round() as i32
}
