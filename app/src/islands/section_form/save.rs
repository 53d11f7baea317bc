//! Which answer is sent when, and the form's own submission after them.
//!
//! One answer of a question is on its way at a time; the latest follows.

use std::rc::Rc;

use shared::response::AnswerValue;
use shared::wire::SaveAnswer;
use wasm_bindgen::JsCast;
use web_sys::{Event, SubmitEvent};

use super::live::{Held, Live, PAUSE, Sent, timeout};
use super::request::{self, Outcome};

/// First wait before sending again, in milliseconds; doubled each time.
pub const FIRST_RETRY: i32 = 2_000;
/// Longest wait before sending again, in milliseconds.
const LONGEST_RETRY: i32 = 60_000;
/// How long a submission waits for answers on their way, in milliseconds.
const PATIENCE: i32 = 10_000;
/// What stands beside a question, and in the line about the whole form, while an answer is on its way.
const SAVING: &str = "保存中…";
/// What the line about the whole form says of answers that wait for somebody.
const HELD: &str = "未保存の設問があります。設問の下の説明を確認してください。";

impl Live {
    /// Sends the answer unless it is stored, on its way or held.
    pub fn save(self: &Rc<Self>, place: usize) {
        if self.composing.get() {
            return self.later(place, PAUSE);
        }
        let question = &self.form.questions[place];
        let Ok(typed) = self.parse(question) else { return };
        let (value, answer) = {
            let mut state = self.states[place].borrow_mut();
            state.unsaved = state.suggested || typed != state.saved || state.lost.is_some();
            if !state.unsaved || state.in_flight || state.held.is_some() || self.submitting.get() {
                return;
            }
            state.in_flight = true;
            let value = state.lost.clone().map_or(typed, |lost| lost.0);
            let raw = value.as_ref().map(AnswerValue::raw).unwrap_or_default();
            (value, SaveAnswer { values: raw.values, unknown: raw.unknown, revision: state.revision })
        };
        self.page.set_saved(&question.name, SAVING, false);
        self.page.set_status(SAVING, false);
        let live = Rc::clone(self);
        wasm_bindgen_futures::spawn_local(async move {
            let outcome = request::put(live.form, &question.name, &answer).await;
            live.saved(place, value, outcome);
        });
    }

    fn saved(self: &Rc<Self>, place: usize, sent: Option<AnswerValue>, outcome: Outcome) {
        let name = &self.form.questions[place].name;
        {
            let mut state = self.states[place].borrow_mut();
            state.in_flight = false;
            state.lost = None;
        }
        self.unreachable.set(matches!(outcome, Outcome::Unreachable));
        self.page.login.set_hidden(!matches!(outcome, Outcome::SessionEnded));
        match outcome {
            Outcome::Saved(saved) => {
                {
                    let mut state = self.states[place].borrow_mut();
                    state.revision = saved.revision;
                    state.saved = sent;
                    state.suggested = false;
                    state.unsaved = false;
                }
                self.retry.set(FIRST_RETRY);
                let time = request::clock(saved.saved_at);
                self.page.set_revision(name, saved.revision);
                self.page.set_saved(name, &["保存済み ", &time].concat(), false);
                self.tell_saved(&time);
                if self.states[place].borrow().broken.is_none()
                    && let Some(problem) = saved.problem
                {
                    self.page.set_error(name, Some(&problem));
                }
                // What was typed meanwhile follows.
                self.save(place);
            }
            Outcome::Conflict(conflict) => {
                self.page.show_conflict(name, &conflict);
                self.hold(place, Held::Asked(Some(conflict)));
            }
            Outcome::Refused(message) => {
                self.hold(place, Held::UntilChanged);
                self.page.set_error(name, Some(&message));
            }
            Outcome::SessionEnded => {
                self.page.set_status("未保存: ログインし直してください。", true);
                self.send_again(place, 0);
            }
            Outcome::Later(wait) => {
                self.page.set_status("未保存: 混み合っています。しばらくして再送します。", true);
                self.send_again(place, wait);
            }
            Outcome::Unreachable => {
                self.states[place].borrow_mut().lost = Some(Sent(sent));
                self.page.set_status("未保存: 通信できません。再送します。", true);
                self.send_again(place, 0);
            }
        }
        self.finish_submission();
    }

    fn hold(&self, place: usize, held: Held) {
        self.states[place].borrow_mut().held = Some(held);
        self.page.set_saved(&self.form.questions[place].name, "未保存", true);
        self.page.set_status(HELD, true);
    }

    /// The line about the whole form once a question is saved: what is not yet saved goes before.
    fn tell_saved(&self, time: &str) {
        if self.states.iter().any(|state| state.borrow().held.is_some()) {
            self.page.set_status(HELD, true);
        } else if self.is_sending() {
            self.page.set_status(SAVING, false);
        } else if self.has_unsaved() {
            self.page.set_status("未保存", true);
        } else {
            self.page.set_status(&["保存済み ", time].concat(), false);
        }
    }

    /// Sends the answer again after a wait of at least so many milliseconds.
    fn send_again(self: &Rc<Self>, place: usize, at_least: i32) {
        self.page.set_saved(&self.form.questions[place].name, "未保存", true);
        let wait = self.retry.get();
        self.retry.set((wait * 2).min(LONGEST_RETRY));
        self.later(place, wait.max(at_least));
    }

    /// The form goes by itself, once no answer is on its way any more: its revisions are then current. Without a
    /// connection it stays, because the browser would put its own page in the place of what was typed.
    pub fn submit(self: &Rc<Self>, event: &Event) {
        if self.leaving.get() {
            return;
        }
        if self.unreachable.get() && self.has_unsaved() {
            event.prevent_default();
            return self.send_at_once();
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
        self.page.set_status(SAVING, false);
    }

    fn is_sending(&self) -> bool {
        self.states.iter().any(|state| state.borrow().in_flight)
    }

    fn finish_submission(&self) {
        if self.submitting.get() && !self.is_sending() {
            if self.unreachable.get() {
                self.submitting.set(false);
                self.waiting.take();
            } else {
                self.submit_now();
            }
        }
    }

    fn submit_now(&self) {
        if self.submitting.get() && !self.leaving.replace(true) {
            let _ = self.page.form.request_submit_with_submitter(self.waiting.take().as_ref());
        }
    }
}
