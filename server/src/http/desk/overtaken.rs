//! A form that was filled in while somebody else saved: what it shows when it comes back.
//!
//! It carries the present revision, so that saving it again saves what it shows. Nothing that the other one changed may
//! go with that unseen: a field that was left as it was shows what stands now, and one that both changed says so.

use axum::http::StatusCode;
use shared::wire::FieldProblem;

use crate::service::Error;

/// Why a form was not saved: the status of the answer, and what is said of it. Other errors have no form to come back to.
pub fn status(error: Error) -> Result<(StatusCode, Vec<FieldProblem>), Error> {
    match error {
        Error::Invalid(problems) => Ok((StatusCode::UNPROCESSABLE_ENTITY, problems)),
        Error::Changed => Ok((StatusCode::CONFLICT, vec![whole()])),
        other => Err(other),
    }
}

/// Adds what is said of a form of which fields were overtaken; `beside` as [`Field::shown`] left it.
pub fn add(problems: &mut Vec<FieldProblem>, status: StatusCode, overtaken: bool, beside: Vec<FieldProblem>) {
    if overtaken && status != StatusCode::CONFLICT {
        problems.insert(0, whole());
    }
    problems.extend(beside);
}

/// What is said of the form as a whole.
fn whole() -> FieldProblem {
    let message = "ほかの人が先に変更しました。まだ保存していません。入力を変えていない欄は、いまの内容に直しました。内容と下の履歴を確認して、もう一度保存してください。";
    FieldProblem { field: String::new(), message: message.to_owned() }
}

/// One field of such a form.
pub struct Field<'f> {
    /// Its name in the form.
    pub name: String,
    /// What it holds, in a word, e.g. 値.
    pub word: &'f str,
    /// What was typed.
    pub typed: &'f str,
    /// What stood there when the form was made; `None` where that is not known.
    pub seen: Option<&'f str>,
    /// What stands there now.
    pub stored: &'f str,
}

impl<'f> Field<'f> {
    /// What the field shows. Where both changed it, that is what was typed, and what stands now, in words, goes to
    /// `beside`.
    pub fn shown(self, words: impl Fn(&str) -> String, beside: &mut Vec<FieldProblem>) -> &'f str {
        let Self { name, word, typed, seen, stored } = self;
        if typed == stored || seen == Some(typed) {
            return stored;
        }
        if seen != Some(stored) {
            let now = if stored.is_empty() { "（空欄）".to_owned() } else { words(stored) };
            let message = format!("いまの{word}：{now}（このまま保存すると、入力した内容に変わります）");
            beside.push(FieldProblem { field: name, message });
        }
        typed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_somebody_else_changed_is_undone_unseen() {
        let shown = |typed, seen, stored| {
            let mut beside = Vec::new();
            let field = Field { name: "unit".to_owned(), word: "値", typed, seen, stored };
            let shown = field.shown(str::to_owned, &mut beside).to_owned();
            (shown, beside.into_iter().map(|problem| problem.message).collect::<String>())
        };
        let silent = |text: &str| (text.to_owned(), String::new());
        assert_eq!(shown("枚", Some("枚"), "千枚"), silent("千枚"), "only the other one changed it");
        assert_eq!(shown("箱", Some("枚"), "枚"), silent("箱"), "only this one changed it");
        assert_eq!(shown("千枚", Some("枚"), "千枚"), silent("千枚"), "both alike");
        let (kept, said) = shown("箱", Some("枚"), "");
        assert!(kept == "箱" && said.starts_with("いまの値：（空欄）"), "{kept} {said}");
        let (kept, said) = shown("", None, "枚");
        assert!(kept.is_empty() && said.starts_with("いまの値：枚"), "{kept} {said}");
    }
}
