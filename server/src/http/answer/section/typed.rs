//! A section's form as it was sent.

use std::collections::BTreeMap;

use shared::municipality::MunicipalityCode;
use shared::questionnaire::{Question, Section};
use shared::response::answer::{AnswerValue, RawAnswer};

use super::fields::Leftovers;
use crate::service::answering::Form;
use crate::store::NewAnswer;

/// The password with which a form signs in on its way; it is read and never shown again.
pub const PASSWORD: &str = ".password";
/// The code that follows it, where the account has a second factor.
pub const CODE: &str = ".code";
/// The login name beside it, or of whoever opened the page.
pub const LOGIN_NAME: &str = ".login_name";
/// Code of the municipality whose response was on the page.
pub const MUNICIPALITY: &str = ".municipality";

/// The form's values by name, repeated ones in order.
pub struct Typed(BTreeMap<String, Vec<String>>);

impl Typed {
    /// The values of a form.
    pub fn new(pairs: Vec<(String, String)>) -> Self {
        let mut values: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (name, value) in pairs {
            values.entry(name).or_default().push(value);
        }
        Self(values)
    }

    /// The first value of that name.
    pub fn given(&self, name: &str) -> Option<&str> {
        self.0.get(name).and_then(|values| values.first()).map(String::as_str)
    }

    /// The first value of that name, empty where there is none.
    pub fn one(&self, name: &str) -> &str {
        self.given(name).unwrap_or_default()
    }

    /// Whose response was on the page.
    pub fn municipality(&self) -> Option<MunicipalityCode> {
        self.given(MUNICIPALITY)?.parse().ok()
    }

    /// Everything that a page may carry on: all but the login.
    pub fn carried(&self) -> Vec<(String, String)> {
        let kept = self.0.iter().filter(|(name, _)| !matches!(name.as_str(), PASSWORD | LOGIN_NAME | CODE));
        kept.flat_map(|(name, values)| values.iter().map(|value| (name.clone(), value.clone()))).collect()
    }

    /// What stood in a question's inputs; after a press on 「前年と同じ」 last year's answer.
    fn raw(&self, form: &Form, question: &Question) -> RawAnswer {
        let name = question.name.as_str();
        if self.one("same") == name
            && let Some(copy) = form.previous.get(&question.name).and_then(|previous| previous.copy.as_ref())
        {
            return copy.raw();
        }
        RawAnswer {
            values: self.0.get(name).cloned().unwrap_or_default(),
            unknown: self.one(&format!("{name}.unknown")) == "1",
        }
    }

    /// A public figure was put into the input, stands there as it was, and nobody said that it is right.
    fn is_unconfirmed(&self, name: &str, raw: &RawAnswer) -> bool {
        let prefilled = self.0.get(&format!("{name}.prefill"));
        prefilled.is_some_and(|values| *values == raw.values) && !raw.unknown && self.one("confirm") != name
    }

    /// What is to be saved, and what cannot be. Only questions whose revision came with the form were on the page.
    pub fn read(&self, form: &Form, section: &Section) -> (Vec<NewAnswer>, Leftovers) {
        let mut changes = Vec::new();
        let mut leftovers = Leftovers::default();
        for index in section.questions() {
            let question = form.questionnaire.question(index);
            let name = question.name.as_str();
            let Ok(revision) = self.one(&format!("{name}.revision")).parse() else { continue };
            let kept = self.one(&format!("{name}.keep"));
            if question.readonly || !question.kind.takes_answer() || kept == "theirs" {
                continue;
            }
            let raw = self.raw(form, question);
            if self.is_unconfirmed(name, &raw) {
                continue;
            }
            // Two values were shown and none was chosen: ask again.
            if let (true, Some(stored)) =
                (self.one(&format!("{name}.conflict")) == "1", form.answers.get(&question.name))
                && kept != "mine"
            {
                leftovers.typed.insert(name.to_owned(), raw);
                leftovers.conflicts.insert(name.to_owned(), stored.clone());
                continue;
            }
            match AnswerValue::parse(&question.kind, question.may_be_unknown, &raw) {
                Ok(value) => match form.locked(index) {
                    None => {
                        let suggested = question.default.is_some() || self.0.contains_key(&format!("{name}.prefill"));
                        changes.push(NewAnswer { question: question.name.clone(), value, revision, suggested });
                    }
                    Some(reason) => {
                        if form.value(question) != value {
                            leftovers.errors.insert(name.to_owned(), format!("{reason}入力した値は保存していません。"));
                        }
                    }
                },
                Err(error) => {
                    leftovers.errors.insert(name.to_owned(), error.to_string());
                    leftovers.typed.insert(name.to_owned(), raw);
                }
            }
        }
        (changes, leftovers)
    }
}
