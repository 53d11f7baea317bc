//! The page around the island: what is typed there, and what must be seen.

use shared::response::answer::RawAnswer;
use shared::wire::LiveQuestion;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{
    Document, Element, HtmlElement, HtmlFormElement, HtmlInputElement, HtmlTextAreaElement, NodeList, Window,
};

/// The page's window. Only ever called in a browser.
pub fn window() -> Option<Window> {
    web_sys::window()
}

/// The section's form and the document it stands in.
pub struct Page {
    document: Document,
    /// The form that is enhanced.
    pub form: HtmlFormElement,
}

impl Page {
    /// The page, if it has a section's form.
    pub fn find() -> Option<Self> {
        let document = window()?.document()?;
        let form = document.query_selector("form[data-section-form]").ok()??.dyn_into().ok()?;
        Some(Self { document, form })
    }

    /// What stands in the question's inputs now. Blank values are left out.
    pub fn raw(&self, question: &str) -> RawAnswer {
        let mut values = Vec::new();
        for control in self.controls(question) {
            let value = match control.dyn_ref::<HtmlInputElement>() {
                Some(input) if matches!(input.type_().as_str(), "radio" | "checkbox") && !input.checked() => continue,
                Some(input) => input.value(),
                None => control.dyn_ref::<HtmlTextAreaElement>().map(HtmlTextAreaElement::value).unwrap_or_default(),
            };
            if !value.is_empty() {
                values.push(value);
            }
        }
        let unknown = self.input(question, ".unknown").is_some_and(|checkbox| checkbox.checked());
        RawAnswer { values, unknown }
    }

    /// Whether the server asks which of two values shall stay.
    pub fn asks_which(&self, question: &str) -> bool {
        self.input(question, ".keep").is_some()
    }

    /// Keeps the hidden field current, for the form's own submission.
    pub fn set_revision(&self, question: &str, revision: u32) {
        if let Some(input) = self.input(question, ".revision") {
            input.set_value(&revision.to_string());
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

    /// Offers to take back a choice only where there is one.
    pub fn offer_clearing(&self, question: &str, answered: bool) {
        if let Some(label) = self.part(question, "[data-clear]") {
            label.set_hidden(!answered);
        }
    }

    /// The one line about the whole form.
    pub fn set_status(&self, words: &str, unsaved: bool) {
        if let Ok(Some(line)) = self.document.query_selector("[data-save-status]") {
            line.set_class_name(if unsaved { "save-status--unsaved" } else { "" });
            line.set_text_content(Some(words));
        }
    }

    /// Says, or no longer says, that one must log in again.
    pub fn set_session_ended(&self, ended: bool) {
        if let Ok(Some(line)) = self.document.query_selector("[data-session-ended]")
            && let Some(line) = line.dyn_ref::<HtmlElement>()
        {
            line.set_hidden(!ended);
        }
    }

    fn wrapper(&self, question: &str) -> Option<HtmlElement> {
        self.document.get_element_by_id(&["q-", question].concat())?.dyn_into().ok()
    }

    fn part(&self, question: &str, selector: &str) -> Option<HtmlElement> {
        self.wrapper(question)?.query_selector(selector).ok()??.dyn_into().ok()
    }

    fn input(&self, question: &str, suffix: &str) -> Option<HtmlInputElement> {
        let selector = ["[name=\"", question, suffix, "\"]"].concat();
        self.form.query_selector(&selector).ok()??.dyn_into().ok()
    }

    fn controls(&self, question: &str) -> impl Iterator<Item = HtmlElement> {
        elements(self.form.query_selector_all(&["[name=\"", question, "\"]"].concat()))
    }
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
