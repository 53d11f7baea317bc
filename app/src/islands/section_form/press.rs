//! What the buttons beside a question do: take over last year's answer, confirm a public figure, settle a conflict, log
//! in again.

use std::rc::Rc;

use shared::response::AnswerValue;
use shared::response::answer::RawAnswer;
use web_sys::{Element, Event};

use super::listen::element_of;
use super::live::{Held, Live};
use super::request;

impl Live {
    /// A click on a button that acts on its own question; all others submit the form.
    pub fn press(self: &Rc<Self>, event: &Event) {
        let Some(button) = element_of(event).and_then(|element| element.closest("button").ok().flatten()) else {
            return;
        };
        let question = button.closest("[data-question]").ok().flatten();
        let name = question.and_then(|question| question.get_attribute("data-question")).unwrap_or_default();
        let Some(place) = self.place(&name) else { return };
        match (button.get_attribute("name").as_deref(), button.get_attribute("data-keep")) {
            (Some("same"), _) => {
                self.page.accept_prefill(&name);
                self.page.fill(&name, &self.of_button(place, &button));
                self.page.count_characters(&self.form.questions[place]);
            }
            (Some("confirm"), _) => {
                self.page.accept_prefill(&name);
                self.page.focus(&name);
            }
            (_, Some(kept)) => self.settle(place, kept == "mine"),
            _ => return,
        }
        event.prevent_default();
        self.pressing.set(false);
        self.commit(place);
    }

    /// The answer that a button carries. Names of choices hold no spaces.
    fn of_button(&self, place: usize, button: &Element) -> RawAnswer {
        let values = button.get_attribute("data-values").unwrap_or_default();
        let values = if self.form.questions[place].kind.choices().is_empty() {
            vec![values]
        } else {
            values.split(' ').map(str::to_owned).collect()
        };
        RawAnswer { values, unknown: button.has_attribute("data-unknown") }
    }

    /// Of two values, keeps the one on the screen or the other.
    fn settle(&self, place: usize, mine: bool) {
        let question = &self.form.questions[place];
        let mut state = self.states[place].borrow_mut();
        let Some(Held::Asked(Some(conflict))) = state.held.take() else { return };
        let theirs = RawAnswer { values: conflict.values, unknown: conflict.unknown };
        state.revision = conflict.revision;
        state.suggested = false;
        state.saved = AnswerValue::parse(&question.kind, question.may_be_unknown, &theirs).ok().flatten();
        self.page.set_revision(&question.name, conflict.revision);
        self.page.hide_conflict(&question.name);
        if !mine {
            self.page.fill(&question.name, &theirs);
            self.page.set_saved(&question.name, "保存済み", false);
            self.page.set_status("", false);
        }
        drop(state);
        self.page.focus(&question.name);
    }

    /// Logs in without leaving the page, in one step or two, then sends what is unsaved.
    pub fn log_in(self: &Rc<Self>, event: &Event) {
        event.prevent_default();
        let (live, fields) = (Rc::clone(self), self.page.login_fields());
        wasm_bindgen_futures::spawn_local(async move {
            let address = if live.page.asks_code() { request::SECOND_STEP } else { "/login" };
            match request::log_in(address, &fields).await {
                Ok(()) => {
                    live.page.ask_login("", false);
                    live.page.login.set_hidden(true);
                    live.send_at_once();
                }
                Err(refused) => live.page.ask_login(&refused.words, refused.code_asked),
            }
        });
    }
}
