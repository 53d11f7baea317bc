//! Text that stands safely in a `<textarea>`.

use leptos::prelude::*;

/// Inner HTML of a `<textarea>` that shows `text`.
///
/// leptos 0.8.23 writes the children of a textarea unescaped, so the encoding is done here and passed as inner HTML.
/// The HTML parser drops one line feed after the start tag: one is put in front, so that the text's own stays.
fn inner_html(text: &str) -> String {
    let mut html = String::with_capacity(text.len() + 1);
    html.push('\n');
    for c in text.chars() {
        match c {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            other => html.push(other),
        }
    }
    html
}

/// A text field of several lines.
#[expect(clippy::needless_pass_by_value, reason = "a component owns what it shows")]
#[component]
pub fn TextArea(
    /// Id of the element.
    id: String,
    /// Name in the form.
    name: String,
    /// What stands in it, to the letter.
    text: String,
    /// Lines shown.
    rows: u8,
    /// Ids of what describes it.
    described_by: String,
    /// Whether it must be filled.
    required: bool,
    /// Whether what stands in it was refused.
    invalid: bool,
) -> impl IntoView {
    view! {
        <textarea
            class="text-area"
            id=id
            name=name
            rows=rows.to_string()
            autocomplete="off"
            aria-describedby=described_by
            aria-required=required.then_some("true")
            aria-invalid=invalid.then_some("true")
            inner_html=inner_html(&text)
        ></textarea>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rendered(text: &str) -> String {
        let (id, name, text, described_by) = ("f-x".to_owned(), "x".to_owned(), text.to_owned(), "e-x".to_owned());
        view! { <TextArea id name text rows=4 described_by required=false invalid=false /> }.to_html()
    }

    #[test]
    fn a_text_cannot_end_its_field() {
        let html = rendered("</textarea><script>alert(1)</script> & 「㈱髙①」");
        assert_eq!(html.matches("</textarea>").count(), 1, "{html}");
        assert!(!html.contains("<script>"), "{html}");
        assert!(
            html.contains("&lt;/textarea&gt;&lt;script&gt;alert(1)&lt;/script&gt; &amp; 「㈱髙①」</textarea>"),
            "{html}"
        );
    }

    #[test]
    fn a_leading_line_break_survives_the_parser() {
        assert!(rendered("\n二行目").contains(">\n\n二行目</textarea>"));
        assert!(rendered("一行目").contains(">\n一行目</textarea>"));
    }
}
