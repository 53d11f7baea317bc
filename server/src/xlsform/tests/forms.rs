//! Forms without mistakes.

use std::path::Path;

use shared::questionnaire::logic::Logic;
use shared::questionnaire::{ChoiceState, Evaluation, GroupLayout, QuestionKind, Questionnaire, Source, SourceSheet};
use shared::response::AnswerValue;

use super::super::{compile, read};
use super::{compiled, form_of, shown};

fn small() -> Questionnaire {
    let compilation = compiled("small");
    assert_eq!(shown(&compilation), "");
    compilation.questionnaire.unwrap()
}

#[test]
fn sections_groups_and_questions_are_as_written() {
    let form = small();
    assert_eq!((&*form.form_id, &*form.version, &*form.title), ("small", "1", "小さな調査票"));
    let [section] = form.sections.as_slice() else { panic!("one section") };
    assert_eq!((section.name.as_str(), section.minutes), ("industry", 5));
    assert_eq!(section.lead.as_deref(), Some("前書き"));
    let groups: Vec<_> = section.groups.iter().map(|g| (g.title.as_deref(), g.layout, g.questions.len())).collect();
    assert_eq!(
        groups,
        [(None, GroupLayout::List, 2), (Some("項目"), GroupLayout::Table, 2), (None, GroupLayout::List, 5),]
    );
    assert_eq!(section.questions().count(), form.questions.len());

    let question = |name: &str| form.question(form.find(name).unwrap());
    assert_eq!(question("engaged").definition.as_deref(), Some("用語の\n説明"));
    assert!(question("engaged").core && !question("staff").core);
    assert!(question("staff").may_be_unknown);
    assert_eq!(question("staff").unit.as_deref(), Some("人"));
    assert_eq!(question("outline").kind, QuestionKind::Text { multiline: true, max_length: 500 });
    let level = question("farming").kind.choices();
    assert_eq!(level[2].state, Some(ChoiceState::Unknown));
    assert_eq!(level[2].short.as_deref(), Some("？"));
    assert!(question("topics").kind.choices()[2].exclusive);
}

#[test]
fn conditions_of_groups_are_their_questions() {
    let form = small();
    let at = |name: &str| form.find(name).unwrap();
    let choice = |name: &str| Some(AnswerValue::Choice(name.to_owned()));
    let mut answers = Evaluation::new(&form.logic, Vec::new(), Vec::new());
    assert!(!answers.is_relevant(at("farming")) && answers.is_missing(at("engaged")));
    assert_eq!(answers.set(at("engaged"), choice("yes")).relevance, [at("farming")]);
    assert!(answers.is_required(at("staff")), "required is an expression");
    assert_eq!(answers.set(at("farming"), choice("1")).relevance, [at("tourism")]);
    answers.set(at("staff"), Some(AnswerValue::Integer(-1)));
    assert!(answers.breaks_constraint(at("staff")));
    assert_eq!(answers.set(at("engaged"), choice("no")).relevance, [at("farming"), at("tourism")]);
}

#[test]
fn a_workbook_means_the_same_as_its_sheets_in_csv() {
    let workbook = compiled("small.xlsx");
    assert_eq!(shown(&workbook), "");
    let same = |form: Questionnaire| Questionnaire { source: Source::default(), ..form };
    assert_eq!(same(workbook.questionnaire.unwrap()), same(small()));
}

#[test]
fn the_sheets_are_kept_as_the_author_wrote_them() {
    let survey = "type,name,label,Label :: English (en),number,concept,aggregate_visibility,named_visibility,minutes,disabled\n\
                  begin_group,s,章,Chapter,,,,,5,\n\
                  text,q,問い,Question,1,q,public,public,,\n\
                  text,old,昔の問い,,2,old,public,public,,yes\n\
                  end_group,,,,,,,,,\n";
    let settings = "form_title,form_id,version\n題,id,1\n";
    let form = form_of(survey, "", settings);
    assert!(form.find("old").is_none());
    let source = &form.source;
    assert_eq!(source.survey.columns[2..5], ["label", "label::English (en)", "number"]);
    assert_eq!(source.survey.rows.len(), 4);
    assert_eq!(source.survey.rows[1][2..5], ["問い", "Question", "1"]);
    assert_eq!(source.survey.rows[2][1], "old");
    assert_eq!(source.settings.rows, [["題", "id", "1"]]);
    assert_eq!(source.choices, SourceSheet::default());
}

#[test]
fn logic_survives_being_stored() {
    let logic = seeded_2026().logic;
    let stored = serde_json::to_string(&logic).unwrap();
    assert_eq!(serde_json::from_str::<Logic>(&stored).unwrap(), logic);
}

fn seeded_2026() -> Questionnaire {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../seeds/questionnaires/2026");
    let compilation = compile(&read(&folder).unwrap());
    assert_eq!(shown(&compilation), "");
    compilation.questionnaire.unwrap()
}

#[test]
fn the_questionnaire_of_2026_compiles_without_findings() {
    let form = seeded_2026();
    assert!(form.sections.iter().filter(|section| section.field.is_some()).count() >= 3);
    assert!(form.questions.iter().filter(|question| question.core).count() >= 52);
    assert!(!form.logic.order.is_empty());
}
