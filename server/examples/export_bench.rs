//! A national survey to be exported, and the csv crate as the measure.
//!
//! `export_bench make FOLDER` leaves two data folders: `FOLDER/live` with ten closed rounds of 1,741 municipalities and
//! 200 questions in the database, and `FOLDER/published` with the same rounds published. Folders that are there are kept.
//!
//! `export_bench compare FOLDER` writes the answers of all years from the columns kept of the publications, and the same
//! rows from memory with the csv crate alone, and prints both times in milliseconds as JSON.

use std::fmt::Write as _;
use std::fs;
use std::io::{self, Write};
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context, bail};
use csv::ByteRecord;
use server::clock::Clock;
use server::export::dataset::{self, Scope, Years};
use server::export::format::{Export, Form, Format};
use server::export::table::Value;
use server::seeds::Seeds;
use server::service::Service;
use server::service::publishing::hash;
use server::service::setup::system;
use server::store::{self, Changed, RoundDates};
use server::xlsform;
use shared::fiscal_year::FiscalYear;
use shared::publication::Publication;
use shared::round::RoundState;
use shared::time::Timestamp;
use shared::visibility::Visibility;
use sqlx::Connection;
use sqlx::sqlite::SqliteConnection;

const YEARS: std::ops::Range<u16> = 2023..2033;
/// Selects, numbers and texts: 200 questions.
const KINDS: [(&str, usize); 3] = [("select_one five", 150), ("integer", 40), ("text", 10)];
/// Rows held for the csv crate at a time.
const HELD: usize = 100_000;

/// Takes every byte and keeps none.
struct Sink(u64);

impl Write for Sink {
    fn write(&mut self, buffer: &[u8]) -> io::Result<usize> {
        self.0 += buffer.len() as u64;
        Ok(buffer.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn field(value: Value<'_>) -> Vec<u8> {
    match value {
        Value::Empty => Vec::new(),
        Value::Text(text) | Value::Decimal(text) => text.as_bytes().to_vec(),
        Value::Integer(number) => number.to_string().into_bytes(),
    }
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["make", folder] => make(Path::new(folder)).await,
        ["compare", folder] => compare(Path::new(folder)).await,
        _ => bail!("export_bench make|compare FOLDER"),
    }
}

async fn service(folder: &Path) -> anyhow::Result<Service> {
    let store = store::connect(&format!("sqlite:{}", folder.join("shirabe.db").display())).await?;
    store.migrate().await?;
    Ok(Service::new(store, Clock::System).with_snapshots(folder.join("snapshots")))
}

async fn make(folder: &Path) -> anyhow::Result<()> {
    let (live, published) = (folder.join("live"), folder.join("published"));
    if published.join("made").is_file() {
        return Ok(());
    }
    for folder in [&live, &published] {
        if folder.is_dir() {
            fs::remove_dir_all(folder)?;
        }
        fs::create_dir_all(folder)?;
    }
    let rounds = service(&live).await?;
    rounds.seed(&Seeds::Embedded).await?;
    open_rounds(&rounds).await?;
    rounds.store().close().await;
    answer(&live).await?;
    // Closed: the file is whole.
    fs::copy(live.join("shirabe.db"), published.join("shirabe.db"))?;
    publish(&service(&published).await?).await?;
    Ok(fs::write(published.join("made"), "")?)
}

fn years() -> anyhow::Result<Vec<FiscalYear>> {
    Ok(YEARS.map(FiscalYear::new).collect::<Result<_, _>>()?)
}

async fn open_rounds(service: &Service) -> anyhow::Result<()> {
    let (mut survey, mut number) =
        (String::from("type,name,number,concept,label,aggregate_visibility,named_visibility,minutes\n"), 0);
    survey.push_str("begin_group,all,,,すべて,,,60\n");
    for (kind, count) in KINDS {
        for _ in 0..count {
            number += 1;
            writeln!(
                survey,
                "{kind},q{number},{number},area.q{number},この項目のDXにどの段階まで取り組んでいますか（{number}）。,public,public,"
            )?;
        }
    }
    survey.push_str("end_group,,,,,,,\n");
    let choices = "list_name,name,label\nfive,1,未着手\nfive,2,検討中\nfive,3,実施予定\nfive,4,一部実施・実証中\nfive,5,実施している\n";
    let settings = "form_title,form_id,version\n全国の調査票,national,1\n";
    let compilation = xlsform::compile(&xlsform::read_embedded(&survey, choices, settings)?);
    let questionnaire = compilation.questionnaire.with_context(|| format!("{:?}", compilation.findings))?;
    let id = service.add_questionnaire(&questionnaire).await?;
    for year in years()? {
        service.add_round(year, id, None, system()).await?;
        let at = Timestamp(1_700_000_000_000);
        let dates = RoundDates { reference_date: at, deadline: Timestamp(at.0 + 1) };
        done(service.store().open_round(year, dates, &system(), at).await?)?;
        done(service.store().advance_round(year, RoundState::Open, RoundState::Closed, &system(), at).await?)?;
    }
    Ok(())
}

fn done(changed: Changed) -> anyhow::Result<()> {
    match changed {
        Changed::Yes => Ok(()),
        Changed::No => bail!("a round did not move on"),
    }
}

/// Everybody answers everything. Through the use cases it would take 17,410 transactions that each wait for the disk.
async fn answer(folder: &Path) -> anyhow::Result<()> {
    let url = format!("sqlite:{}", folder.join("shirabe.db").display());
    let mut database = SqliteConnection::connect(&url).await?;
    for statement in [
        "INSERT INTO receipt (number, year, municipality, content_hash, author_name, at)
         SELECT year || '-' || municipality, year, municipality, printf('%064d', 0), '企画課', 1700000000000 FROM response",
        "UPDATE response SET state = 'accepted', revision = 1, updated_at = 1700000000000, receipt = year || '-' || municipality",
        "WITH RECURSIVE question (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM question WHERE n < 200)
         INSERT INTO answer (year, municipality, question, value, revision, author_name, at)
         SELECT year, municipality, 'q' || n,
             CASE WHEN n <= 150 THEN '{\"choice\":\"' || (1 + (year * 7 + municipality * 13 + n * n * 3) % 5) || '\"}'
                  WHEN n <= 190 THEN '{\"integer\":' || ((year * 31 + municipality * 17 + n) % 9973) || '}'
                  ELSE '{\"text\":\"第' || ((municipality + n) % 500) || '号の取組として、窓口の予約と申請を一つの画面にまとめました。\"}'
             END, 1, '企画課', 1700000000000
         FROM response CROSS JOIN question",
    ] {
        sqlx::query(statement).execute(&mut database).await?;
    }
    Ok(database.close().await?)
}

async fn publish(service: &Service) -> anyhow::Result<()> {
    let at = Timestamp(1_700_000_000_000);
    for year in years()? {
        let store = service.store();
        done(store.advance_round(year, RoundState::Closed, RoundState::Finalized, &system(), at).await?)?;
        let round = store.round(year).await?.context("the round")?;
        let snapshot = service.snapshot(&round).await?;
        let sha256 = hash(&snapshot)?;
        let publication = Publication {
            year,
            revision: 1,
            published_at: at,
            reason: String::new(),
            sha256,
            snapshot: Arc::new(snapshot),
        };
        done(store.publish_round(&publication, 0, &system()).await?)?;
    }
    service.published_rounds(Years::All).await?;
    service.store().close().await;
    Ok(())
}

async fn compare(folder: &Path) -> anyhow::Result<()> {
    let service = service(&folder.join("published")).await?;
    let answers = dataset::find("answers").context("the dataset")?;
    let scope = Scope { years: Years::All, reader: Visibility::Public, unpublished: false, revision: None };
    let export = service.export(answers, scope).await?;
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    let mut rows = 0;
    // In turn, so that whatever else the machine does hits both alike.
    for _ in 0..5 {
        ours.push(own(&export)?);
        let (time, count) = csv_crate(&export)?;
        theirs.push(time);
        rows = count;
    }
    let median = |times: &mut Vec<Duration>| {
        times.sort();
        times[times.len() / 2].as_secs_f64() * 1000.0
    };
    println!("{}", serde_json::json!({ "rows": rows, "ours_ms": median(&mut ours), "csv_ms": median(&mut theirs) }));
    Ok(())
}

/// From the files to the last byte.
fn own(export: &Export) -> anyhow::Result<Duration> {
    let start = Instant::now();
    export.write(Form::from(Format::Csv), 0, &mut Sink(0))?;
    Ok(start.elapsed())
}

/// The csv crate alone: only the time within it counts.
fn csv_crate(export: &Export) -> anyhow::Result<(Duration, u64)> {
    let mut writer =
        csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).buffer_capacity(1 << 16).from_writer(Sink(0));
    let (mut time, mut count) = (Duration::ZERO, 0);
    let mut held: Vec<ByteRecord> = Vec::with_capacity(HELD);
    let mut write = |held: &mut Vec<ByteRecord>| -> io::Result<()> {
        let start = Instant::now();
        for record in held.iter() {
            writer.write_byte_record(record)?;
        }
        time += start.elapsed();
        count += held.len() as u64;
        held.clear();
        Ok(())
    };
    export.table.rows(&mut |values| {
        let record: ByteRecord = values.iter().map(|value| field(*value)).collect();
        held.push(record);
        if held.len() == HELD { write(&mut held) } else { Ok(()) }
    })?;
    write(&mut held)?;
    Ok((time, count))
}
