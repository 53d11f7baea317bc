//! A questionnaire from its sheets.

use shared::questionnaire::Questionnaire;

use super::finding::{Finding, Severity};
use super::workbook::Sheets;
use super::{choices, columns, languages, lint, rules, settings, survey};

/// What came of compiling.
#[derive(Debug, Clone)]
pub struct Compilation {
    /// The questionnaire, when no finding is an error.
    pub questionnaire: Option<Questionnaire>,
    /// Everything found, in the order of the sheets and rows.
    pub findings: Vec<Finding>,
}

/// Compiles sheets to a questionnaire and reports everything that is wrong with them.
pub fn compile(sheets: &Sheets) -> Compilation {
    let mut findings = Vec::new();
    let source = sheets.source();
    let language = source.default_language();
    let sheets = &languages::with_own_texts(sheets, language);
    sheets.check(&mut findings);
    columns::check(sheets, language, &mut findings);
    languages::check(sheets, language, &mut findings);
    let settings = settings::read(&sheets.settings, &mut findings);
    let lists = choices::read(&sheets.choices, &mut findings);
    let outline = survey::read(&sheets.survey, &lists, &mut findings);
    let logic = rules::compile(&outline, &lists, &sheets.choices, &mut findings);
    lint::outline(&outline, &lists, &mut findings);
    lint::own_columns(&outline, &sheets.choices, &mut findings);
    if !has_error(&findings) {
        lint::reference(sheets, &mut findings);
    }
    languages::name_columns(sheets, language, &mut findings);
    let sheet_order = [sheets.survey.name, sheets.choices.name, sheets.settings.name];
    findings.sort_by_key(|finding| (sheet_order.iter().position(|name| *name == finding.sheet), finding.row));
    let questionnaire = (!has_error(&findings)).then_some(Questionnaire {
        form_id: settings.form_id,
        version: settings.version,
        title: settings.title,
        sections: outline.sections,
        questions: outline.questions,
        logic,
        source,
    });
    Compilation { questionnaire, findings }
}

fn has_error(findings: &[Finding]) -> bool {
    findings.iter().any(|finding| finding.severity == Severity::Error)
}
