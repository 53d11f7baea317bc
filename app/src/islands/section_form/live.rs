//! The answers as typed, and what follows from them: relevance, errors, what the form works out.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use shared::questionnaire::evaluation::Breach;
use shared::questionnaire::{Evaluation, QuestionKind};
use shared::response::AnswerValue;
use shared::wire::{AnswerConflict, LiveForm, LiveQuestion};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::HtmlElement;

use super::page::{Page, window};
use super::save::FIRST_RETRY;
use crate::components::format::grouped;

/// A pause in typing after which a text is saved, in milliseconds.
pub const PAUSE: i32 = 1_500;

/// The form while it is filled.
pub struct Live {
    /// The page around.
    pub page: Page,
    /// Rules, saved answers and where to save.
    pub form: &'static LiveForm,
    /// The rules applied to the answers as typed.
    evaluation: RefCell<Evaluation<'static>>,
    /// One a question of [`LiveForm::questions`].
    pub states: Vec<RefCell<State>>,
    /// A text is being composed with an input method.
    pub composing: Cell<bool>,
    /// A button is being pressed: what moved it away now would make the press miss it.
    pub pressing: Cell<bool>,
    /// The next wait before sending again.
    pub retry: Cell<i32>,
    /// The last answer sent did not arrive, as far as is known.
    pub unreachable: Cell<bool>,
    /// The form is being submitted: nothing more is saved singly.
    pub submitting: Cell<bool>,
    /// The button that submits, while answers on their way are awaited.
    pub waiting: RefCell<Option<HtmlElement>>,
    /// The page is being left through the form.
    pub leaving: Cell<bool>,
}

/// Where a question's answer stands.
#[derive(Default)]
pub struct State {
    /// Revision of the stored answer.
    pub revision: u32,
    /// The stored answer.
    pub saved: Option<AnswerValue>,
    /// A public figure stood in the input. Whatever is made of it is to be stored, a blank too, or it would stand there
    /// again.
    pub suggested: bool,
    /// What is typed differs from what is stored.
    pub unsaved: bool,
    /// An answer is on its way.
    pub in_flight: bool,
    /// An answer that may have arrived although its reply did not: it is sent again before any other, so that one's own
    /// answer is not taken for another person's.
    pub lost: Option<Sent>,
    /// Why it is not sent at present.
    pub held: Option<Held>,
    /// How the constraint was broken when last looked at.
    pub broken: Option<Breach>,
    /// What the page last showed.
    shown: Option<Shown>,
    /// The running timer, to be cleared.
    timer: Option<i32>,
}

/// A value as it was sent; `None` clears the answer.
#[derive(Clone)]
pub struct Sent(pub Option<AnswerValue>);

/// What follows from the answers for one question.
#[derive(PartialEq)]
struct Shown {
    relevant: bool,
    required: bool,
    warned: bool,
}

/// Why an answer is not sent.
#[derive(PartialEq)]
pub enum Held {
    /// It was refused as it is.
    UntilChanged,
    /// Somebody else saved another value, and one is asked which shall stay: here, or after a submission by the form.
    Asked(Option<Box<AnswerConflict>>),
}

/// Takes over the page's form.
pub fn start(form: LiveForm) {
    let Some(page) = Page::find() else { return };
    // One a page and needed as long as it lives.
    let form: &'static LiveForm = Box::leak(Box::new(form));
    let questions = form.logic.rules.len();
    let values = form.values.spread(questions);
    let states = form
        .questions
        .iter()
        .map(|question| {
            let saved = values.get(usize::from(question.index.0)).cloned().flatten();
            let held = page.asks_which(&question.name).then_some(Held::Asked(None));
            let suggested = page.is_prefilled(&question.name);
            RefCell::new(State { revision: question.revision, saved, suggested, held, ..State::default() })
        })
        .collect();
    let live = Rc::new(Live {
        page,
        form,
        evaluation: RefCell::new(Evaluation::new(&form.logic, values, form.previous.spread(questions))),
        states,
        composing: Cell::new(false),
        pressing: Cell::new(false),
        retry: Cell::new(FIRST_RETRY),
        unreachable: Cell::new(false),
        submitting: Cell::new(false),
        waiting: RefCell::new(None),
        leaving: Cell::new(false),
    });
    live.listen();
    // What was typed before the bundle arrived.
    for place in 0..form.questions.len() {
        let question = &form.questions[place];
        live.page.count_characters(question);
        if matches!(live.parse(question), Ok(value) if value == live.states[place].borrow().saved) {
            continue;
        }
        live.commit(place);
    }
    live.refresh();
}

impl Live {
    /// What is typed, as an answer.
    pub fn parse(&self, question: &LiveQuestion) -> Result<Option<AnswerValue>, String> {
        let raw = self.page.raw(&question.name);
        AnswerValue::parse(&question.kind, question.may_be_unknown, &raw).map_err(|error| error.to_string())
    }

    /// Whether it is answered here, and what stands there is meant.
    fn is_typed(&self, question: &LiveQuestion) -> bool {
        !question.fixed && !self.page.is_prefilled(&question.name)
    }

    /// Takes what is typed as the answer: re-evaluates, shows errors, saves.
    pub fn commit(self: &Rc<Self>, place: usize) {
        self.clear_timer(place);
        let question = &self.form.questions[place];
        if !self.is_typed(question) {
            return;
        }
        let parsed = self.parse(question);
        if !matches!(parsed, Ok(None)) {
            self.page.offer_clearing(&question.name);
        }
        let typed_back = {
            let mut state = self.states[place].borrow_mut();
            state.broken = None;
            let unsaved = state.suggested || parsed.as_ref().map_or(true, |value| *value != state.saved);
            if state.held == Some(Held::UntilChanged) {
                state.held = None;
            }
            let typed_back = std::mem::replace(&mut state.unsaved, unsaved) && !unsaved && !state.in_flight;
            typed_back.then_some(state.revision)
        };
        if let Some(revision) = typed_back {
            self.page.set_saved(&question.name, if revision > 0 { "保存済み" } else { "" }, false);
            if !self.has_unsaved() {
                self.page.set_status("", false);
            }
        }
        match parsed {
            Ok(value) => {
                self.evaluation.borrow_mut().set(question.index, value);
                if !self.pressing.get() {
                    self.page.set_error(&question.name, None);
                    self.refresh();
                }
                self.save(place);
            }
            Err(error) if !self.pressing.get() => self.page.set_error(&question.name, Some(&error)),
            Err(_) => {}
        }
    }

    /// Commits whatever is not saved.
    pub fn commit_unsaved(self: &Rc<Self>) {
        for place in 0..self.states.len() {
            if self.states[place].borrow().unsaved {
                self.commit(place);
            }
        }
    }

    /// Brings the page in line with the evaluation.
    fn refresh(&self) {
        let evaluation = self.evaluation.borrow();
        for (question, state) in self.form.questions.iter().zip(&self.states) {
            let (name, index) = (&question.name, question.index);
            let mut state = state.borrow_mut();
            let shown = Shown {
                relevant: evaluation.is_relevant(index),
                required: evaluation.is_required(index),
                warned: evaluation.is_unusual(index),
            };
            if state.shown.as_ref() != Some(&shown) {
                self.page.set_relevant(name, shown.relevant);
                self.page.set_required(name, shown.required);
                self.page.set_warned(name, shown.warned);
                state.shown = Some(shown);
            }
            if question.fixed {
                self.page.set_answer(name, &words(&question.kind, evaluation.value(index)));
            }
            if self.form.logic.rules[usize::from(index.0)].choice_filter.is_some() {
                self.page.offer(name, |choice| evaluation.is_offered(index, choice));
            }
            let broken = evaluation.breach(index);
            if std::mem::replace(&mut state.broken, broken) != broken {
                let message = broken.map(|breach| breach.message(question.constraint_message.as_deref()));
                self.page.set_error(name, message);
            }
        }
        self.page.hide_empty_groups();
    }

    /// Whether anything would be lost with the page.
    pub fn has_unsaved(&self) -> bool {
        self.states.iter().any(|state| state.borrow().unsaved)
    }

    /// Commits after a wait in milliseconds, unless something happens before.
    pub fn later(self: &Rc<Self>, place: usize, wait: i32) {
        self.clear_timer(place);
        let live = Rc::clone(self);
        self.states[place].borrow_mut().timer = timeout(wait, move || {
            if live.composing.get() {
                live.later(place, PAUSE);
            } else {
                live.commit(place);
            }
        });
    }

    pub fn clear_timer(&self, place: usize) {
        if let (Some(timer), Some(window)) = (self.states[place].borrow_mut().timer.take(), window()) {
            window.clear_timeout_with_handle(timer);
        }
    }
}

/// What the form worked out, in words without the unit.
fn words(kind: &QuestionKind, value: Option<&AnswerValue>) -> String {
    let Some(value) = value else { return "－".to_owned() };
    let label =
        |name: &String| kind.choices().iter().find(|choice| choice.name == *name).map_or(name, |c| &c.label).clone();
    match value {
        AnswerValue::Integer(number) => grouped(&number.to_string()),
        AnswerValue::Decimal(number) => grouped(&number.to_string()),
        AnswerValue::Text(text) | AnswerValue::Date(text) => text.clone(),
        AnswerValue::Choice(name) => label(name),
        AnswerValue::Choices(names) => names.iter().map(label).collect::<Vec<_>>().join("、"),
        AnswerValue::State(_) => "不明".to_owned(),
    }
}

/// Calls `then` after a wait in milliseconds; gives the timer.
pub fn timeout(wait: i32, then: impl FnOnce() + 'static) -> Option<i32> {
    let callback: JsValue = Closure::once_into_js(then);
    window()?.set_timeout_with_callback_and_timeout_and_arguments_0(callback.unchecked_ref(), wait).ok()
}
