//! Events into answers, answers into relevance and errors.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use shared::questionnaire::{Evaluation, QuestionKind};
use shared::response::AnswerValue;
use shared::wire::{LiveForm, LiveQuestion};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, Event, EventTarget, HtmlElement, KeyboardEvent, PageTransitionEvent};

use super::page::{Page, question_of, window};
use super::save::FIRST_RETRY;

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
    pressing: Cell<bool>,
    /// The next wait before sending again.
    pub retry: Cell<i32>,
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
    /// What is typed differs from what is stored.
    pub unsaved: bool,
    /// An answer is on its way.
    pub in_flight: bool,
    /// Why it is not sent at present.
    pub held: Option<Held>,
    /// The constraint was broken when last looked at.
    pub broken: bool,
    /// The running timer, to be cleared.
    timer: Option<i32>,
}

/// Why an answer is not sent.
#[derive(PartialEq)]
pub enum Held {
    /// It was refused as it is.
    UntilChanged,
    /// Somebody else saved another value: the form's own submission lets one choose.
    ForSubmission,
}

/// Takes over the page's form.
pub fn start(form: LiveForm) {
    let Some(page) = Page::find() else { return };
    // One a page and needed as long as it lives.
    let form: &'static LiveForm = Box::leak(Box::new(form));
    let states = form
        .questions
        .iter()
        .map(|question| {
            let saved = form.values.get(usize::from(question.index.0)).cloned().flatten();
            let held = page.asks_which(&question.name).then_some(Held::ForSubmission);
            RefCell::new(State { revision: question.revision, saved, held, ..State::default() })
        })
        .collect();
    let live = Rc::new(Live {
        page,
        form,
        evaluation: RefCell::new(Evaluation::new(&form.logic, form.values.clone())),
        states,
        composing: Cell::new(false),
        pressing: Cell::new(false),
        retry: Cell::new(FIRST_RETRY),
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
    fn listen(self: &Rc<Self>) {
        let form: &EventTarget = &self.page.form;
        self.on(form, "input", |live, event| {
            let Some(place) = live.place_of(&event) else { return };
            live.page.count_characters(&live.form.questions[place]);
            live.states[place].borrow_mut().unsaved = true;
            if !live.composing.get() {
                live.later(place, PAUSE);
            }
        });
        self.on(form, "change", |live, event| {
            if let Some(place) = live.place_of(&event) {
                live.commit(place);
            }
        });
        self.on(form, "compositionstart", |live, event| {
            live.composing.set(true);
            if let Some(place) = live.place_of(&event) {
                live.clear_timer(place);
            }
        });
        self.on(form, "compositionend", |live, event| {
            live.composing.set(false);
            if let Some(place) = live.place_of(&event) {
                live.later(place, PAUSE);
            }
        });
        self.on(form, "keydown", |_, event| {
            // 229 is what some browsers report for the Enter that ends a composition.
            if let Some(key) = event.dyn_ref::<KeyboardEvent>()
                && key.key() == "Enter"
                && (key.is_composing() || key.key_code() == 229)
                && event.target().is_some_and(|target| target.has_type::<web_sys::HtmlInputElement>())
            {
                event.prevent_default();
            }
        });
        self.on(form, "submit", |live, event| live.submit(&event));
        self.on(form, "pointerdown", |live, event| {
            let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
            let button = target.and_then(|element| element.closest("button").ok().flatten());
            live.pressing.set(button.is_some());
        });
        let Some(window) = window() else { return };
        for released in ["pointerup", "pointercancel"] {
            self.on(&window, released, |live, _| live.release());
        }
        self.on(&window, "beforeunload", |live, event| {
            if !live.leaving.get() && live.has_unsaved() {
                event.prevent_default();
            }
        });
        self.on(&window, "pageshow", |live, event| {
            if event.dyn_ref::<PageTransitionEvent>().is_some_and(PageTransitionEvent::persisted) {
                live.come_back();
            }
        });
    }

    /// Shows what was held back while a button was pressed, after the press has reached it.
    fn release(self: &Rc<Self>) {
        if self.pressing.replace(false) {
            let live = Rc::clone(self);
            timeout(0, move || {
                if !live.submitting.get() {
                    (0..live.states.len()).for_each(|place| live.commit(place));
                }
            });
        }
    }

    /// A page brought back from the browser's history has old revisions: it is read again, unless that would lose
    /// what was typed.
    fn come_back(self: &Rc<Self>) {
        if self.has_unsaved() {
            self.submitting.set(false);
            self.leaving.set(false);
            (0..self.states.len()).for_each(|place| self.commit(place));
        } else if let Some(window) = window() {
            let _ = window.location().reload();
        }
    }

    fn has_unsaved(&self) -> bool {
        self.states.iter().any(|state| state.borrow().unsaved)
    }

    fn on(self: &Rc<Self>, target: &EventTarget, kind: &str, handler: impl Fn(&Rc<Self>, Event) + 'static) {
        let live = Rc::clone(self);
        let listener = Closure::<dyn Fn(Event)>::new(move |event| handler(&live, event)).into_js_value();
        let _ = target.add_event_listener_with_callback(kind, listener.unchecked_ref());
    }

    /// The place in [`LiveForm::questions`] of the question whose control the event is about.
    fn place_of(&self, event: &Event) -> Option<usize> {
        let name = question_of(event.target()?.dyn_ref::<Element>()?)?;
        self.form.questions.iter().position(|question| question.name == name)
    }

    /// What is typed, as an answer.
    pub fn parse(&self, question: &LiveQuestion) -> Result<Option<AnswerValue>, String> {
        if question.kind == QuestionKind::Note {
            return Ok(None);
        }
        let raw = self.page.raw(&question.name);
        AnswerValue::parse(&question.kind, question.may_be_unknown, &raw).map_err(|error| error.to_string())
    }

    /// Takes what is typed as the answer: re-evaluates, shows errors, saves.
    fn commit(self: &Rc<Self>, place: usize) {
        self.clear_timer(place);
        let question = &self.form.questions[place];
        let parsed = self.parse(question);
        let answered = !matches!(parsed, Ok(None));
        self.page.offer_clearing(&question.name, answered);
        {
            let mut state = self.states[place].borrow_mut();
            state.broken = false;
            state.unsaved = parsed.as_ref().map_or(true, |value| *value != state.saved);
            if state.held == Some(Held::UntilChanged) {
                state.held = None;
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

    /// Brings the page in line with the evaluation.
    fn refresh(&self) {
        let evaluation = self.evaluation.borrow();
        for (question, state) in self.form.questions.iter().zip(&self.states) {
            self.page.set_relevant(&question.name, evaluation.is_relevant(question.index));
            self.page.set_required(&question.name, evaluation.is_required(question.index));
            let broken = evaluation.breaks_constraint(question.index);
            if std::mem::replace(&mut state.borrow_mut().broken, broken) != broken {
                let message = question.constraint_message.as_deref().unwrap_or("入力できる範囲を超えています。");
                self.page.set_error(&question.name, broken.then_some(message));
            }
        }
        self.page.hide_empty_groups();
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

    fn clear_timer(&self, place: usize) {
        if let (Some(timer), Some(window)) = (self.states[place].borrow_mut().timer.take(), window()) {
            window.clear_timeout_with_handle(timer);
        }
    }
}

/// Calls `then` after a wait in milliseconds; gives the timer.
pub fn timeout(wait: i32, then: impl FnOnce() + 'static) -> Option<i32> {
    let callback: JsValue = Closure::once_into_js(then);
    window()?.set_timeout_with_callback_and_timeout_and_arguments_0(callback.unchecked_ref(), wait).ok()
}
