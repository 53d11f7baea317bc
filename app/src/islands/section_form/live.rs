//! Events into answers, answers into relevance, errors and saves.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use shared::questionnaire::{Evaluation, QuestionKind};
use shared::response::AnswerValue;
use shared::wire::{LiveForm, LiveQuestion, SaveAnswer};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, Event, EventTarget, HtmlElement, KeyboardEvent, PageTransitionEvent, SubmitEvent};

use super::page::{Page, question_of, window};
use super::save::{self, Outcome};

/// A pause in typing after which a text is saved, in milliseconds.
const PAUSE: i32 = 1_500;
/// First and longest wait before sending again, in milliseconds.
const RETRY: (i32, i32) = (2_000, 60_000);
/// How long a submission waits for answers on their way, in milliseconds.
const PATIENCE: i32 = 10_000;

/// The form while it is filled.
struct Live {
    page: Page,
    form: &'static LiveForm,
    evaluation: RefCell<Evaluation<'static>>,
    /// One a question of [`LiveForm::questions`].
    states: Vec<RefCell<State>>,
    /// A text is being composed with an input method.
    composing: Cell<bool>,
    /// The next wait before sending again.
    retry: Cell<i32>,
    /// The form is being submitted: nothing more is saved singly.
    submitting: Cell<bool>,
    /// The button that submits, while answers on their way are awaited.
    waiting: RefCell<Option<HtmlElement>>,
    /// The page is being left through the form.
    leaving: Cell<bool>,
}

/// Where a question's answer stands.
#[derive(Default)]
struct State {
    /// Revision of the stored answer.
    revision: u32,
    /// The stored answer.
    saved: Option<AnswerValue>,
    /// What is typed differs from what is stored.
    unsaved: bool,
    /// An answer is on its way.
    in_flight: bool,
    /// Refused, or in conflict: not sent again before it is changed (conflicts: not at all).
    held: Option<Held>,
    /// The constraint was broken when last looked at.
    broken: bool,
    /// The running timer, to be cleared.
    timer: Option<i32>,
}

#[derive(PartialEq)]
enum Held {
    UntilChanged,
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
        retry: Cell::new(RETRY.0),
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
        self.on(form, "submit", Self::submit);
        let Some(window) = window() else { return };
        self.on(&window, "beforeunload", |live, event| {
            if !live.leaving.get() && live.states.iter().any(|state| state.borrow().unsaved) {
                event.prevent_default();
            }
        });
        // A page brought back from the browser's history has old revisions.
        self.on(&window, "pageshow", |_, event| {
            if event.dyn_ref::<PageTransitionEvent>().is_some_and(PageTransitionEvent::persisted)
                && let Some(window) = super::page::window()
            {
                let _ = window.location().reload();
            }
        });
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

    fn parse(&self, question: &LiveQuestion) -> Result<Option<AnswerValue>, String> {
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
                self.page.set_error(&question.name, None);
                self.evaluation.borrow_mut().set(question.index, value);
                self.refresh();
                self.save(place);
            }
            Err(error) => self.page.set_error(&question.name, Some(&error)),
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

    /// Sends the answer unless it is stored, on its way or held.
    fn save(self: &Rc<Self>, place: usize) {
        if self.composing.get() {
            return self.later(place, PAUSE);
        }
        let question = &self.form.questions[place];
        let Ok(value) = self.parse(question) else { return };
        let answer = {
            let mut state = self.states[place].borrow_mut();
            state.unsaved = value != state.saved;
            if !state.unsaved || state.in_flight || state.held.is_some() || self.submitting.get() {
                return;
            }
            state.in_flight = true;
            let raw = value.as_ref().map(AnswerValue::raw).unwrap_or_default();
            SaveAnswer { values: raw.values, unknown: raw.unknown, revision: state.revision }
        };
        self.page.set_saved(&question.name, "保存中…");
        let live = Rc::clone(self);
        wasm_bindgen_futures::spawn_local(async move {
            let outcome = save::put(&live.form.save_to, &question.name, &answer).await;
            live.saved(place, value, outcome);
        });
    }

    fn saved(self: &Rc<Self>, place: usize, sent: Option<AnswerValue>, outcome: Outcome) {
        let name = &self.form.questions[place].name;
        self.states[place].borrow_mut().in_flight = false;
        self.page.set_session_ended(matches!(outcome, Outcome::SessionEnded));
        match outcome {
            Outcome::Saved(saved) => {
                {
                    let mut state = self.states[place].borrow_mut();
                    state.revision = saved.revision;
                    state.saved = sent;
                    state.unsaved = false;
                }
                self.retry.set(RETRY.0);
                let time = save::clock(saved.saved_at);
                self.page.set_revision(name, saved.revision);
                self.page.set_saved(name, &["保存済み ", &time].concat());
                self.page.set_status(&["保存しました ", &time].concat(), false);
                if !self.states[place].borrow().broken
                    && let Some(problem) = saved.problem
                {
                    self.page.set_error(name, Some(&problem));
                }
                // What was typed meanwhile follows.
                self.save(place);
            }
            Outcome::Conflict(message) => {
                self.hold(place, Held::ForSubmission);
                let way_on = "「保存して次へ」を押すと、両方の値を見比べて選べます。";
                self.page.set_error(name, Some(&[&message, way_on].concat()));
            }
            Outcome::Refused(message) => {
                self.hold(place, Held::UntilChanged);
                self.page.set_error(name, Some(&message));
            }
            Outcome::SessionEnded => {
                self.page.set_status("未保存: ログインし直してください。", true);
                self.send_again(place);
            }
            Outcome::Unreachable => {
                self.page.set_status("未保存: 通信できません。再送します。", true);
                self.send_again(place);
            }
        }
        self.finish_submission();
    }

    fn hold(&self, place: usize, held: Held) {
        self.states[place].borrow_mut().held = Some(held);
        self.page.set_saved(&self.form.questions[place].name, "未保存");
        self.page.set_status("未保存の設問があります。設問の下の説明を確認してください。", true);
    }

    fn send_again(self: &Rc<Self>, place: usize) {
        self.page.set_saved(&self.form.questions[place].name, "未保存");
        let wait = self.retry.get();
        self.retry.set((wait * 2).min(RETRY.1));
        self.later(place, wait);
    }

    fn later(self: &Rc<Self>, place: usize, wait: i32) {
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

    /// The form goes by itself, once no answer is on its way any more: its revisions are then current.
    fn submit(self: &Rc<Self>, event: Event) {
        if self.leaving.get() {
            return;
        }
        self.submitting.set(true);
        if !self.is_sending() {
            self.leaving.set(true);
            return;
        }
        event.prevent_default();
        let button = event.dyn_ref::<SubmitEvent>().and_then(SubmitEvent::submitter);
        if self.waiting.replace(button).is_none() {
            let live = Rc::clone(self);
            timeout(PATIENCE, move || live.submit_now());
        }
        self.page.set_status("保存しています…", false);
    }

    fn is_sending(&self) -> bool {
        self.states.iter().any(|state| state.borrow().in_flight)
    }

    fn finish_submission(&self) {
        if self.submitting.get() && !self.is_sending() {
            self.submit_now();
        }
    }

    fn submit_now(&self) {
        if !self.leaving.replace(true) {
            let _ = self.page.form.request_submit_with_submitter(self.waiting.take().as_ref());
        }
    }
}

fn timeout(wait: i32, then: impl FnOnce() + 'static) -> Option<i32> {
    let callback: JsValue = Closure::once_into_js(then);
    window()?.set_timeout_with_callback_and_timeout_and_arguments_0(callback.unchecked_ref(), wait).ok()
}
