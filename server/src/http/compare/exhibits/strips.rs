//! The default comparison: the own place in the peers' distribution.

use std::cmp::Ordering;

use app::chart::Chart;
use app::chart::axis::{Axis, Mark};
use app::chart::strip::Strip;
use app::exhibit::Exhibit;
use app::exhibit::table::{Column, DataTable, Value};
use shared::comparison::{Level, Measure, Row, Seen, Topic};
use shared::share::Share;

use super::{Maker, column, gap_of, mark, value_of, whole};

impl Maker<'_> {
    /// A strip a row.
    pub(super) fn strips(&self) -> Exhibit {
        let what = match self.query.rows {
            Level::Field => "分野ごとの実施率（取組のうち「一部実施・実証中」以上の割合）",
            Level::Area => "項目ごとの実施率（取組のうち「一部実施・実証中」以上の割合）",
            Level::Question => "設問ごとの段階（0 未着手〜4 実施している）",
        };
        let rows = &self.comparison.rows;
        let subtitle = format!(
            "{what}。{}と{}、{}。◆ {}、○ 比べた団体、縦の線 中央値。中央値との差が大きい順です。",
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
        if rows.iter().any(|(_, row)| row.gap_is_open()) {
            notes.push(
                "「未確定」は、自団体の無回答か不明の答えによって、中央値を上回るか下回るかが変わるものです。"
                    .to_owned(),
            );
        }
        if self.comparison.named {
            let without = self.comparison.peers.iter().filter(|peer| peer.population.is_none());
            let without: Vec<&str> = without.map(|peer| peer.name.as_str()).collect();
            if !without.is_empty() {
                let names = without.join("、");
                notes.push(format!(
                    "名簿に人口のない団体（{names}）は、人口で重み付けた平均と標準偏差に入っていません。"
                ));
            }
        }
        notes.extend(self.hidden_notes());
        if rows.iter().any(|(_, row)| row.quartiles.is_some()) {
            let kind =
                if self.query.type6 { "type 6（ExcelのQUARTILE.EXC）" } else { "type 7（ExcelのQUARTILE.INC）" };
            notes.push(format!("四分位は{kind}です。10団体以上の値があるときだけ示します。"));
        }
        Exhibit { chart, notes, ..self.exhibit("strips", self.strips_finding(what), subtitle, table) }
    }

    /// How many rows lie above the median, and how many below; what is shown where no median is.
    fn strips_finding(&self, what: &str) -> Vec<String> {
        let of = |sign: Ordering| self.comparison.rows.iter().filter(|(_, row)| row.gap_sign() == Some(sign)).count();
        let topics = self.topics();
        let open = self.comparison.rows.iter().filter(|(_, row)| row.gap_is_open()).count();
        match ([Ordering::Greater, Ordering::Equal, Ordering::Less].map(of), open) {
            ([0, 0, 0], 0) => vec![what.to_owned()],
            ([0, _, 0], 0) => vec![format!("中央値との差がある{topics}は"), "ありません".to_owned()],
            ([above, _, below], 0) => {
                vec![format!("中央値を上回る{topics}は{above}、"), format!("下回る{topics}は{below}")]
            }
            ([above, _, below], open) => vec![
                format!("中央値を上回る{topics}は{above}、"),
                format!("下回る{topics}は{below}、"),
                format!("未確定は{open}"),
            ],
        }
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
                "このアカウントには、この比較グループの中央値だけを示します。順位と四分位は、グループどうしの違いから1団体の値が分かることがあるため示しません。市町村別の値は協議会会員と県のアカウントで見られます。",
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
        let (named, measure) = (comparison.named, self.measure());
        let values = |label: &str, name: &str| column(measure, label, name, false);
        let mut columns = vec![
            Column::words(self.topics(), "topic_label"),
            Column::whole("取組の数", "practices", "設問"),
            values(self.own(), "own"),
            values("中央値", "median"),
            column(measure, "中央値との差", "gap", true),
            Column::whole("順位", "rank", "位"),
            Column::whole("順位を付けた団体", "rank_of", "団体"),
            Column::share("下からの位置", "percentile"),
            Column::whole("値のある団体", "answered", "団体"),
            Column::whole("未確定の自団体の回答", "undetermined", "設問"),
        ];
        let quartiles = comparison.rows.iter().any(|(_, row)| row.quartiles.is_some());
        if quartiles {
            columns.extend([values("第1四分位", "q1"), values("第3四分位", "q3")]);
        }
        if named {
            columns.push(values("人口で重み付けた平均", "by_population"));
            columns.push(column(measure, "人口で重み付けた標準偏差", "spread_by_population", true));
            columns.extend(comparison.peers.iter().map(|peer| values(&peer.name, &peer.code.to_string())));
        }
        // All practices together have a share and no stage: the two do not stand in one column.
        let whole_row = (measure == Measure::Done).then(|| ("すべての取組".to_owned(), &comparison.whole));
        let rows = comparison.rows.iter().map(|(topic, row)| (topic.label.clone(), row));
        let cells = |(label, row): (String, &Row)| {
            let value = |share: Option<Share>| value_of(measure, share);
            let hidden = matches!(row.peers, Seen::Suppressed | Seen::NotVisible);
            let of_peers = |found: Value| if hidden { Value::Suppressed } else { found };
            let ranked =
                |part: fn(&shared::comparison::Rank) -> Value| of_peers(row.rank.as_ref().map_or(Value::Nothing, part));
            let mut cells = vec![
                Value::Text(label),
                whole(row.questions),
                value(row.own),
                of_peers(value(row.median)),
                of_peers(gap_of(row)),
                ranked(|rank| whole(rank.place)),
                ranked(|rank| whole(rank.of)),
                ranked(|rank| Value::Share(rank.percentile())),
                whole(row.answered),
                Value::Whole(i64::from(row.undetermined)),
            ];
            let tenths = |found: Option<u32>| value(found.map(|tenths| Share::new(tenths, 1000)));
            if quartiles {
                cells.extend(row.quartiles.map_or([None, None], |q| q.map(Some)).map(tenths));
            }
            if named {
                cells.push(tenths(row.by_population));
                cells.push(row.spread_by_population.map_or(Value::Nothing, |tenths| spread(measure, tenths)));
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
        DataTable { caption, columns, rows: whole_row.into_iter().chain(rows).map(cells).collect() }
    }
}

/// A standard deviation of shares, from tenths of a point: in points, or in stages.
fn spread(measure: Measure, tenths: u32) -> Value {
    match measure {
        Measure::Done => Value::Rounded(format!("{}.{}", tenths / 10, tenths % 10)),
        Measure::Stage => measure.digits(Share::new(tenths, 1000)).map_or(Value::Nothing, Value::Rounded),
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
