//! Writes an XLSForm of any size, for measuring how fast logic is worked out.
//!
//! `cargo run -p server --example synthetic_form -- 1000 FOLDER [QUESTIONS OF A SECTION]` leaves `survey.csv`,
//! `choices.csv` and `settings.csv` with 1,000 questions and 1,000 calculations, and the compiled logic in `logic.json`.
//! Every calculation adds its question to the one before, so that the first answer changes them all; every tenth looks
//! at ten questions, the last at up to two hundred calculations. Every fifth question is asked only while the one before
//! is not 0, the last unless all are answered with 1.

use std::fmt::Write;
use std::fs;
use std::path::PathBuf;

use anyhow::{Context, bail};
use server::xlsform::{Compilation, Finding, compile, read_embedded};

/// Questions of one section, unless said otherwise.
const SECTION: usize = 100;

/// The three sheets, as CSV.
pub struct Sheets {
    /// `survey.csv`
    pub survey: String,
    /// `choices.csv`
    pub choices: String,
    /// `settings.csv`
    pub settings: String,
}

/// A form with so many questions and as many calculations, in sections of so many questions.
pub fn sheets(questions: usize, section: usize) -> Sheets {
    let mut survey = String::from(
        "type,name,label,number,concept,aggregate_visibility,named_visibility,minutes,relevant,calculation\n",
    );
    for number in 1..=questions {
        if (number - 1).is_multiple_of(section) {
            let _ = writeln!(survey, "begin_group,s{number},{number}から,,,,,5,,");
        }
        let relevant = relevance(number, questions);
        let _ = writeln!(survey, "integer,q{number},問い{number},{number},q{number},public,public,,{relevant},");
        let _ = writeln!(survey, "calculate,c{number},,,,,,,,\"{}\"", calculation(number, questions));
        if number.is_multiple_of(section) || number == questions {
            survey.push_str("end_group,,,,,,,,,\n");
        }
    }
    let settings = format!("form_title,form_id,version\n合成した調査票（{questions}問）,synthetic,{questions}\n");
    Sheets { survey, choices: String::new(), settings }
}

/// The last question is asked unless all are answered with 1: whoever sees it appear knows that the change has gone
/// through every calculation.
fn relevance(number: usize, questions: usize) -> String {
    if number > 1 && number == questions {
        format!("${{c{0}}} != {0}", number - 1)
    } else if number > 1 && number.is_multiple_of(5) {
        format!("${{q{}}} != 0", number - 1)
    } else {
        String::new()
    }
}

fn calculation(number: usize, questions: usize) -> String {
    let list = |name: char, numbers: &mut dyn Iterator<Item = usize>| {
        numbers.map(|number| format!("${{{name}{number}}}")).collect::<Vec<_>>().join(", ")
    };
    if number == 1 {
        "coalesce(${q1}, 0)".to_owned()
    } else if number == questions {
        let step = questions.div_ceil(200);
        format!("max({})", list('c', &mut (1..number).step_by(step)))
    } else if number.is_multiple_of(10) {
        format!("${{c{}}} + max(0, {})", number - 1, list('q', &mut (number - 9..=number)))
    } else {
        format!("${{c{}}} + coalesce(${{q{number}}}, 0)", number - 1)
    }
}

fn main() -> anyhow::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let (Some(questions), Some(folder)) = (arguments.next(), arguments.next().map(PathBuf::from)) else {
        bail!("synthetic_form QUESTIONS FOLDER [QUESTIONS OF A SECTION]");
    };
    let questions = questions.parse().context("the number of questions")?;
    let section = arguments.next().map_or(Ok(SECTION), |section| section.parse()).context("questions of a section")?;
    let sheets = sheets(questions, section);
    let Compilation { questionnaire, findings } =
        compile(&read_embedded(&sheets.survey, &sheets.choices, &sheets.settings)?);
    let Some(questionnaire) = questionnaire else {
        bail!("{}", findings.iter().map(Finding::to_string).collect::<Vec<_>>().join("\n"));
    };
    fs::create_dir_all(&folder)?;
    fs::write(folder.join("survey.csv"), sheets.survey)?;
    fs::write(folder.join("choices.csv"), sheets.choices)?;
    fs::write(folder.join("settings.csv"), sheets.settings)?;
    fs::write(folder.join("logic.json"), serde_json::to_vec(&questionnaire.logic)?)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use shared::questionnaire::{Evaluation, QuestionIndex};
    use shared::response::AnswerValue;

    use super::*;

    #[test]
    fn a_form_of_a_thousand_questions_follows_its_first_answer_to_the_end() {
        let sheets = sheets(1000, SECTION);
        let compilation = compile(&read_embedded(&sheets.survey, &sheets.choices, &sheets.settings).unwrap());
        assert_eq!(compilation.findings, []);
        let form = compilation.questionnaire.unwrap();
        assert_eq!(form.questions.len(), 2000);
        let mut evaluation = Evaluation::new(&form.logic, Vec::new(), Vec::new());
        let changes = evaluation.set(QuestionIndex(0), Some(AnswerValue::Integer(3)));
        assert_eq!(changes.values.len(), 1000);
        let last = form.find("c1000").unwrap();
        // Once as an answer, once more as the largest of the first ten.
        assert_eq!(evaluation.value(last), Some(&AnswerValue::Integer(6)));
    }
}
