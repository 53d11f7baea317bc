//! `shirabe import answers`

use std::collections::BTreeSet;
use std::path::PathBuf;

use clap::Args;
use shared::fiscal_year::FiscalYear;
use shared::response::Cell;

use super::super::open::open;
use super::super::{Outcome, options::Options};
use super::{only_read, parse_encoding, refused, registered};
use crate::import::ImportError;
use crate::import::answers::{Reading, Response, Wanted, read, years_of};
use crate::import::encoding::Encoding;
use crate::import::fault::Faults;
use crate::import::file::TableFile;
use crate::import::register::Register;
use crate::service::importing::{Fate, Import, Target};

/// `shirabe import answers`
#[derive(Args)]
pub struct AnswerFile {
    /// CSVファイルかExcelのブック。「shirabe export --dataset answers」で書き出した形にしてください
    file: PathBuf,
    /// 年度（西暦）。指定しないときは、ファイルにあるすべての年度を一度に取り込みます
    #[arg(long)]
    year: Option<FiscalYear>,
    /// 読み取った内容を表示するだけで、取り込みません
    #[arg(long)]
    dry_run: bool,
    /// 文字コード: utf-8、cp932、utf-16le、utf-16be（指定しないときは判定します）
    #[arg(long, value_parser = parse_encoding)]
    encoding: Option<Encoding>,
}

impl AnswerFile {
    pub(super) async fn run(self, options: &Options) -> anyhow::Result<Outcome> {
        let file = TableFile::read(&self.file, self.encoding)?;
        println!("{}: {file}", file.name);
        let service = open(options).await?;
        let years = match self.year.map_or_else(|| years_of(&file), |year| Ok(BTreeSet::from([year]))) {
            Ok(years) => years,
            Err(error) => return refused(error),
        };
        let register = Register::new(service.store().municipalities(None).await?, "02");
        let mut faults = Faults::new(&file.name);
        let mut read_so_far: Vec<(Target, Reading)> = Vec::with_capacity(years.len());
        // The answers of one year are looked back to in the next.
        for year in &years {
            let target = service.import_target(*year, read_so_far.last().map(import)).await?;
            let wanted = Wanted {
                year: *year,
                others: &years,
                questionnaire: &target.questionnaire,
                asked: &target.asked,
                register: &register,
                previous: &target.previous,
                demonstration: target.demonstration,
            };
            let reading = match read(&file, &wanted) {
                Ok(reading) => reading,
                Err(error) => return refused(error),
            };
            say(&target, &reading);
            for response in &reading.responses {
                if let Fate::Refused(reason) = target.fate(response) {
                    faults.row(response.line, format!("市町村 {}: {reason}", response.code));
                }
            }
            read_so_far.push((target, reading));
        }
        if !faults.is_empty() {
            return refused(ImportError::Faults(faults));
        }
        if self.dry_run {
            return Ok(only_read());
        }
        let name = self.file.file_name().unwrap_or_default().to_string_lossy();
        let named = format!("{name}（SHA-256 {}）", file.sha256);
        let imports: Vec<Import<'_>> = read_so_far.iter().map(import).collect();
        Ok(registered(service.import_responses(&imports, &named).await?))
    }
}

fn import((target, reading): &(Target, Reading)) -> Import<'_> {
    Import { target, responses: &reading.responses }
}

/// What the file holds, a line a municipality and a line a question.
fn say(target: &Target, reading: &Reading) {
    let questionnaire = &target.questionnaire;
    let questions: Vec<_> = questionnaire.questions.iter().filter(|question| question.kind.takes_answer()).collect();
    println!(
        "{}、{}行、{}市町村、{}問（調査票 {} {}）",
        target.round.year,
        reading.rows,
        reading.responses.len(),
        questions.len(),
        questionnaire.form_id,
        questionnaire.version
    );
    println!("市町村ごと:");
    for response in &reading.responses {
        let name = target.asked.get(&response.code).map_or("", |municipality| &municipality.name);
        let fate = match target.fate(response) {
            Fate::Same => "同じ内容",
            Fate::New => "取り込む",
            Fate::Corrected => "取り込み直す",
            Fate::Refused(_) => "取り込めない",
        };
        println!("  {} {name}: {fate}（{}）", response.code, counts(&response.cells.iter()));
    }
    println!("設問ごと:");
    for (place, question) in questions.iter().enumerate() {
        let cells = reading.responses.iter().filter_map(|response: &Response| response.cells.get(place));
        println!("  {}: {}", question.name, counts(&cells));
    }
    let missing = target.missing(&reading.responses);
    if missing > 0 {
        println!("ファイルにない{missing}市町村は、そのままです。");
    }
}

/// 「回答あり 38、無回答 2」
fn counts<'c>(cells: &(impl Iterator<Item = &'c Cell> + Clone)) -> String {
    let answered = cells.clone().filter(|cell| matches!(cell, Cell::Value(_))).count();
    let states = [Cell::Unknown, Cell::NotApplicable, Cell::Skipped, Cell::Blank, Cell::NotSubmitted];
    let states = states.iter().map(|state| (state.label(), cells.clone().filter(|cell| *cell == state).count()));
    let counted = std::iter::once(("回答あり", answered)).chain(states).filter(|(_, count)| *count > 0);
    counted.map(|(label, count)| format!("{label} {count}")).collect::<Vec<_>>().join("、")
}
