//! 数値の集計: sum, quartiles and extremes of the questions that ask for a number.

use std::io;

use async_trait::async_trait;
use shared::tabulation::{Exact, Filter};

use super::counted::{Asked, Counted, Counts, Year};
use super::{About, Audience, Dataset, Made, Material, Span, codebook, yes_no};
use crate::export::columns::AnswerKind;
use crate::export::table::{Column, Held, Kind, Sink};
use crate::service::Result;

/// The dataset.
pub struct Numbers;

/// What the dataset says of itself.
const QUARTILES: &str = "四分位数と中央値は、間を直線で補う方法（R の type 7）で求めています。市町村別の値を公開していない設問では、最小値と最大値を示さず、回答が3市町村に満たない合計と10市町村に満たない四分位数も示していません（suppressed が yes）。";

#[async_trait]
impl Dataset for Numbers {
    fn about(&self) -> About {
        About {
            id: "numbers",
            title: "数値の集計",
            description: "数値を聞く設問の合計、四分位数、最小値、最大値です。1行に1つの設問があります。",
            span: Span::YearOrAll,
            audience: Audience::ByVisibility,
            by_reader: false,
        }
    }

    async fn make(&self, material: &Material<'_>) -> Result<Made> {
        let count =
            |name, label, description| Column::new(name, label, Kind::Integer, description).in_unit(Some("市町村"));
        let number = |name, label| Column::new(name, label, Kind::Decimal, "単位は列unit");
        let columns = vec![
            Column::new("unit", "単位", Kind::Text, "数値の単位"),
            count("register", "対象の市町村数", "名簿にある市町村の数（N）"),
            count("answered", "数値を答えた市町村数", "数値を答えた市町村の数。秘匿のときは空欄"),
            number("sum", "合計"),
            number("minimum", "最小値"),
            number("first_quartile", "第1四分位数"),
            number("median", "中央値"),
            number("third_quartile", "第3四分位数"),
            number("maximum", "最大値"),
            Column::new("suppressed", "秘匿", Kind::Code, "示していない数値があるか").coded(super::YES_NO),
        ];
        Ok(Made {
            codebook: Some(Box::new(codebook::of(material)?)),
            ..Made::new(Counted::new(material, columns, Summaries).await?, &[QUARTILES])
        })
    }
}

struct Summaries;

impl Counts for Summaries {
    fn rows(&self, year: &Year<'_>, sink: &mut Sink<'_>) -> io::Result<()> {
        let exact = |number: Option<Exact>| number.map_or(Held::Empty, |number| Held::Decimal(number.to_string()));
        for asked in of_numbers(year) {
            let summary = year.reader.numbers(year.slab, asked.variable, &Filter::default());
            let summary = summary.map_err(io::Error::other)?;
            let [lower, median, upper] =
                summary.quartiles.map_or([None; 3], |quartiles| quartiles.map(Some)).map(exact);
            let figures = [
                Held::from(asked.question.unit.as_deref()),
                Held::from(summary.frequency.register),
                Held::from(summary.frequency.answered.shown()),
                exact(summary.sum),
                exact(summary.min),
                lower,
                median,
                upper,
                exact(summary.max),
                Held::from(yes_no(summary.suppressed)),
            ];
            asked.row(&[&figures], sink)?;
        }
        Ok(())
    }

    fn height(&self, year: &Year<'_>) -> usize {
        of_numbers(year).count()
    }
}

fn of_numbers<'c>(year: &Year<'c>) -> impl Iterator<Item = Asked<'c>> {
    year.asked().filter(|asked| matches!(asked.kind, AnswerKind::Integer | AnswerKind::Decimal))
}
