//! 点検: what in the responses of a round should be looked at again, for the prefecture's officers. The heaviest first.

use app::components::question::in_words;
use async_trait::async_trait;
use shared::plausibility::{self, Evidence, Outlier};
use shared::questionnaire::Threshold;
use shared::response::{AnswerValue, ResponseState};

use super::{About, Audience, Dataset, Made, Material, Span, Years, note, year_columns};
use crate::export::table::{Column, Held, HeldTable, Kind};
use crate::service::checking::{Check, Found, words};
use crate::service::{Error, Result};

/// The dataset.
pub struct Checks;

/// What the figures of outliers are.
const OUTLIERS: &str = "頑健zスコアは、中央値からの差を四分位範囲から求めた標準偏差の推定値で割ったものです。人口1万人当たりの値でも求めています。";

/// How a change is held against the questionnaire's threshold.
const BASES: [(&str, &str); 2] = [("number", "値の差（単位は設問の単位）"), ("percent", "前年の値に対する差の百分率")];

#[async_trait]
impl Dataset for Checks {
    fn about(&self) -> About {
        About {
            id: "check",
            title: "回答の点検",
            description: "回答のうち、矛盾、前年からの大きな変化、外れ値、未回答を、確かめる重みの順に並べたものです。いまの内容です。",
            span: Span::Year,
            audience: Audience::Officers,
            by_reader: false,
        }
    }

    async fn make(&self, material: &Material<'_>) -> Result<Made> {
        let Years::One(year) = material.scope.years else { return Err(Error::NotFound) };
        let check = material.service.check_of(year).await?;
        let table = table(&check, check.found.iter(), note(material.service.is_demonstration().await?));
        Ok(Made::new(table, &[OUTLIERS]))
    }
}

/// Those findings of a round as a table; `note` stands in every row.
pub fn table<'f>(check: &Check, found: impl Iterator<Item = &'f Found>, note: &str) -> HeldTable {
    HeldTable::new(columns(), found.map(|found| row(check, found, note)).collect())
}

fn columns() -> Vec<Column> {
    let text = |name, label, description| Column::new(name, label, Kind::FreeText, description);
    let number = |name, label, description| Column::new(name, label, Kind::Decimal, description);
    let states = ResponseState::ALL.map(|state| (state.code(), state.label()));
    let kinds = plausibility::Kind::ALL.map(|kind| (kind.code(), kind.label()));
    let mut columns = Vec::from(year_columns());
    columns.extend([
        Column::new("municipality_code", "団体コード", Kind::Code, "全国地方公共団体コード（6桁）"),
        Column::new("municipality_name", "市町村名", Kind::Text, "市町村の正式名称"),
        Column::new("response_state", "回答の段階", Kind::Code, "回答の段階").coded(states),
        Column::new("kind", "種類", Kind::Code, "見つかったことの種類").coded(kinds),
        Column::new("weight", "重み", Kind::Integer, "確かめる順の重み。大きいほど先"),
        Column::new("section", "章", Kind::Text, "設問のある章の題名"),
        Column::new("question_name", "設問名", Kind::Code, "調査票の中の設問の名前"),
        Column::new("question_number", "設問番号", Kind::Text, "調査票に印刷される番号"),
        Column::new("question_label", "設問文", Kind::Text, "設問の文"),
        text("answer", "回答", "いまの回答"),
        text("previous_answer", "前年の回答", "比べた前年の回答"),
        number("threshold", "変化の基準", "これを超える変化を見つける、調査票の基準"),
        Column::new("threshold_basis", "変化の基準の種類", Kind::Code, "変化の基準が何に対するものか").coded(BASES),
        number("median", "中央値", "答えた市町村の値の中央値（外れ値のとき）"),
        number("robust_z", "頑健zスコア", "中央値からの離れ方（外れ値のとき）"),
        number("median_per_10000", "人口1万人当たりの中央値", "人口1万人当たりの値の中央値（外れ値のとき）"),
        number(
            "robust_z_per_10000",
            "人口1万人当たりの頑健zスコア",
            "人口1万人当たりの値の、中央値からの離れ方（外れ値のとき）",
        ),
        Column::new("n", "値のある市町村数", Kind::Integer, "数値を答えた市町村の数（外れ値のとき）")
            .in_unit(Some("市町村")),
        text("finding", "見つかったこと", "見つかったことの説明"),
        Column::new("note", "注意", Kind::Text, "架空のデータなど、行を使うときに必ず知るべきこと"),
    ]);
    columns
}

fn row(check: &Check, Found { municipality, state, finding }: &Found, note: &str) -> Vec<Held> {
    let questionnaire = &check.questionnaire;
    let question = questionnaire.question(finding.question);
    let answer = |answer: &Option<AnswerValue>| Held::from(answer.as_ref().map(|answer| in_words(question, answer)));
    let mut sections = questionnaire.sections.iter();
    let section = sections.find(|section| section.questions().any(|index| index == finding.question));
    let year = check.round.year;
    let mut row = vec![
        Held::from(u32::from(year.year())),
        Held::from(year.wareki()),
        Held::from(municipality.code.as_str()),
        Held::from(municipality.name.as_str()),
        Held::from(state.code()),
        Held::from(finding.kind().code()),
        Held::from(finding.weight()),
        Held::from(section.map(|section| section.title.as_str())),
        Held::from(question.name.as_str()),
        Held::from(question.number.as_str()),
        Held::from(question.label.as_str()),
        answer(&finding.now),
        answer(&finding.then),
    ];
    row.extend(threshold(&finding.evidence));
    row.extend(figures(&finding.evidence));
    row.extend([Held::from(words::sentence(questionnaire, finding)), Held::from(note)]);
    row
}

fn threshold(evidence: &Evidence) -> [Held; 2] {
    match evidence {
        Evidence::Change { threshold: Threshold::Absolute(limit), .. } => {
            [Held::Decimal(limit.to_string()), Held::from("number")]
        }
        Evidence::Change { threshold: Threshold::Percent(limit), .. } => {
            [Held::Decimal(limit.to_string()), Held::from("percent")]
        }
        Evidence::Breach { .. }
        | Evidence::Unusual { .. }
        | Evidence::Stages { .. }
        | Evidence::Outlier(_)
        | Evidence::Blank { .. } => [Held::Empty, Held::Empty],
    }
}

/// Median, score, the same per 10,000 inhabitants, and how many gave a number.
fn figures(evidence: &Evidence) -> [Held; 5] {
    let Evidence::Outlier(Outlier { plain, per_inhabitants }) = evidence else { return [const { Held::Empty }; 5] };
    let hundredths = |number: f64| Held::Decimal(format!("{number:.2}"));
    let per = |figure: Option<f64>| figure.map_or(Held::Empty, hundredths);
    [
        hundredths(plain.median),
        hundredths(plain.score),
        per(per_inhabitants.map(|per| per.median)),
        per(per_inhabitants.map(|per| per.score)),
        i64::try_from(plain.n).map_or(Held::Empty, Held::Integer),
    ]
}
