//! Writes a database with published results of all 1,741 municipalities, for measuring how fast results are served.
//!
//! `cargo run --release -p server --example national_results -- FOLDER [YEARS]` leaves `demo.db` in the folder, with the
//! seeded questionnaire answered in the years until FY2025 (three, unless said otherwise). `shirabe serve --demo
//! --data-dir FOLDER` serves it. The answers come from the generator of the demonstration; the populations are generated
//! as well, because the register has those of Aomori only. One municipality in thirty does not respond.
//!
//! Rounds, questionnaires and publications go through the product's own use cases and store. Responses are not stored
//! one by one: a publication holds every cell that the results are made of.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

use anyhow::{Context, bail, ensure};
use server::access::Role;
use server::clock::Clock;
use server::seeds::Seeds;
use server::service::Service;
use server::service::accounts::AccountRequest;
use server::service::demonstration::PASSWORD;
use server::service::demonstration::generator::Generator;
use server::service::publishing::{evaluated, freeze, hash};
use server::service::setup::{DEMONSTRATION, seeded_questionnaire};
use server::store::{self, AccountRecord, Changed, RoundDates};
use shared::fiscal_year::FiscalYear;
use shared::indicator::Definition;
use shared::municipality::Municipality;
use shared::publication::{Publication, Snapshot};
use shared::questionnaire::{Evaluation, Questionnaire};
use shared::response::ResponseState;
use shared::time::Timestamp;

const LAST_YEAR: u16 = 2025;

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let folder = PathBuf::from(arguments.next().context("national_results FOLDER [YEARS]")?);
    let years: u16 = arguments.next().map_or(Ok(3), |years| years.parse()).context("YEARS is a number")?;
    let file = folder.join("demo.db");
    if file.exists() {
        bail!("{} exists already", file.display());
    }
    let store = store::connect(&format!("sqlite:{}", file.display())).await?;
    store.migrate().await?;
    let service = Service::new(store, Clock::System);
    service.store().set_setting(DEMONSTRATION, "1").await?;
    service.seed(&Seeds::Embedded).await?;
    let officer = officer(&service).await?;
    let questionnaire = seeded_questionnaire(&Seeds::Embedded)?;
    for year in LAST_YEAR + 1 - years..=LAST_YEAR {
        let publication = publish(&service, &officer, &questionnaire, FiscalYear::new(year)?).await?;
        println!("{} {} municipalities", publication.year, publication.snapshot.municipalities.len());
    }
    service.store().close().await;
    Ok(())
}

async fn officer(service: &Service) -> anyhow::Result<AccountRecord> {
    let request = AccountRequest {
        login_name: "officer".to_owned(),
        display_name: "県DX推進課（架空）".to_owned(),
        password: Some(PASSWORD.to_owned()),
        email: None,
        municipality: None,
        roles: BTreeSet::from([Role::Officer]),
    };
    service.add_account(request).await?;
    service.store().account_by_login("officer").await?.context("the account was not added")
}

/// One year from its opening to its publication.
async fn publish(
    service: &Service,
    officer: &AccountRecord,
    questionnaire: &Questionnaire,
    year: FiscalYear,
) -> anyhow::Result<Publication> {
    let questionnaire = Questionnaire { version: format!("{}.1", year.year()), ..questionnaire.clone() };
    let on = |text: String| Timestamp::parse_jst(&text).context("a date");
    let dates = RoundDates {
        reference_date: on(format!("{}-04-01T00:00", year.year()))?,
        deadline: on(format!("{}-11-20T17:00", year.year()))?,
    };
    let then = Service::new(service.store().clone(), Clock::Fixed(on(format!("{}-10-01T09:00", year.year()))?));
    let id = then.add_questionnaire(&questionnaire).await?;
    then.add_round(year, id, None, officer.author()).await?;
    then.open_round(officer, year, dates).await?;
    then.close_round(officer, year).await?;
    then.finalize_round(officer, year).await?;
    let round = service.store().round(year).await?.context("the round was not added")?;
    let snapshot = Arc::new(answered(then.snapshot(&round).await?, &questionnaire)?);
    let sha256 = hash(&snapshot)?;
    let published_at = on(format!("{}-02-09T10:00", year.year() + 1))?;
    let publication = Publication { year, revision: 1, published_at, reason: String::new(), sha256, snapshot };
    ensure!(service.store().publish_round(&publication, 0, &officer.author()).await? == Changed::Yes, "not published");
    Ok(publication)
}

/// The snapshot of an empty round, with generated answers.
fn answered(mut snapshot: Snapshot, questionnaire: &Questionnaire) -> anyhow::Result<Snapshot> {
    let definitions: Vec<Definition> = snapshot.indicators.iter().map(|i| i.definition.clone()).collect();
    for (place, published) in snapshot.municipalities.iter_mut().enumerate() {
        let municipality = populated(published.municipality.clone());
        let responds = !(place + 7 * usize::from(snapshot.year.year())).is_multiple_of(30);
        let state = if responds { ResponseState::Accepted } else { ResponseState::NotStarted };
        let answers = Generator::new(questionnaire, &municipality, snapshot.year).answers();
        let mut values = vec![None; questionnaire.questions.len()];
        for (index, value) in answers {
            values[usize::from(index.0)] = Some(value);
        }
        let evaluation = Evaluation::new(&questionnaire.logic, values, Vec::new());
        *published = freeze(municipality, state, questionnaire, &evaluation);
    }
    Ok(evaluated(snapshot, &definitions, None)?)
}

/// With a population of 600 to about 400,000, most of them small, the same for a municipality every time.
fn populated(municipality: Municipality) -> Municipality {
    let seed = municipality
        .code
        .as_str()
        .bytes()
        .fold(5_381_u32, |seed, byte| seed.wrapping_mul(33).wrapping_add(u32::from(byte)) ^ (seed >> 7));
    let (size, part) = (seed % 10, (seed / 10) % 900);
    let population = municipality.population.unwrap_or((600 + 10 * part) << (size * 2 / 3).min(5));
    Municipality { population: Some(population), ..municipality }
}
