//! What the counted datasets share: they are counted when their rows are first wanted, year by year, through
//! [`shared::tabulation::release`].

use std::io;
use std::sync::OnceLock;

use shared::publication::PublishedQuestion;
use shared::share::Share;
use shared::tabulation::frequency::{Base, Count, Frequency};
use shared::tabulation::{Cube, Reader, State, Variable, YearSlab};
use shared::visibility::Visibility;

use super::{Round, note, yes_no};
use crate::export::columns::Columns;
use crate::export::provenance::status;
use crate::export::table::{Column, Held, HeldTable, Kind, Sink, Table};

/// What the counted datasets say of themselves.
pub const SUPPRESSED: &str = "市町村別の値を公開していない設問では、個々の市町村の回答が分かるおそれのある数を秘匿し、数を空欄、count_stateをsuppressed（秘匿）にしています。差し引きで分かる数も秘匿しています。";
/// And of their shares.
pub const SHARES: &str = "割合は、四捨五入する前の比から小数第1位まで求めた百分率です。端数処理のため合計が100%にならない場合があります。複数選択の設問では合計が100%を超えることがあります。";

/// Makes a round's rows.
pub type CountYear = fn(&Year<'_>) -> Vec<Vec<Held>>;

/// A table counted when it is first read.
pub struct Counted {
    columns: Vec<Column>,
    rounds: Vec<Round>,
    reader: Visibility,
    count: CountYear,
    made: OnceLock<HeldTable>,
}

/// One year, ready for counting.
pub struct Year<'c> {
    /// Everything but the cells.
    pub columns: &'c Columns,
    /// All variables.
    pub cube: &'c Cube,
    /// This year's cells.
    pub slab: &'c YearSlab,
    /// For whom.
    pub reader: Reader,
}

impl Counted {
    /// The rows of `count` for every round.
    pub fn new(columns: Vec<Column>, rounds: &[Round], reader: Visibility, count: CountYear) -> Self {
        Self { columns, rounds: rounds.to_vec(), reader, count, made: OnceLock::new() }
    }

    fn made(&self) -> io::Result<&HeldTable> {
        if let Some(counted) = self.made.get() {
            return Ok(counted);
        }
        let mut rows = Vec::new();
        for round in &self.rounds {
            let columns = round.columns()?;
            let cube = Cube::from_snapshots(&[&columns.snapshot()]).map_err(io::Error::other)?;
            let Some(slab) = cube.years().first() else { continue };
            let year = Year { columns: &columns, cube: &cube, slab, reader: Reader::new(self.reader) };
            rows.extend((self.count)(&year));
        }
        Ok(self.made.get_or_init(|| HeldTable::new(self.columns.clone(), rows)))
    }
}

impl Table for Counted {
    fn columns(&self) -> &[Column] {
        &self.columns
    }

    fn rows(&self, sink: &mut Sink<'_>) -> io::Result<()> {
        self.made()?.rows(sink)
    }

    fn row_count(&self) -> io::Result<u64> {
        self.made()?.row_count()
    }
}

/// The columns that tell the question.
pub fn question_columns() -> Vec<Column> {
    let mut columns = Vec::from(super::year_columns());
    columns.extend([
        Column::new("question_name", "設問名", Kind::Code, "調査票の中の設問の名前"),
        Column::new("question_number", "設問番号", Kind::Text, "調査票に印刷される番号"),
        Column::new("concept", "概念ID", Kind::Code, "年度をまたいで同じことを聞く設問に共通のID"),
        Column::new("question_label", "設問文", Kind::Text, "設問の文"),
        Column::new(
            "comparable_with_previous",
            "前の調査との比較",
            Kind::Code,
            "前の調査の結果と比較できるか。続く設問がなければ空欄",
        )
        .coded(super::YES_NO),
    ]);
    columns
}

/// The columns that tell a count of a frequency.
pub fn count_columns() -> Vec<Column> {
    let percent = |name, label, description| Column::new(name, label, Kind::Decimal, description).in_unit(Some("％"));
    let number =
        |name, label, description| Column::new(name, label, Kind::Integer, description).in_unit(Some("市町村"));
    vec![
        Column::new("item_kind", "区分", Kind::Code, "何を数えたか").coded(ITEMS),
        Column::new("item", "項目", Kind::Code, "選択肢又は状態のコード"),
        Column::new("item_label", "項目の名称", Kind::Text, "選択肢又は状態の名称"),
        number("count", "市町村数", "数。秘匿のときは空欄"),
        Column::new("count_state", "数の状態", Kind::Code, "数を示しているか").coded(COUNTS),
        number("register", "対象の市町村数", "名簿にある市町村の数（N）"),
        number("respondents", "回答した市町村数", "回答した市町村の数（n）"),
        percent("share_of_register", "対象に占める割合", "対象の市町村数に占める割合"),
        percent("share_of_respondents", "回答した市町村に占める割合", "回答した市町村数に占める割合"),
        Column::new("multiple", "複数選択", Kind::Code, "複数選択の設問か").coded(super::YES_NO),
    ]
}

const ITEMS: [(&str, &str); 3] = [("choice", "選択肢"), ("answered", "値のある回答"), ("state", "値のない状態")];
const COUNTS: [(&str, &str); 2] = [("shown", "表示"), ("suppressed", "秘匿")];

impl Year<'_> {
    /// The questions with their variables, in the questionnaire's order.
    pub fn variables(&self) -> impl Iterator<Item = (&PublishedQuestion, &Variable)> {
        let year = self.slab.year();
        self.columns.head.snapshot.questions.iter().filter_map(move |question| {
            let asks = |v: &&Variable| v.edition(year).is_some_and(|edition| edition.name == question.name);
            Some((question, self.cube.variables().iter().find(asks)?))
        })
    }

    /// What [`question_columns`] hold.
    pub fn question(&self, question: &PublishedQuestion) -> Vec<Held> {
        let year = self.slab.year();
        let compared = self.columns.head.comparable.get(&question.name);
        vec![
            Held::from(u32::from(year.year())),
            Held::from(year.wareki()),
            Held::from(question.name.as_str()),
            Held::from(question.number.as_str()),
            Held::from(question.concept.as_str()),
            Held::from(question.label.as_str()),
            Held::from(compared.map(|yes| yes_no(*yes))),
        ]
    }

    /// What the columns `status` and `note` hold.
    pub fn status(&self) -> [Held; 2] {
        [Held::from(status(self.columns.head.revision)), Held::from(note(self.columns.head.snapshot.demonstration))]
    }

    /// What [`count_columns`] hold for each count of a frequency. A choice that was not offered has no row.
    pub fn counts(variable: &Variable, table: &Frequency) -> Vec<Vec<Held>> {
        let of = |kind: &str, item: &str, label: &str, count: Count| {
            let percent = |base| table.share(count, base).as_ref().and_then(|share: &Share| share.percent(1));
            vec![
                Held::from(kind),
                Held::from(item),
                Held::from(label),
                Held::from(count.shown()),
                Held::from(if count == Count::Suppressed { "suppressed" } else { "shown" }),
                Held::from(table.register),
                Held::from(table.respondents()),
                percent(Base::Register).map_or(Held::Empty, Held::Decimal),
                percent(Base::Respondents).map_or(Held::Empty, Held::Decimal),
                Held::from(yes_no(table.multiple)),
            ]
        };
        let choices = variable.choices.iter().zip(&table.choices).filter(|(_, count)| **count != Count::NotOffered);
        let choices = choices.map(|(choice, count)| of("choice", &choice.name, &choice.label, *count));
        let answered = std::iter::once(of("answered", "value", "回答あり", table.answered));
        let states = State::ALL.into_iter().filter(|state| *state != State::NotAsked);
        let states = states.map(|state| of("state", state.key(), state.label(), table.state(state)));
        choices.chain(answered).chain(states).collect()
    }
}
