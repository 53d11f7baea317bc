//! Events into answers.

use std::rc::Rc;

use shared::questionnaire::QuestionKind;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, Event, EventTarget, KeyboardEvent, PageTransitionEvent};

use super::live::{Live, PAUSE, timeout};
use super::page::{question_of, window};
use super::save::FIRST_RETRY;

impl Live {
    pub fn listen(self: &Rc<Self>) {
        let form: &EventTarget = &self.page.form;
        self.on(form, "input", |live, event| {
            let Some(place) = live.place_of(&event) else { return };
            let question = &live.form.questions[place];
            live.page.accept_prefill(&question.name);
            live.page.count_characters(question);
            if !std::mem::replace(&mut live.states[place].borrow_mut().unsaved, true) {
                live.page.set_saved(&question.name, "未保存", true);
                live.page.set_status("未保存", true);
            }
            if !live.composing.get() {
                live.later(place, PAUSE);
            }
        });
        self.on(form, "change", |live, event| {
            if let Some(place) = live.place_of(&event) {
                live.untick(place, &event);
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
                && element_of(&event).is_some_and(|target| target.tag_name() == "INPUT")
            {
                event.prevent_default();
            }
        });
        self.on(form, "submit", |live, event| live.submit(&event));
        self.on(form, "click", |live, event| live.press(&event));
        self.on(&self.page.login, "submit", |live, event| live.log_in(&event));
        self.on(form, "pointerdown", |live, event| {
            let button = element_of(&event).and_then(|element| element.closest("button").ok().flatten());
            live.pressing.set(button.is_some());
        });
        let Some(window) = window() else { return };
        for released in ["pointerup", "pointercancel"] {
            self.on(&window, released, |live, _| live.release());
        }
        self.on(&window, "online", |live, _| live.send_at_once());
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

    /// Whoever ticks 「特になし」 takes back the others, and the other way round.
    fn untick(&self, place: usize, event: &Event) {
        let question = &self.form.questions[place];
        if let (QuestionKind::SelectMultiple { choices }, Some(ticked)) = (&question.kind, element_of(event)) {
            let is_exclusive = |name: &str| choices.iter().any(|choice| choice.exclusive && choice.name == name);
            let excludes = |own: &str, other: &str| own != other && (is_exclusive(own) || is_exclusive(other));
            self.page.untick(&question.name, &ticked, excludes);
        }
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
            self.send_at_once();
        } else if let Some(window) = window() {
            let _ = window.location().reload();
        }
    }

    /// Sends what is unsaved without waiting for the next try.
    pub fn send_at_once(self: &Rc<Self>) {
        self.retry.set(FIRST_RETRY);
        self.commit_unsaved();
    }

    fn on(self: &Rc<Self>, target: &EventTarget, kind: &str, handler: impl Fn(&Rc<Self>, Event) + 'static) {
        let live = Rc::clone(self);
        let listener = Closure::<dyn Fn(Event)>::new(move |event| handler(&live, event)).into_js_value();
        let _ = target.add_event_listener_with_callback(kind, listener.unchecked_ref());
    }

    /// The place in [`shared::wire::LiveForm::questions`] of the question whose control the event is about.
    fn place_of(&self, event: &Event) -> Option<usize> {
        self.place(&question_of(&element_of(event)?)?)
    }

    /// The place of the question of that name.
    pub fn place(&self, name: &str) -> Option<usize> {
        self.form.questions.iter().position(|question| question.name == name)
    }
}

/// What the event happened on.
pub fn element_of(event: &Event) -> Option<Element> {
    event.target()?.dyn_into().ok()
}
