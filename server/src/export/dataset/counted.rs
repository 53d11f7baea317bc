//! What the counted datasets share: they are counted while their rows are written, year by year, through
//! [`shared::tabulation::release`], from the cube that the server keeps. A round that is not in it (an earlier revision, a
//! round under way) gets a cube of its own, for as long as it is counted.

use std::io;
use std::sync::Arc;

use shared::publication::PublishedQuestion;
use shared::questionnaire::Choice;
use shared::share::Share;
use shared::tabulation::frequency::{Base, Count, Frequency};
use shared::tabulation::{Cube, Disclosure, Reader, State, Variable, YearSlab};
use shared::visibility::Visibility;

use super::material::{Joined, Joining};
use super::{Material, Round, joined_columns, note, status_columns, yes_no};
use crate::export::columns::{AnswerKind, Head};
use crate::export::provenance::status;
use crate::export::table::{Column, Held, Kind, Sink, Table, Value};
use crate::service::Result;
use crate::service::results::Results;

/// What the counted datasets say of themselves.
pub const SUPPRESSED: &str = "市町村別の値を公開していない設問では、個々の市町村の回答が分かるおそれのある数を秘匿し、数を空欄、count_stateをsuppressed（秘匿）にしています。差し引きで分かる数も秘匿しています。";
/// And of their shares.
pub const SHARES: &str = "割合は、四捨五入する前の比から小数第1位まで求めた百分率です。端数処理のため合計が100%にならない場合があります。複数選択の設問では合計が100%を超えることがあります。";

/// What is counted of a year.
pub trait Counts: Send + Sync {
    /// Hands its rows over.
    fn rows(&self, year: &Year<'_>, sink: &mut Sink<'_>) -> io::Result<()>;
    /// How many those are, without counting anything.
    fn height(&self, year: &Year<'_>) -> usize;
}

/// A table that is counted as it is read.
pub struct Counted<C> {
    columns: Vec<Column>,
    rounds: Vec<Round>,
    kept: Option<Arc<Results>>,
    joined: Option<Joined>,
    reader: Visibility,
    counts: C,
}

/// One year, ready for counting.
pub struct Year<'c> {
    /// Everything but the cells.
    pub head: &'c Head,
    /// This year's cells.
    pub slab: &'c YearSlab,
    /// For whom.
    pub reader: Reader,
    cube: &'c Cube,
    joined: Option<&'c Joined>,
}

/// A question of a year, with all that its rows say of it.
pub struct Asked<'c> {
    /// As it was published.
    pub question: &'c PublishedQuestion,
    /// What its answers are.
    pub kind: AnswerKind,
    /// What is counted.
    pub variable: &'c Variable,
    before: Vec<Held>,
    after: Vec<Held>,
}

impl<C: Counts> Counted<C> {
    /// `counts` of every round: `own` are its columns between those of the question and of the status.
    pub async fn new(material: &Material<'_>, own: Vec<Column>, counts: C) -> Result<Self> {
        let joined = material.joined()?;
        let mut columns = question_columns();
        columns.extend(own);
        columns.extend(status_columns());
        columns.extend(joined.is_some().then(joined_columns).into_iter().flatten());
        let (kept, rounds) = (material.kept().await?, material.rounds.clone());
        Ok(Self { columns, rounds, kept, joined, reader: material.scope.reader, counts })
    }

    fn each(&self, then: &mut dyn FnMut(&Year<'_>) -> io::Result<()>) -> io::Result<()> {
        for round in &self.rounds {
            let (year, head) = (round.head.snapshot.year, &*round.head);
            let own;
            let cube = if let Some(kept) = self.kept.as_deref().filter(|kept| kept.holds(year, &head.sha256)) {
                &kept.cube
            } else {
                own = Cube::from_snapshots(&[&round.columns()?.snapshot()]).map_err(io::Error::other)?;
                &own
            };
            let Some(slab) = cube.year(year) else { continue };
            then(&Year { head, slab, cube, reader: Reader::new(self.reader), joined: self.joined.as_ref() })?;
        }
        Ok(())
    }
}

impl<C: Counts> Table for Counted<C> {
    fn columns(&self) -> &[Column] {
        &self.columns
    }

    fn rows(&self, sink: &mut Sink<'_>) -> io::Result<()> {
        self.each(&mut |year| self.counts.rows(year, sink))
    }

    fn row_count(&self) -> io::Result<u64> {
        let mut count = 0;
        self.each(&mut |year| {
            count += self.counts.height(year) as u64;
            Ok(())
        })?;
        Ok(count)
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

/// What [`question_columns`] hold.
pub fn question(head: &Head, question: &PublishedQuestion) -> Vec<Held> {
    let year = head.snapshot.year;
    let compared = head.comparable.get(&question.name);
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

/// What the columns after a dataset's own hold: status, note and, of all years, concept and series.
pub fn after(head: &Head, question: &PublishedQuestion, joined: Option<&Joined>) -> Vec<Held> {
    let mut after = vec![Held::from(status(head.revision)), Held::from(note(head.snapshot.demonstration))];
    if let Some(joined) = joined {
        after.extend(joining(joined.get(&(head.snapshot.year, question.name.clone()))));
    }
    after
}

/// What [`joined_columns`] hold.
pub fn joining(joining: Option<&Joining>) -> [Held; 2] {
    [Held::from(joining.map(|joining| joining.concept.as_str())), Held::from(joining.map(|joining| joining.series))]
}

/// Hands over a row that is made of several parts.
pub fn hand_over<'h>(parts: impl IntoIterator<Item = &'h [Held]>, sink: &mut Sink<'_>) -> io::Result<()> {
    let values: Vec<Value<'_>> = parts.into_iter().flatten().map(Held::value).collect();
    sink(&values)
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
/// Whether a count is shown.
pub const COUNTS: [(&str, &str); 2] = [("shown", "表示"), ("suppressed", "秘匿")];

impl<'c> Year<'c> {
    /// The questions of which the reader may see results, in the questionnaire's order.
    pub fn asked(&self) -> impl Iterator<Item = Asked<'c>> {
        let (head, cube, slab, joined, cleared) = (self.head, self.cube, self.slab, self.joined, self.reader.cleared);
        head.snapshot.questions.iter().zip(&head.kinds).filter_map(move |(asked, kind)| {
            let asks = |v: &&Variable| v.edition(slab.year()).is_some_and(|edition| edition.name == asked.name);
            let variable = cube.variables().iter().find(asks)?;
            (Disclosure::of(asked.visibility, cleared) != Disclosure::Nothing).then(|| Asked {
                question: asked,
                kind: *kind,
                variable,
                before: question(head, asked),
                after: after(head, asked, joined),
            })
        })
    }
}

/// What is counted of a question.
pub enum Item<'c> {
    /// A choice, with its code in the cube.
    Choice(&'c Choice, u8),
    /// Any value.
    Answered,
    /// No value.
    State(State),
}

impl<'c> Asked<'c> {
    /// What is counted of it: the choices as that year offered them, any value, and the states.
    pub fn items(&self) -> impl Iterator<Item = Item<'c>> {
        let (question, variable) = (self.question, self.variable);
        let offered = question.choices.iter().filter(|choice| choice.state.is_none());
        let choices = offered.filter_map(|choice| Some(Item::Choice(choice, variable.code(&choice.name)?)));
        let states = State::ALL.into_iter().filter(|state| *state != State::NotAsked).map(Item::State);
        choices.chain(std::iter::once(Item::Answered)).chain(states)
    }

    /// Hands over a row: the question, the parts of the dataset's own, the status.
    pub fn row(&self, own: &[&[Held]], sink: &mut Sink<'_>) -> io::Result<()> {
        let (before, after) = (std::iter::once(&*self.before), std::iter::once(&*self.after));
        hand_over(before.chain(own.iter().copied()).chain(after), sink)
    }

    /// What [`count_columns`] hold.
    pub fn count(&self, table: &Frequency, item: &Item<'_>) -> Vec<Held> {
        let (kind, code, label, count) = match *item {
            Item::Choice(choice, code) => {
                let count = table.choices.get(usize::from(code)).copied().unwrap_or(Count::NotOffered);
                ("choice", choice.name.as_str(), choice.label.as_str(), count)
            }
            Item::Answered => ("answered", "value", "回答あり", table.answered),
            Item::State(state) => ("state", state.key(), state.label(), table.state(state)),
        };
        let percent = |base| table.share(count, base).as_ref().and_then(|share: &Share| share.percent(1));
        vec![
            Held::from(kind),
            Held::from(code),
            Held::from(label),
            Held::from(count.shown()),
            Held::from(if count == Count::Suppressed { "suppressed" } else { "shown" }),
            Held::from(table.register),
            Held::from(table.respondents()),
            percent(Base::Register).map_or(Held::Empty, Held::Decimal),
            percent(Base::Respondents).map_or(Held::Empty, Held::Decimal),
            // Not as the cube found it: a year in which nobody answered would take it from other years.
            Held::from(yes_no(matches!(self.kind, AnswerKind::Multiple | AnswerKind::Ranked))),
        ]
    }
}
