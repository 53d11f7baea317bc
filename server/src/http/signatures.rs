//! Who answered and who approved, in words.

use crate::service::course;
use crate::store::{Receipt, ResponseEvent};

/// The same in one line: a name, or 「回答者：…　承認者：…」.
pub fn signature_line(events: &[ResponseEvent], receipt: &Receipt) -> String {
    match signature_words(events, receipt).as_slice() {
        [(_, name)] => name.clone(),
        words => words.iter().map(|(role, name)| format!("{role}：{name}")).collect::<Vec<_>>().join("　"),
    }
}

/// 回答者 and 承認者 of a submission, or 提出者 where it went without approval.
pub fn signature_words(events: &[ResponseEvent], receipt: &Receipt) -> Vec<(&'static str, String)> {
    let submitted = receipt.by.name.clone();
    match course::signatures(events, &receipt.number) {
        Some(signatures) => match signatures.answered {
            Some(answered) => {
                let own = if signatures.is_own_approval() { "（自己承認）" } else { "" };
                vec![("回答者", answered.name.clone()), ("承認者", format!("{submitted}{own}"))]
            }
            None => vec![("提出者", submitted)],
        },
        None => vec![("提出者", submitted)],
    }
}
