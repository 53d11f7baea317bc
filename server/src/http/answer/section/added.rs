//! What saving without WebAssembly brings up: questions that were not on the page, and warnings that nobody has seen.

use shared::questionnaire::Section;

use crate::service::answering::Form;

/// Questions of the section that are asked only since the save and have to be answered; reasons of unusual answers too.
pub fn brought_up<'f>(before: &Form, after: &'f Form, section: &Section) -> Vec<&'f str> {
    let (was, is) = (before.evaluation(), after.evaluation());
    let added = section.questions().filter(|index| {
        let explains = after.questionnaire.question(*index).reason_for.is_some();
        let due = is.is_missing(*index) || explains && is.is_relevant(*index) && is.value(*index).is_none();
        due && !was.is_relevant(*index)
    });
    added.map(|index| after.questionnaire.question(index).name.as_str()).collect()
}

/// Address on the page and text of the named questions of the section, as far as they are asked.
pub fn named(form: &Form, section: &Section, names: &str) -> Vec<(String, String)> {
    let evaluation = form.evaluation();
    let asked = section.questions().filter(|index| evaluation.is_relevant(*index));
    let questions = asked.map(|index| form.questionnaire.question(index));
    let wanted = questions.filter(|question| names.split(',').any(|name| name == question.name.as_str()));
    wanted.map(|q| (format!("#q-{}", q.name), format!("{} {}", q.number, q.label).trim().to_owned())).collect()
}
