//! A round's cells, dictionary-coded: for each question the different cells that occur, and a number a municipality.
//!
//! It is what exports read, whether the round is published or under way. Of a publication it is kept as a file:
//!
//! ```text
//! "SHIRABE COLUMNS 2\n"
//! u64 length, JSON: the head (everything of the snapshot but its cells; not what depends on other rounds)
//! for each question:  u64 length, JSON: its different cells, in the order in which they occur
//!                     one number a municipality, of 1, 2 or 4 bytes, as the number of different cells needs
//! SHA-256 of all before
//! ```
//!
//! Numbers are little-endian. The same publication gives the same bytes.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use foldhash::fast::RandomState;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use shared::publication::{Publication, PublishedMunicipality, PublishedQuestion, Snapshot};
use shared::questionnaire::{QuestionKind, Questionnaire};
use shared::response::{AnswerValue, Cell};
use shared::time::Timestamp;
use shared::visibility::Visibility;

const MAGIC: &[u8] = b"SHIRABE COLUMNS 2\n";
const HASH: usize = 32;

/// Everything of a round but its cells.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Head {
    /// The snapshot; its municipalities have no cells.
    pub snapshot: Snapshot,
    /// SHA-256 of the whole snapshot's JSON.
    pub sha256: String,
    /// Which publication; `None` for a round under way.
    pub revision: Option<u32>,
    /// When it was published.
    pub published_at: Option<Timestamp>,
    /// What the answers to each question are, in the order of [`Snapshot::questions`].
    pub kinds: Vec<AnswerKind>,
    /// How many rows each has where a row is a value: a multiple answer has one for each choice.
    pub heights: Vec<u64>,
    /// By name, of the questions that continue one of the round before: whether both years may be compared. It is found
    /// whenever the round is loaded, because the round before may be added later.
    #[serde(skip)]
    pub comparable: BTreeMap<String, bool>,
}

/// What the answers to a question are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AnswerKind {
    /// Exactly one choice.
    Single,
    /// Any number of choices.
    Multiple,
    /// Choices in an order.
    Ranked,
    /// A whole number.
    Integer,
    /// A decimal number.
    Decimal,
    /// A date.
    Date,
    /// Free text.
    Text,
    /// A box that was ticked.
    Acknowledged,
}

impl AnswerKind {
    /// The word in Japanese.
    pub fn label(self) -> &'static str {
        match self {
            Self::Single => "単一選択",
            Self::Multiple => "複数選択",
            Self::Ranked => "順位",
            Self::Integer => "整数",
            Self::Decimal => "数値",
            Self::Date => "日付",
            Self::Text => "自由記述",
            Self::Acknowledged => "確認",
        }
    }

    /// The code in files.
    pub fn code(self) -> &'static str {
        match self {
            Self::Single => "single",
            Self::Multiple => "multiple",
            Self::Ranked => "ranked",
            Self::Integer => "integer",
            Self::Decimal => "decimal",
            Self::Date => "date",
            Self::Text => "text",
            Self::Acknowledged => "acknowledged",
        }
    }

    /// All, in the order explained.
    pub const ALL: [Self; 8] = [
        Self::Single,
        Self::Multiple,
        Self::Ranked,
        Self::Integer,
        Self::Decimal,
        Self::Date,
        Self::Text,
        Self::Acknowledged,
    ];

    fn of(kind: &QuestionKind) -> Self {
        match kind {
            QuestionKind::SelectOne { .. } => Self::Single,
            QuestionKind::SelectMultiple { .. } => Self::Multiple,
            QuestionKind::Rank { .. } => Self::Ranked,
            QuestionKind::Integer => Self::Integer,
            QuestionKind::Decimal => Self::Decimal,
            QuestionKind::Date => Self::Date,
            QuestionKind::Acknowledge => Self::Acknowledged,
            QuestionKind::Text { .. } | QuestionKind::Calculate | QuestionKind::Hidden | QuestionKind::Note => {
                Self::Text
            }
        }
    }
}

/// A round's cells.
#[derive(Debug, Clone, PartialEq)]
pub struct Columns {
    /// Everything else.
    pub head: Arc<Head>,
    columns: Vec<Column>,
}

#[derive(Debug, Clone, PartialEq)]
struct Column {
    cells: Vec<Cell>,
    codes: Vec<u32>,
}

impl Head {
    /// The places of the questions whose named values `reader` may see.
    pub fn visible(&self, reader: Visibility) -> Vec<usize> {
        let questions = self.snapshot.questions.iter().enumerate();
        questions.filter(|(_, q)| q.visibility.named.allows(reader)).map(|(place, _)| place).collect()
    }

    /// The head of a file.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Damaged> {
        Ok(take_json(content(bytes)?)?.0)
    }
}

impl Column {
    fn height(&self) -> u64 {
        let of_cells: Vec<u64> = self.cells.iter().map(height).collect();
        self.codes.iter().map(|code| of_cells[*code as usize]).sum()
    }
}

/// How many rows a cell has.
fn height(cell: &Cell) -> u64 {
    match cell {
        Cell::Value(AnswerValue::Choices(names)) => names.len() as u64,
        _ => 1,
    }
}

/// The bytes are not what was written. A reader makes the file anew.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Damaged {
    /// Not this format or this version of it.
    #[error("形式が違います")]
    Format,
    /// The hash at its end differs.
    #[error("ハッシュ値が一致しません")]
    Hash,
    /// It contradicts itself.
    #[error("内容が矛盾しています")]
    Content,
}

impl Columns {
    /// The cells of a published round.
    pub fn of_publication(
        publication: &Publication,
        questionnaire: &Questionnaire,
        comparable: BTreeMap<String, bool>,
    ) -> Self {
        let Publication { snapshot, sha256, revision, published_at, .. } = publication;
        let mut columns = Self::of_snapshot(snapshot, sha256.clone(), questionnaire, comparable);
        let head = Arc::make_mut(&mut columns.head);
        (head.revision, head.published_at) = (Some(*revision), Some(*published_at));
        columns
    }

    /// The cells of a round under way; `sha256` is that of the snapshot's JSON.
    pub fn of_snapshot(
        snapshot: &Snapshot,
        sha256: String,
        questionnaire: &Questionnaire,
        comparable: BTreeMap<String, bool>,
    ) -> Self {
        let column = |place: usize| {
            // Keyed anew each time, so that nobody can choose answers that are slow to tell apart; and twice as fast as
            // the standard library's.
            let mut known: HashMap<&Cell, u32, RandomState> = HashMap::default();
            let mut cells = Vec::new();
            let mut codes = Vec::with_capacity(snapshot.municipalities.len());
            for municipality in &snapshot.municipalities {
                let cell = municipality.cells.get(place).unwrap_or(&Cell::NotAsked);
                let next = u32::try_from(cells.len()).unwrap_or(u32::MAX);
                codes.push(*known.entry(cell).or_insert_with(|| {
                    cells.push(cell.clone());
                    next
                }));
            }
            Column { cells, codes }
        };
        let kind = |question: &PublishedQuestion| {
            let asked = questionnaire.find(&question.name).map(|index| &questionnaire.question(index).kind);
            asked.map_or(AnswerKind::Text, AnswerKind::of)
        };
        let columns: Vec<Column> = (0..snapshot.questions.len()).map(column).collect();
        let head = Head {
            kinds: snapshot.questions.iter().map(kind).collect(),
            heights: columns.iter().map(Column::height).collect(),
            snapshot: without_cells(snapshot),
            sha256,
            revision: None,
            published_at: None,
            comparable,
        };
        Self { head: Arc::new(head), columns }
    }

    /// The different cells of a question.
    pub fn cells(&self, question: usize) -> &[Cell] {
        self.columns.get(question).map_or(&[], |column| &column.cells)
    }

    /// For each municipality, which of [`Self::cells`] it has.
    pub fn codes(&self, question: usize) -> &[u32] {
        self.columns.get(question).map_or(&[], |column| &column.codes)
    }

    /// The snapshot with its cells, for counting.
    pub fn snapshot(&self) -> Snapshot {
        let mut snapshot = self.head.snapshot.clone();
        for (place, municipality) in snapshot.municipalities.iter_mut().enumerate() {
            let cell = |column: &Column| column.cells[column.codes[place] as usize].clone();
            municipality.cells = self.columns.iter().map(cell).collect();
        }
        snapshot
    }

    /// The file.
    pub fn to_bytes(&self) -> serde_json::Result<Vec<u8>> {
        let mut bytes = MAGIC.to_vec();
        push_json(&mut bytes, &*self.head)?;
        for column in &self.columns {
            push_json(&mut bytes, &column.cells)?;
            let width = width(column.cells.len());
            for code in &column.codes {
                bytes.extend_from_slice(&code.to_le_bytes()[..width]);
            }
        }
        let hash = Sha256::digest(&bytes);
        bytes.extend_from_slice(&hash);
        Ok(bytes)
    }

    /// Reads the file back, of which the head is known.
    pub fn from_bytes(bytes: &[u8], head: Arc<Head>) -> Result<Self, Damaged> {
        let (_, mut rest) = take(content(bytes)?)?;
        let height = head.snapshot.municipalities.len();
        let mut columns = Vec::with_capacity(head.snapshot.questions.len());
        for _ in &head.snapshot.questions {
            let (cells, after): (Vec<Cell>, &[u8]) = take_json(rest)?;
            let width = width(cells.len());
            let (numbers, after) = after.split_at_checked(height * width).ok_or(Damaged::Content)?;
            let codes: Vec<u32> = numbers.chunks_exact(width).map(number).collect();
            if codes.iter().any(|code| *code as usize >= cells.len()) {
                return Err(Damaged::Content);
            }
            columns.push(Column { cells, codes });
            rest = after;
        }
        if rest.is_empty() { Ok(Self { head, columns }) } else { Err(Damaged::Content) }
    }
}

fn without_cells(snapshot: &Snapshot) -> Snapshot {
    let bare = |m: &PublishedMunicipality| PublishedMunicipality {
        municipality: m.municipality.clone(),
        state: m.state,
        fields: m.fields.clone(),
        cells: Vec::new(),
    };
    Snapshot {
        year: snapshot.year,
        reference_date: snapshot.reference_date,
        questionnaire: snapshot.questionnaire.clone(),
        questions: snapshot.questions.clone(),
        municipalities: snapshot.municipalities.iter().map(bare).collect(),
        indicators: snapshot.indicators.clone(),
        demonstration: snapshot.demonstration,
        small_cells: snapshot.small_cells,
    }
}

/// Bytes that a number of so many different cells needs.
fn width(cells: usize) -> usize {
    match cells {
        0..=0x100 => 1,
        0x101..=0x1_0000 => 2,
        _ => 4,
    }
}

fn number(bytes: &[u8]) -> u32 {
    bytes.iter().rev().fold(0, |number, byte| number << 8 | u32::from(*byte))
}

fn push_json(bytes: &mut Vec<u8>, value: &impl Serialize) -> serde_json::Result<()> {
    let json = serde_json::to_vec(value)?;
    bytes.extend_from_slice(&(json.len() as u64).to_le_bytes());
    bytes.extend_from_slice(&json);
    Ok(())
}

/// What was written, whole and of this version.
fn content(bytes: &[u8]) -> Result<&[u8], Damaged> {
    let (content, hash) = bytes.split_at_checked(bytes.len().saturating_sub(HASH)).ok_or(Damaged::Format)?;
    let written = content.strip_prefix(MAGIC).ok_or(Damaged::Format)?;
    if Sha256::digest(content).as_slice() == hash { Ok(written) } else { Err(Damaged::Hash) }
}

/// A value's JSON, and what follows it.
fn take(bytes: &[u8]) -> Result<(&[u8], &[u8]), Damaged> {
    let (length, rest) = bytes.split_first_chunk().ok_or(Damaged::Content)?;
    let length = usize::try_from(u64::from_le_bytes(*length)).map_err(|_| Damaged::Content)?;
    rest.split_at_checked(length).ok_or(Damaged::Content)
}

fn take_json<T: for<'d> Deserialize<'d>>(bytes: &[u8]) -> Result<(T, &[u8]), Damaged> {
    let (json, rest) = take(bytes)?;
    Ok((serde_json::from_slice(json).map_err(|_| Damaged::Content)?, rest))
}

#[cfg(test)]
mod tests {
    use shared::fiscal_year::FiscalYear;
    use shared::indicator::FieldEngagement;
    use shared::municipality::{Kind, Municipality};
    use shared::questionnaire::{Lineage, QuestionName};
    use shared::response::ResponseState;
    use shared::visibility::QuestionVisibility;

    use super::*;
    use crate::export::dataset::Round;
    use crate::seeds::Seeds;
    use crate::service::setup::seeded_questionnaire;

    fn read(bytes: &[u8]) -> Result<Columns, Damaged> {
        Columns::from_bytes(bytes, Arc::new(Head::from_bytes(bytes)?))
    }

    /// As many municipalities as codes in Aomori's register can be told apart by, all with different texts.
    fn columns(height: usize) -> Columns {
        let visibility = QuestionVisibility { aggregate: Visibility::Public, named: Visibility::Council };
        let question = |name: &str| PublishedQuestion {
            name: name.to_owned(),
            number: String::new(),
            concept: name.to_owned(),
            label: name.to_owned(),
            choices: Vec::new(),
            unit: None,
            visibility,
            lineage: Lineage::default(),
            withheld: None,
            place: None,
        };
        let municipality = |place: usize| PublishedMunicipality {
            municipality: Municipality {
                code: "022012".parse().unwrap(),
                name: format!("第{place}市"),
                kana: String::new(),
                kind: Kind::City,
                region: None,
                population: None,
                area: None,
                tile: None,
            },
            state: ResponseState::Accepted,
            fields: FieldEngagement::new(),
            cells: vec![Cell::Value(AnswerValue::Text(format!("文{place}"))), Cell::Blank],
        };
        let snapshot = Snapshot {
            year: FiscalYear::new(2026).unwrap(),
            reference_date: Timestamp(0),
            questionnaire: ("f".to_owned(), "1".to_owned()),
            questions: vec![question("free_2_text"), question("unknown")],
            municipalities: (0..height).map(municipality).collect(),
            indicators: Vec::new(),
            demonstration: false,
            small_cells: shared::tabulation::SmallCells::default(),
        };
        let questionnaire = seeded_questionnaire(&Seeds::Embedded).unwrap();
        assert!(questionnaire.questions.iter().any(|q| q.name == QuestionName("free_2_text".to_owned())));
        let columns = Columns::of_snapshot(&snapshot, "0".repeat(64), &questionnaire, BTreeMap::new());
        assert_eq!(columns.snapshot(), snapshot);
        columns
    }

    #[test]
    fn the_file_is_read_back_whatever_the_width_of_its_numbers() {
        for height in [0, 1, 256, 257, 70_000] {
            let columns = columns(height);
            let bytes = columns.to_bytes().unwrap();
            assert_eq!(read(&bytes).unwrap(), columns, "{height}");
            assert_eq!(columns.to_bytes().unwrap(), bytes);
            assert!(columns.head.visible(Visibility::Public).is_empty());
            assert_eq!(columns.head.visible(Visibility::Council), [0, 1]);
        }
    }

    #[test]
    fn a_file_that_is_damaged_when_its_cells_are_read_is_removed() {
        let folder = tempfile::tempdir().unwrap();
        let (file, columns) = (folder.path().join("2026-1.columns"), columns(3));
        std::fs::write(&file, columns.to_bytes().unwrap()).unwrap();
        let round = Round::kept(columns.head.clone(), file.clone());
        assert_eq!(*round.columns().unwrap(), columns);
        std::fs::write(&file, "damaged").unwrap();
        assert!(round.columns().is_err());
        assert!(!file.exists());
    }

    #[test]
    fn a_damaged_file_is_never_read() {
        let bytes = columns(3).to_bytes().unwrap();
        for place in (0..bytes.len()).step_by(7) {
            let mut damaged = bytes.clone();
            damaged[place] ^= 0x20;
            assert!(read(&damaged).is_err(), "{place}");
        }
        for length in 0..bytes.len() {
            assert!(read(&bytes[..length]).is_err(), "{length}");
        }
    }
}
