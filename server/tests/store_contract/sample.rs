//! What the tests put into the store.

use std::sync::Arc;

use server::store::{
    Author, Changed, InquiryId, NewAnswer, NewInquiry, NewInquiryMessage, NewQuestionAndAnswer, NewReferenceFigures,
    NewReturn, NewRound, NewSectionTask, Receipt, ResponseStep, ReturnedQuestion, RoundDates, SaveAnswers, Store,
    Submission,
};
use shared::fiscal_year::FiscalYear;
use shared::indicator::{Counts, Definition, Denominator, Field, FieldRule, FieldTest, Quota, Role, Rule, Treatment};
use shared::kpi::{Frequency, Kpi};
use shared::municipality::{Kind, Municipality, MunicipalityCode, Region, Tile};
use shared::publication::{Publication, Snapshot};
use shared::questionnaire::logic::Logic;
use shared::questionnaire::{QuestionName, Questionnaire, SectionName, Source};
use shared::response::{AnswerValue, ResponseState, SectionTaskState, Side};
use shared::tabulation::SmallCells;
use shared::time::Timestamp;

pub const NOW: Timestamp = Timestamp(1_780_000_000_000);
pub const DATES: RoundDates =
    RoundDates { reference_date: Timestamp(1_775_000_000_000), deadline: Timestamp(1_790_000_000_000) };

pub fn year() -> FiscalYear {
    FiscalYear::new(2026).unwrap()
}

/// A valid code: the `number`th municipality of a prefecture.
pub fn code(prefecture: u32, number: u32) -> MunicipalityCode {
    (0..10).find_map(|check| format!("{prefecture:02}{number:03}{check}").parse().ok()).unwrap()
}

pub fn aomori() -> MunicipalityCode {
    code(2, 201)
}

pub fn municipality(code: MunicipalityCode) -> Municipality {
    Municipality {
        code,
        name: format!("第{code}市"),
        kana: "だい".to_owned(),
        kind: Kind::City,
        region: Some(Region::Tosei),
        population: Some(275_192),
        area: Some(82_461),
        tile: Some(Tile { column: 3, row: 2 }),
    }
}

pub fn system() -> Author {
    Author { account: None, name: "システム".to_owned() }
}

pub fn questionnaire(version: &str) -> Questionnaire {
    Questionnaire {
        form_id: "dx".to_owned(),
        version: version.to_owned(),
        title: "調査".to_owned(),
        sections: Vec::new(),
        questions: Vec::new(),
        logic: Logic::default(),
        source: Source::default(),
    }
}

/// A draft round of Aomori with that many municipalities, and one of another prefecture beside them.
pub async fn draft_round(store: &dyn Store, municipalities: u32) -> Vec<MunicipalityCode> {
    let codes: Vec<_> = (201..201 + municipalities).map(|number| code(2, number)).collect();
    let mut register: Vec<_> = codes.iter().copied().map(municipality).collect();
    register.push(municipality(code(1, 100)));
    store.put_municipalities(&register, NOW).await.unwrap();
    let questionnaire = store.add_questionnaire(&questionnaire("2026"), NOW).await.unwrap();
    let prefecture = Some("02".to_owned());
    store.add_round(&NewRound { year: year(), questionnaire, prefecture, by: system(), at: NOW }).await.unwrap();
    codes
}

/// The same round, open.
pub async fn open_round(store: &dyn Store, municipalities: u32) -> Vec<MunicipalityCode> {
    let codes = draft_round(store, municipalities).await;
    assert_eq!(store.open_round(year(), DATES, &system(), NOW).await.unwrap(), Changed::Yes);
    codes
}

pub fn question(name: &str) -> QuestionName {
    QuestionName(name.to_owned())
}

#[expect(clippy::unnecessary_wraps, reason = "what is saved is a value or nothing")]
pub fn text(text: &str) -> Option<AnswerValue> {
    Some(AnswerValue::Text(text.to_owned()))
}

/// Answers to save: question, value, revision it was changed from.
pub fn save(code: MunicipalityCode, changes: &[(&str, Option<AnswerValue>, u32)]) -> SaveAnswers {
    let changes = changes
        .iter()
        .map(|(name, value, revision)| NewAnswer {
            question: question(name),
            value: value.clone(),
            revision: *revision,
            suggested: false,
        })
        .collect();
    SaveAnswers { year: year(), code, changes, by: system(), at: NOW }
}

pub fn receipt(number: &str) -> Receipt {
    Receipt { number: number.to_owned(), at: NOW, by: system(), content_hash: "ab".repeat(32) }
}

pub fn submission(code: MunicipalityCode, revision: i64, number: &str) -> Submission {
    Submission { year: year(), code, revision, receipt: receipt(number) }
}

pub fn step(code: MunicipalityCode, from: ResponseState, to: ResponseState, note: &str) -> ResponseStep {
    ResponseStep { year: year(), code, from, to, note: note.to_owned(), by: system(), at: NOW }
}

/// A return of some questions, each for the reason `「question」を確かめてください`.
pub fn give_back(code: MunicipalityCode, from: ResponseState, questions: &[&str]) -> NewReturn {
    NewReturn { step: step(code, from, ResponseState::Returned, "差戻し"), questions: returned(questions) }
}

pub fn returned(questions: &[&str]) -> Vec<ReturnedQuestion> {
    let reason = |name: &&str| format!("「{name}」を確かめてください");
    questions.iter().map(|name| ReturnedQuestion { question: question(name), reason: reason(name) }).collect()
}

pub fn section_task(section: &str, revision: u32, assignee: &str) -> NewSectionTask {
    NewSectionTask {
        year: year(),
        code: aomori(),
        section: SectionName(section.to_owned()),
        revision,
        assignee: assignee.to_owned(),
        state: SectionTaskState::Open,
        comment: "金曜までに".to_owned(),
        by: system(),
        at: NOW,
    }
}

pub fn inquiry(code: MunicipalityCode, about: Option<&str>, side: Side, text: &str) -> NewInquiry {
    NewInquiry { year: year(), code, question: about.map(question), side, text: text.to_owned(), by: system(), at: NOW }
}

pub fn message(inquiry: InquiryId, after: u32, side: Side, text: &str) -> NewInquiryMessage {
    NewInquiryMessage { inquiry, after, side, text: text.to_owned(), closes: false, by: system(), at: NOW }
}

pub fn question_and_answer(about: Option<&str>, inquiry: Option<InquiryId>, asked: &str) -> NewQuestionAndAnswer {
    NewQuestionAndAnswer {
        year: year(),
        question: about.map(question),
        inquiry,
        asked: asked.to_owned(),
        answer: "含みます。".to_owned(),
        by: system(),
        at: NOW,
    }
}

/// One figure each, read from the file whose hash is `digit` 64 times.
pub fn reference(source: &str, digit: char, figures: &[(MunicipalityCode, &str, &str)]) -> NewReferenceFigures {
    NewReferenceFigures {
        source: source.to_owned(),
        title: format!("{source}ダッシュボード"),
        as_of: "令和7年4月1日時点".to_owned(),
        sha256: digit.to_string().repeat(64),
        figures: figures.iter().map(|(code, item, value)| (*code, (*item).to_owned(), (*value).to_owned())).collect(),
        by: system(),
        at: NOW,
    }
}

pub fn definition(id: &str, version: u16) -> Definition {
    Definition {
        id: id.to_owned(),
        version,
        role: Role::Headline,
        official: true,
        title: "DXに取り組んでいる市町村".to_owned(),
        description: "いずれかの分野".to_owned(),
        valid_from: FiscalYear::new(2024).unwrap(),
        valid_to: None,
        rule: Rule {
            quota: Quota::Any,
            fields: vec![FieldRule { field: Field::Living, test: FieldTest::Question("engaged.living".to_owned()) }],
        },
        counts: Counts::Choices(vec!["engaged".to_owned()]),
        treatment: Treatment::default(),
        denominator: Denominator::Register,
        source: "計画".to_owned(),
        note: String::new(),
    }
}

pub fn publication(revision: u32) -> Publication {
    Publication {
        year: year(),
        revision,
        published_at: NOW,
        reason: if revision == 1 { String::new() } else { format!("第{revision}版の理由") },
        sha256: "0123456789abcdef".repeat(4),
        snapshot: Arc::new(Snapshot {
            year: year(),
            reference_date: DATES.reference_date,
            questionnaire: ("dx".to_owned(), "2026".to_owned()),
            questions: Vec::new(),
            municipalities: Vec::new(),
            indicators: Vec::new(),
            demonstration: false,
            small_cells: SmallCells::default(),
        }),
    }
}

pub fn kpi(id: &str, label: &str) -> Kpi {
    Kpi {
        id: id.to_owned(),
        category: "基本目標".to_owned(),
        label: label.to_owned(),
        unit: "％".to_owned(),
        baseline: String::new(),
        baseline_period: "令和4年度".to_owned(),
        target_2028: "100".to_owned(),
        source: "県企画政策部調べ".to_owned(),
        section: "県DX推進課".to_owned(),
        frequency: Some(Frequency::HalfYearly),
        reference_date: shared::date::parse("2024-09-30"),
        note: "備考".to_owned(),
        computed: "engaged-any".to_owned(),
    }
}
