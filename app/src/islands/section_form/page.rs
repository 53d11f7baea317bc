//! The page around the island: what is typed there, and what must be seen.

use js_sys::Reflect;
use shared::response::answer::RawAnswer;
use shared::wire::{AnswerConflict, LiveQuestion};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Document, Element, HtmlElement, HtmlFormElement, NodeList, Window};

/// The page's window. Only ever called in a browser.
pub fn window() -> Option<Window> {
    web_sys::window()
}

/// The section's form and the document it stands in.
pub struct Page {
    document: Document,
    /// The form that is enhanced.
    pub form: HtmlFormElement,
    /// Where one logs in again, out of sight until then.
    pub login: HtmlElement,
}

impl Page {
    /// The page, if it has a section's form.
    pub fn find() -> Option<Self> {
        let document = window()?.document()?;
        let form = document.query_selector("form[data-section-form]").ok()??.dyn_into().ok()?;
        let login = document.query_selector("[data-session-ended]").ok()??.dyn_into().ok()?;
        Some(Self { document, form, login })
    }

    /// What stands in the question's inputs now. Blank values are left out.
    pub fn raw(&self, question: &str) -> RawAnswer {
        let chosen = self.controls(question).filter(|control| !is_choice(control) || is_set(control, "checked"));
        let values = chosen.map(|control| value(&control)).filter(|value| !value.is_empty()).collect();
        let unknown = self.input(question, ".unknown").is_some_and(|checkbox| is_set(&checkbox, "checked"));
        RawAnswer { values, unknown }
    }

    /// Puts an answer into the question's inputs.
    pub fn fill(&self, question: &str, raw: &RawAnswer) {
        let mut places = raw.values.iter();
        for control in self.controls(question) {
            if is_choice(&control) {
                set(&control, "checked", raw.values.contains(&value(&control)));
            } else {
                set(&control, "value", places.next().map_or("", String::as_str));
            }
        }
        if let Some(checkbox) = self.input(question, ".unknown") {
            set(&checkbox, "checked", raw.unknown);
        }
    }

    /// Unticks what cannot be ticked together with a box that was ticked just now.
    pub fn untick(&self, question: &str, ticked: &Element, excludes: impl Fn(&str, &str) -> bool) {
        let own = value(ticked);
        if is_set(ticked, "checked") {
            for control in self.controls(question).filter(|control| excludes(&own, &value(control))) {
                set(&control, "checked", false);
            }
        }
    }

    /// Shows the choices that are offered and those that were chosen before.
    pub fn offer(&self, question: &str, is_offered: impl Fn(&str) -> bool) {
        let own = ["[name=\"", question, "\"]"].concat();
        for choice in elements(self.form.query_selector_all(&[&own, "[type],", &own, " option"].concat())) {
            let name = value(&choice);
            let chosen = is_set(&choice, "checked") || is_set(&choice, "selected");
            let hidden = !name.is_empty() && !chosen && !is_offered(&name);
            set(&choice, "disabled", hidden);
            if let Ok(Some(shown)) = choice.closest("label.choice:not([data-clear]), option") {
                set(&shown, "hidden", hidden);
            }
        }
    }

    /// Whether the server asks which of two values shall stay.
    pub fn asks_which(&self, question: &str) -> bool {
        self.input(question, ".keep").is_some()
    }

    /// A public figure stands in the input and waits to be confirmed.
    pub fn is_prefilled(&self, question: &str) -> bool {
        self.part(question, "[data-prefill]").is_some()
    }

    /// It no longer waits.
    pub fn accept_prefill(&self, question: &str) {
        if let Some(note) = self.part(question, "[data-prefill]") {
            note.remove();
        }
    }

    /// Moves the focus into the question's input.
    pub fn focus(&self, question: &str) {
        if let Some(control) = self.part(question, ":checked, .text-field, .text-area, select") {
            let _ = control.focus();
        }
    }

    /// Keeps the hidden field current, for the form's own submission.
    pub fn set_revision(&self, question: &str, revision: u32) {
        if let Some(input) = self.input(question, ".revision") {
            set(&input, "value", revision.to_string().as_str());
        }
    }

    /// Shows or hides a question.
    pub fn set_relevant(&self, question: &str, relevant: bool) {
        if let Some(wrapper) = self.wrapper(question) {
            wrapper.set_hidden(!relevant);
        }
    }

    /// Hides groups without a question that is asked.
    pub fn hide_empty_groups(&self) {
        for group in elements(self.form.query_selector_all("[data-group]")) {
            let asked = group.query_selector("[data-question]:not([hidden])").is_ok_and(|found| found.is_some());
            group.set_hidden(!asked);
        }
    }

    /// 「※必須」 or 「※任意」
    pub fn set_required(&self, question: &str, required: bool) {
        if let Some(mark) = self.part(question, "[data-mark]") {
            mark.set_text_content(Some(if required { "※必須" } else { "※任意" }));
            mark.set_class_name(if required { "mark mark--required" } else { "mark" });
        }
    }

    /// Shows or hides the soft check's words.
    pub fn set_warned(&self, question: &str, warned: bool) {
        if let Some(warning) = self.part(question, "[data-warning]") {
            warning.set_hidden(!warned);
        }
    }

    /// What the form worked out.
    pub fn set_answer(&self, question: &str, words: &str) {
        if let Some(place) = self.part(question, "[data-answer]") {
            place.set_text_content(Some(words));
        }
    }

    /// Shows what is wrong below the field, or clears it.
    pub fn set_error(&self, question: &str, error: Option<&str>) {
        if let Some(place) = self.part(question, "[data-error]") {
            place.set_text_content(error.map(|error| ["＊", error].concat()).as_deref());
            place.set_hidden(error.is_none());
        }
        if let Some(control) = self.part(question, ".text-field, .text-area") {
            let _ = match error {
                Some(_) => control.set_attribute("aria-invalid", "true"),
                None => control.remove_attribute("aria-invalid"),
            };
        }
    }

    /// Shows the other value below the question and asks which shall stay.
    pub fn show_conflict(&self, question: &str, conflict: &AnswerConflict) {
        self.hide_conflict(question);
        let (Some(template), Some(wrapper), Some(error)) = (
            self.document.get_element_by_id("conflict-template"),
            self.wrapper(question),
            self.part(question, "[data-error]"),
        ) else {
            return;
        };
        let _ = error.insert_adjacent_html("afterend", &template.inner_html());
        let AnswerConflict { author, when, theirs, mine, .. } = conflict;
        for (part, words) in [("author", author), ("when", when), ("theirs", theirs), ("mine", mine)] {
            for place in elements(wrapper.query_selector_all(&["[data-part=", part, "]"].concat())) {
                place.set_text_content(Some(words));
            }
        }
    }

    /// Which shall stay is settled.
    pub fn hide_conflict(&self, question: &str) {
        if let Some(notice) = self.part(question, "[data-conflict]") {
            notice.remove();
        }
    }

    /// What is known of the question's saving, at its right.
    pub fn set_saved(&self, question: &str, words: &str, unsaved: bool) {
        if let Some(place) = self.part(question, "[data-saved]") {
            let _ = place.class_list().toggle_with_force("unsaved", unsaved);
            place.set_text_content(Some(words));
        }
    }

    /// Counts the characters of a text with a limit.
    pub fn count_characters(&self, question: &LiveQuestion) {
        let Some(place) = self.part(&question.name, "[data-limit]") else { return };
        let typed = self.raw(&question.name).values.first().map_or(0, |text| text.chars().count());
        let limit = place.get_attribute("data-limit").unwrap_or_default();
        place.set_text_content(Some(&[&typed.to_string(), "文字／", &limit, "文字以内"].concat()));
    }

    /// Offers to take back a choice once there is one.
    pub fn offer_clearing(&self, question: &str) {
        if let Some(label) = self.part(question, "[data-clear]") {
            label.set_hidden(false);
        }
    }

    /// The one line about the whole form.
    pub fn set_status(&self, words: &str, unsaved: bool) {
        if let Ok(Some(line)) = self.document.query_selector("[data-save-status]") {
            line.set_class_name(if unsaved { "save-status--unsaved" } else { "" });
            line.set_text_content(Some(words));
        }
    }

    /// What was typed to log in again, by name.
    pub fn login_fields(&self) -> Vec<(String, String)> {
        let inputs = elements(self.login.query_selector_all("[name]"));
        inputs.map(|input| (input.get_attribute("name").unwrap_or_default(), value(&input))).collect()
    }

    /// Whether the code of a second factor is asked for, in place of name and password.
    pub fn asks_code(&self) -> bool {
        let step = self.login.query_selector("[data-login-step=code]").ok().flatten();
        step.is_some_and(|step| !step.has_attribute("hidden"))
    }

    /// Asks for the code, or for name and password, and says why; both secrets are typed anew.
    pub fn ask_login(&self, words: &str, code: bool) {
        if let Ok(Some(place)) = self.login.query_selector("[role=alert]") {
            place.set_text_content(Some(words));
        }
        for secret in elements(self.login.query_selector_all("[type=password], [name=code]")) {
            set(&secret, "value", "");
        }
        for step in elements(self.login.query_selector_all("[data-login-step]")) {
            let shown = code == (step.get_attribute("data-login-step").as_deref() == Some("code"));
            step.set_hidden(!shown);
            // What is out of sight must not keep the form from being sent.
            for input in elements(step.query_selector_all("input")) {
                set(&input, "disabled", !shown);
                if code && shown {
                    let _ = input.focus();
                }
            }
        }
    }

    fn wrapper(&self, question: &str) -> Option<HtmlElement> {
        self.document.get_element_by_id(&["q-", question].concat())?.dyn_into().ok()
    }

    fn part(&self, question: &str, selector: &str) -> Option<HtmlElement> {
        self.wrapper(question)?.query_selector(selector).ok()??.dyn_into().ok()
    }

    fn input(&self, question: &str, suffix: &str) -> Option<Element> {
        let selector = ["[name=\"", question, suffix, "\"]"].concat();
        self.form.query_selector(&selector).ok()?
    }

    fn controls(&self, question: &str) -> impl Iterator<Item = HtmlElement> {
        elements(self.form.query_selector_all(&["[name=\"", question, "\"]"].concat()))
    }
}

// Properties that every kind of control has, without the code for each kind.

fn value(control: &Element) -> String {
    Reflect::get(control, &"value".into()).ok().and_then(|value| value.as_string()).unwrap_or_default()
}

fn is_set(control: &Element, property: &str) -> bool {
    Reflect::get(control, &property.into()).is_ok_and(|value| value.is_truthy())
}

fn set(control: &Element, property: &str, value: impl Into<JsValue>) {
    let _ = Reflect::set(control, &property.into(), &value.into());
}

fn is_choice(control: &Element) -> bool {
    control.get_attribute("type").is_some_and(|kind| matches!(kind.as_str(), "radio" | "checkbox"))
}

fn elements(list: Result<NodeList, JsValue>) -> impl Iterator<Item = HtmlElement> {
    let list = list.ok();
    let length = list.as_ref().map_or(0, NodeList::length);
    (0..length).filter_map(move |place| list.as_ref()?.get(place)?.dyn_into().ok())
}

/// The name of the question that a control belongs to.
pub fn question_of(control: &Element) -> Option<String> {
    let name = control.get_attribute("name")?;
    Some(name.strip_suffix(".unknown").unwrap_or(&name).to_owned())
}
