//! `year,municipality,question,answer`, read in two halves at once and never as a whole.

use std::collections::BTreeMap;
use std::fs::File;
use std::os::unix::fs::FileExt;
use std::path::Path;

use shared::fiscal_year::FiscalYear;
use shared::municipality::Municipality;
use shared::tabulation::code::OFF;
use shared::tabulation::variable::VariableChoice;
use shared::tabulation::{Cube, Edition, Sheet, State, Variable, VariableKind, YearSlab};
use shared::visibility::{QuestionVisibility, Visibility};

use super::municipalities::Places;

const HEADER: &[u8] = b"year,municipality,question,answer\n";
const FIRST_YEAR: u32 = 2019;
const YEARS: usize = 82;
/// Answers are 0 to 4.
pub const CHOICES: u8 = 5;
/// Bytes read at once by each half.
const CHUNK: usize = 128 * 1024;
/// More questions than any questionnaire has; bounds what a wrong number can make grow.
const MOST_QUESTIONS: u32 = 10_000;

/// One sheet a year.
type Sheets = Vec<Option<Sheet>>;

/// What is wrong, at which byte.
struct Wrong {
    offset: u64,
    what: String,
}

/// Reads the file into a cube. Every question is a variable with the choices 0 to 4.
pub fn read(path: &Path, places: &Places) -> Result<Cube, String> {
    let named = |error: std::io::Error| format!("{}: {error}", path.display());
    let file = File::open(path).map_err(named)?;
    let end = file.metadata().map_err(named)?.len();
    let sheets = halves(&file, end, places.register.len()).map_err(|wrong| {
        let line = line_of(&file, wrong.offset).map_or_else(|_| "?".to_owned(), |line| line.to_string());
        format!("{} line {line}: {}", path.display(), wrong.what)
    })?;
    cube(sheets, places).map_err(|what| format!("{}: {what}", path.display()))
}

/// Reads both halves of the lines at once, each into sheets of its own, and puts them together.
fn halves(file: &File, end: u64, height: usize) -> Result<Sheets, Wrong> {
    let start = HEADER.len() as u64;
    let mut header = [0; HEADER.len()];
    if file.read_exact_at(&mut header, 0).is_err() || header != *HEADER {
        return Err(Wrong { offset: 0, what: "not the header year,municipality,question,answer".to_owned() });
    }
    let middle = next_line(file, start.max(end / 2)).map_err(|error| io(end / 2, &error))?.min(end);
    let (first, second) = std::thread::scope(|scope| {
        let second = scope.spawn(|| part(file, middle, end, height));
        (part(file, start, middle, height), second.join())
    });
    let second =
        second.map_err(|_| Wrong { offset: middle, what: "the reader of the second half failed".to_owned() })?;
    let mut sheets = first?;
    for (mine, other) in sheets.iter_mut().zip(second?) {
        match (mine.as_mut(), other) {
            (Some(mine), Some(other)) => mine.merge(&other).map_err(|(question, place)| Wrong {
                offset: middle,
                what: format!("municipality {} has question {} before and after this line", place + 1, question + 1),
            })?,
            (None, other) => *mine = other,
            (Some(_), None) => {}
        }
    }
    Ok(sheets)
}

/// The beginning of the first line at or after `offset`.
fn next_line(file: &File, offset: u64) -> std::io::Result<u64> {
    let mut buffer = [0; 256];
    let mut at = offset - 1;
    loop {
        let read = file.read_at(&mut buffer, at)?;
        if read == 0 {
            return Ok(at);
        }
        if let Some(place) = buffer[..read].iter().position(|byte| *byte == b'\n') {
            return Ok(at + place as u64 + 1);
        }
        at += read as u64;
    }
}

/// The number of the line that the byte stands in.
fn line_of(file: &File, offset: u64) -> std::io::Result<u64> {
    let mut buffer = vec![0; CHUNK];
    let (mut at, mut line) = (0, 1);
    while at < offset {
        let wanted = usize::try_from(offset - at).map_or(CHUNK, |rest| rest.min(CHUNK));
        let read = file.read_at(&mut buffer[..wanted], at)?;
        if read == 0 {
            break;
        }
        line += buffer[..read].iter().map(|byte| u64::from(*byte == b'\n')).sum::<u64>();
        at += read as u64;
    }
    Ok(line)
}

/// Reads the lines from `start` to `end` in chunks; a line that a chunk cuts is read with the next one.
fn part(file: &File, start: u64, end: u64, height: usize) -> Result<Sheets, Wrong> {
    let mut sheets: Sheets = vec![None; YEARS];
    let mut buffer = vec![0; CHUNK];
    let (mut at, mut kept) = (start, 0);
    while at + (kept as u64) < end {
        let room = usize::try_from(end - at).map_or(CHUNK, |rest| rest.min(CHUNK));
        let read = file.read_at(&mut buffer[kept..room], at + kept as u64).map_err(|error| io(at, &error))?;
        let filled = kept + read;
        let last = at + filled as u64 == end;
        let whole = match buffer[..filled].iter().rposition(|byte| *byte == b'\n') {
            Some(place) => place + 1,
            None if last || read == 0 => 0,
            None if filled == CHUNK => return Err(Wrong { offset: at, what: "the line is too long".to_owned() }),
            None => 0,
        };
        lines(&buffer[..whole], height, &mut sheets)
            .map_err(|(place, what)| Wrong { offset: at + place as u64, what })?;
        if read == 0 || (last && whole < filled) {
            return Err(Wrong { offset: at + whole as u64, what: "the line does not end".to_owned() });
        }
        buffer.copy_within(whole..filled, 0);
        (at, kept) = (at + whole as u64, filled - whole);
    }
    Ok(sheets)
}

/// Reads whole lines; an error says at which byte.
fn lines(bytes: &[u8], height: usize, sheets: &mut Sheets) -> Result<(), (usize, String)> {
    let mut place = 0;
    while place < bytes.len() {
        let start = place;
        let wrong = |what: &str| (start, what.to_owned());
        let mut number = |end: u8| -> Option<u32> {
            let (mut value, first) = (0_u32, place);
            loop {
                let byte = *bytes.get(place)?;
                place += 1;
                let digit = byte.wrapping_sub(b'0');
                if digit > 9 {
                    return (byte == end && (2..=7).contains(&(place - first))).then_some(value);
                }
                value = value.wrapping_mul(10).wrapping_add(u32::from(digit));
            }
        };
        let year = number(b',').ok_or_else(|| wrong("the year is no number"))?;
        let municipality = number(b',').ok_or_else(|| wrong("the municipality is no number"))?;
        let question = number(b',').ok_or_else(|| wrong("the question is no number"))?;
        let code = match (bytes.get(place), bytes.get(place + 1)) {
            (Some(b'\n'), _) => {
                place += 1;
                State::Blank.code()
            }
            (Some(digit @ b'0'..=b'9'), Some(b'\n')) if digit - b'0' < CHOICES => {
                place += 2;
                digit - b'0'
            }
            _ => return Err(wrong("the answer is neither empty nor 0 to 4")),
        };
        let sheet = usize::try_from(year.wrapping_sub(FIRST_YEAR)).ok().and_then(|year| sheets.get_mut(year));
        let sheet = sheet.ok_or_else(|| wrong("the year is not between 2019 and 2100"))?;
        if question == 0 || question > MOST_QUESTIONS {
            return Err(wrong("the question is not between 1 and 10000"));
        }
        let sheet = sheet.get_or_insert_with(|| Sheet::new(height));
        match sheet.set(question as usize - 1, (municipality as usize).wrapping_sub(1), code) {
            Some(OFF) => {}
            Some(_) => return Err(wrong("the municipality answered the question before")),
            None => return Err(wrong("the municipality is not on the register")),
        }
    }
    Ok(())
}

fn io(offset: u64, error: &std::io::Error) -> Wrong {
    Wrong { offset, what: error.to_string() }
}

/// The cube of complete sheets.
fn cube(sheets: Sheets, places: &Places) -> Result<Cube, String> {
    let mut slabs = Vec::new();
    let mut questions = 0;
    for (year, sheet) in (FIRST_YEAR..).zip(sheets) {
        let Some(sheet) = sheet else { continue };
        if let Some((question, place)) = sheet.first_gap() {
            return Err(format!("municipality {} has no line for question {} in {year}", place + 1, question + 1));
        }
        let year = u16::try_from(year).ok().and_then(|year| FiscalYear::new(year).ok()).ok_or("a year is wrong")?;
        questions = questions.max(sheet.columns());
        let register: Vec<Option<Municipality>> = places.register.iter().cloned().map(Some).collect();
        slabs.push(YearSlab::new(year, register, sheet, BTreeMap::new()));
    }
    let asked = |question: usize| Variable {
        concept: format!("q{}", question + 1),
        choices: (0..CHOICES).map(choice).collect(),
        editions: slabs.iter().map(|slab| (slab.year(), edition(question))).collect(),
    };
    let variables = (0..questions).map(asked).collect();
    Ok(Cube::new(places.register.iter().map(|place| place.code).collect(), variables, slabs))
}

fn choice(code: u8) -> VariableChoice {
    VariableChoice { name: code.to_string(), label: code.to_string(), short: code.to_string() }
}

fn edition(question: usize) -> Edition {
    Edition {
        name: format!("q{}", question + 1),
        number: (question + 1).to_string(),
        concept: format!("q{}", question + 1),
        label: String::new(),
        unit: None,
        visibility: QuestionVisibility { aggregate: Visibility::Public, named: Visibility::Council },
        withheld: None,
        kind: VariableKind::Single,
        offered: (0..CHOICES).map(|code| Some(code.to_string())).collect(),
        not_comparable: false,
        continues: Vec::new(),
        column: question,
    }
}
