//! 成熟度: scores with their intervals, and what other choices make of the order.

use app::chart::Chart;
use app::chart::axis::{Axis, Mark};
use app::chart::strip::Strip;
use app::exhibit::Exhibit;
use app::exhibit::table::{Column, DataTable, Value};
use shared::maturity::{ScaleKind, Score};
use shared::statistics::rank_grid::RankRange;

use super::Maker;

impl Maker<'_> {
    /// Scores and ranks.
    pub(super) fn maturity(&self) -> Exhibit {
        let maturity = &self.comparison.maturity;
        let fields: Vec<&str> = maturity.weights.0.iter().map(|field| field.label.as_str()).collect();
        let table = self.maturity_table();
        let finding = self.maturity_finding();
        let subtitle = format!("{}と{}、{}。", self.own(), self.group(), self.year.year);
        let chart = (maturity.what_if.scale != ScaleKind::ZScore).then(|| self.maturity_strips(&fields));
        let mut notes = vec![
            "設問の段階（0〜4）を項目で平均し、項目を分野に、分野を全体にまとめた点です。該当なしと対象外は除き、その重みはほかが引き受けます。無回答と不明は未確定で、0段階のときから4段階のときまでを幅で示します。1つの回答で動く大きさより細かい桁は示しません。未提出の団体に点はありません。図の印は下限、右へ伸びる線は上限までです。".to_owned(),
        ];
        notes.push(match &maturity.ranks {
            Ok(ranks) if maturity.what_if.without_one_area => format!(
                "順位の幅は、すべての項目を同じ重みで使うときと、項目を1つずつ除くときを、物差しと平均の組み合わせ10通りと掛け合わせた{}通りの順位の、最も上から最も下までです（{}団体中、無回答と不明は0段階から4段階までのどれでもありうるものとする）。1つの項目がどれだけ順位を決めているかが分かります。",
                app::components::format::thousands(u64::from(ranks.combinations)),
                ranks.of
            ),
            Ok(ranks) => format!(
                "順位の幅は、重みを{}通り引き、物差しと平均の組み合わせ10通りと掛け合わせた{}通りの順位の、最も上から最も下までです（{}団体中、無回答と不明は0段階から4段階までのどれでもありうるものとする）。重みは乱数の種 {} から引いたもので、同じ種なら同じ結果になります。偶然の誤差ではありません。",
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

    fn maturity_table(&self) -> DataTable {
        let maturity = &self.comparison.maturity;
        let ranks = maturity.ranks.as_ref().ok();
        let unit = if maturity.what_if.scale == ScaleKind::ZScore { "標準偏差" } else { "点" };
        let interval = |label: &str, name: &str| {
            [("下限", "low"), ("上限", "high")]
                .map(|(end, code)| Column::decimal(format!("{label}（{end}）"), format!("{name}_{code}"), unit))
        };
        let mut columns = Vec::from(super::municipality_columns());
        columns.extend(interval("全体", "score"));
        columns.extend(maturity.weights.0.iter().flat_map(|field| interval(&field.label, &field.code)));
        columns.extend([
            Column::whole("未確定の回答", "undetermined", "設問"),
            Column::whole("最も上の順位", "rank_best", "位"),
            Column::decimal("中央の順位", "rank_middle", "位"),
            Column::whole("最も下の順位", "rank_worst", "位"),
            Column::whole("順位を付けた団体", "rank_of", "団体"),
        ]);
        let rows = self.everybody().zip(&maturity.scores).enumerate().map(|(place, (municipality, score))| {
            let ends = |score: Option<Score>| {
                score.map_or([Value::Nothing, Value::Nothing], |score| score.digits().map(Value::Rounded))
            };
            let range = ranks.and_then(|ranks| ranks.ranges.get(place).copied().flatten());
            let ranked = |of: &dyn Fn(RankRange) -> Value| range.map_or(Value::Nothing, of);
            let mut cells = Vec::from(super::municipality_cells(municipality));
            cells.extend(ends(score.whole.ok()));
            cells.extend(score.fields.iter().copied().flat_map(ends));
            cells.push(Value::Whole(i64::from(score.undetermined)));
            cells.extend([
                ranked(&|range| Value::Whole(i64::from(range.min))),
                ranked(&|range| Value::Rounded(middle(range.median))),
                ranked(&|range| Value::Whole(i64::from(range.max))),
                ranked(&|_| ranks.map_or(Value::Nothing, |ranks| super::whole(ranks.of))),
            ]);
            cells
        });
        DataTable {
            caption: format!("成熟度（{}、{}）", maturity.what_if.scale.label(), self.year.year),
            columns,
            rows: rows.collect(),
        }
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
        let mark = |score: Score| Mark {
            upper: Some(tenths(score.upper)),
            ..Mark::new(tenths(score.lower), format!("{}点", score.words()))
        };
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

/// 「3位」 or 「2〜6位」
fn rank_words(best: u32, worst: u32) -> String {
    if best == worst { format!("{best}位") } else { format!("{best}〜{worst}位") }
}

/// 「3」 or 「3.5」
fn middle(median: f64) -> String {
    if (median - median.floor()).abs() < 0.25 { format!("{median:.0}") } else { format!("{median:.1}") }
}

#[expect(clippy::cast_possible_truncation, reason = "1 to 100")]
fn tenths(score: f64) -> i32 {
    (score * 10.0).round() as i32
}
