//! A definition in words.

use leptos::prelude::*;
use shared::indicator::{Definition, Role};

use super::result_table::OfficialMark;

/// 「公式」 or 「参考」
pub fn role_mark(definition: &Definition) -> Option<AnyView> {
    match (definition.official, definition.role) {
        (true, _) => Some(view! { <OfficialMark /> }.into_any()),
        (false, Role::Reference) => Some(view! { <span class="mark-reference">"参考値"</span> }.into_any()),
        (false, Role::Headline | Role::Field) => None,
    }
}

/// The definition in words.
#[expect(clippy::needless_pass_by_value, reason = "a component owns what it shows")]
#[component]
pub fn DefinitionFacts(
    /// The definition.
    definition: Definition,
) -> impl IntoView {
    let note = (!definition.note.is_empty()).then(|| view! { <dt>"備考"</dt> <dd>{definition.note.clone()}</dd> });
    view! {
        <dl class="facts">
            <dt>"数え方"</dt>
            <dd>{definition.rule_words()}</dd>
            <dt>"数える回答"</dt>
            <dd>{definition.counts_words()}</dd>
            <dt>"回答がないとき"</dt>
            <dd>{definition.treatment_words().map(|words| view! { {words} <br /> }).into_iter().collect_view()}</dd>
            <dt>"分母"</dt>
            <dd>{definition.denominator_words()}</dd>
            <dt>"適用する年度"</dt>
            <dd>{definition.validity_words()}</dd>
            <dt>"出典"</dt>
            <dd>{definition.source.clone()}</dd>
            {note}
        </dl>
    }
    .into_any()
}
