//! The results as one reader may see them.

use std::sync::Arc;

use shared::fiscal_year::FiscalYear;
use shared::municipality::Municipality;
use shared::questionnaire::{Question, QuestionIndex};
use shared::response::Cell;
use shared::tabulation::{Filter, Reader, Variable, YearSlab};
use shared::visibility::Visibility;

use crate::http::entity_tag;
use crate::http::refusal::Refusal;
use crate::service::results::{Edition, ResultYear, Results};
use crate::service::{Error, Service};
use crate::store::AccountRecord;

/// The survey, where no definition says its name.
const SURVEY: &str = "DXの推進に関する市町村アンケート";

/// The results as one reader may see them.
pub struct Seen {
    /// Everything; tables of it only through [`Self::reader`].
    pub results: Arc<Results>,
    /// Makes the tables.
    pub reader: Reader,
    /// 速報
    pub provisional: Vec<FiscalYear>,
    signed_in: bool,
}

/// One year of them.
#[derive(Clone, Copy)]
pub struct SeenYear<'a> {
    /// The snapshot, the questionnaire and how final they are.
    pub result: &'a ResultYear,
    /// Its cells.
    pub slab: &'a YearSlab,
}

/// A question as it stands in the questionnaire of a year.
#[derive(Clone, Copy)]
pub struct Standing<'a> {
    /// The question.
    pub question: &'a Question,
    /// Title of its section.
    pub section: &'a str,
    /// Key of its section.
    pub section_name: &'a str,
    /// Title of its area, where it has one.
    pub area: Option<&'a str>,
    /// Its variable.
    pub variable: &'a Variable,
}

impl Seen {
    /// What that account may see, or whoever is not signed in.
    pub async fn by(service: &Service, account: Option<&AccountRecord>) -> Result<Self, Refusal> {
        let results = service.results(account).await?;
        let provisional = results.years.iter().filter(|year| year.edition == Edition::Provisional);
        let provisional = provisional.map(|year| year.snapshot.year).collect();
        let clearance = account.map_or(Visibility::Public, AccountRecord::clearance);
        Ok(Self { provisional, reader: Reader::new(clearance), signed_in: account.is_some(), results })
    }

    /// That year.
    pub fn year(&self, year: FiscalYear) -> Option<SeenYear<'_>> {
        Some(SeenYear { result: self.results.year(year)?, slab: self.results.cube.year(year)? })
    }

    /// The latest year.
    pub fn latest(&self) -> Option<FiscalYear> {
        self.results.years.last().map(|year| year.snapshot.year)
    }

    /// Names the representation for this class of readers: it changes with the results and with the program.
    pub fn entity_tag(&self) -> String {
        let signed_in = if self.signed_in { "-signed-in" } else { "" };
        let class = self.reader.cleared.code();
        entity_tag::of(&format!("{}-{class}{signed_in}-{}", self.results.fingerprint, env!("CARGO_PKG_VERSION")))
    }

    /// The questions of a year in the questionnaire's order. Reasons given for other answers are none of their own.
    pub fn questions<'a>(&'a self, year: SeenYear<'a>) -> Vec<Standing<'a>> {
        let questionnaire = &year.result.questionnaire;
        let mut found = Vec::new();
        for section in &questionnaire.sections {
            for group in &section.groups {
                let questions = group.questions.iter().map(|index: &QuestionIndex| questionnaire.question(*index));
                for question in questions.filter(|q| q.kind.takes_answer() && q.reason_for.is_none()) {
                    if let Some(variable) = self.variable_of(year, question) {
                        found.push(Standing {
                            question,
                            section: &section.title,
                            section_name: section.name.as_str(),
                            area: group.title.as_deref(),
                            variable,
                        });
                    }
                }
            }
        }
        found
    }

    fn variable_of(&self, year: SeenYear<'_>, question: &Question) -> Option<&Variable> {
        let concept = if question.concept.is_empty() { question.name.as_str() } else { &question.concept };
        let variable = self.results.cube.variable(concept)?;
        variable.edition(year.slab.year()).filter(|edition| edition.name == question.name.as_str())?;
        Some(variable)
    }

    /// The question of that concept, under its present name or an earlier one.
    pub fn variable(&self, concept: &str) -> Result<&Variable, Refusal> {
        self.results.cube.variable(concept).ok_or_else(|| Error::NotFound.into())
    }

    /// One question of one year, for its tables.
    pub fn asked<'a>(
        &'a self,
        year: SeenYear<'a>,
        variable: &'a Variable,
        filter: &'a Filter,
        source: &'a str,
    ) -> app::results::Asked<'a> {
        app::results::Asked {
            cube: &self.results.cube,
            slab: year.slab,
            variable,
            by: None,
            reader: self.reader,
            filter,
            provisional: &self.provisional,
            source,
            demonstration: year.result.snapshot.demonstration,
        }
    }
}

/// Every municipality's answer to a question. Only for readers who may see named values.
pub struct Answers<'a> {
    /// The question.
    pub question: &'a Question,
    /// The answers, by code.
    pub cells: Vec<(&'a Municipality, &'a Cell)>,
}

impl<'a> SeenYear<'a> {
    /// The answers of those whom the filter admits; `None` where the year did not ask it.
    pub fn answers(self, variable: &Variable, filter: &Filter) -> Option<Answers<'a>> {
        let name = &variable.edition(self.slab.year())?.name;
        let questionnaire = &self.result.questionnaire;
        let question = questionnaire.question(questionnaire.find(name)?);
        let snapshot = &self.result.snapshot;
        let place = snapshot.questions.iter().position(|published| published.name == *name)?;
        let admitted = snapshot.municipalities.iter().filter(|published| filter.admits(&published.municipality));
        let cells = admitted.filter_map(|published| Some((&published.municipality, published.cells.get(place)?)));
        Some(Answers { question, cells: cells.collect() })
    }

    /// Whether it is 速報.
    pub fn is_provisional(self) -> bool {
        self.result.edition == Edition::Provisional
    }

    /// Survey, revision and hash, as they stand below every picture.
    pub fn source(self) -> String {
        let snapshot = &self.result.snapshot;
        let survey = snapshot.official().map_or(SURVEY, |official| official.definition.source.as_str());
        let edition = match &self.result.edition {
            Edition::Published { revision, at, sha256 } => {
                let hash: String = sha256.chars().take(12).collect();
                format!("第{revision}版（{}公表）、データのハッシュ {hash}", at.date())
            }
            Edition::Provisional => "速報（未公表）".to_owned(),
        };
        format!("出典：{survey}、{}、{edition}", snapshot.year)
    }
}
