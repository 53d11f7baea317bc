//! What counts, in words, version by version.

use leptos::prelude::*;
use shared::indicator::{Definition, Role, Rule};

use super::DefinitionEntry;
use crate::components::format;
use crate::components::result_table::OfficialMark;

/// Every definition and version.
#[component]
pub fn Definitions(definitions: Vec<DefinitionEntry>) -> impl IntoView {
    let entries = definitions.into_iter().map(|entry| view! { <Entry definition=entry.definition /> });
    let entries = entries.collect_view();
    view! {
        <section class="section" aria-labelledby="definitions">
            <h2 id="definitions">"定義"</h2>
            {entries}
        </section>
    }
}

#[component]
fn Entry(definition: Definition) -> impl IntoView {
    let note = (!definition.note.is_empty()).then(|| view! { <dt>"備考"</dt> <dd>{definition.note.clone()}</dd> });
    let mark = match (definition.official, definition.role) {
        (true, _) => Some(view! { <OfficialMark /> }.into_any()),
        (false, Role::Reference) => Some(view! { <span class="mark-reference">"参考"</span> }.into_any()),
        (false, Role::Headline | Role::Field) => None,
    };
    view! {
        <article class="definition" id=format::definition_anchor(&definition)>
            <h3>{format!("{}（{}）", definition.title, definition.version_label())} {mark}</h3>
            <p>{definition.description.clone()}</p>
            <dl class="facts">
                <dt>"数え方"</dt>
                <dd>{rule_words(&definition.rule)}</dd>
                <dt>"適用する年度"</dt>
                <dd>{validity_words(&definition)}</dd>
                <dt>"出典"</dt>
                <dd>{definition.source.clone()}</dd>
                {note}
            </dl>
        </article>
    }
}

/// 「産業・しごと、暮らし・まち、行政経営のうち2分野以上で取り組んでいる市町村」
fn rule_words(rule: &Rule) -> String {
    let names: Vec<&str> = rule.of.iter().map(|field| field.label()).collect();
    let fields = names.join("、");
    let needed = usize::from(rule.at_least);
    match names.len() {
        1 => format!("{fields}の分野で取り組んでいる市町村"),
        n if n == needed => format!("{fields}の{n}分野すべてで取り組んでいる市町村"),
        _ => format!("{fields}のうち{needed}分野以上で取り組んでいる市町村"),
    }
}

/// 「令和5年度から令和7年度まで」「令和5年度から」
fn validity_words(definition: &Definition) -> String {
    let from = definition.valid_from;
    match definition.valid_to {
        Some(to) if to == from => format!("{from}のみ"),
        Some(to) => format!("{from}から{to}まで"),
        None => format!("{from}から"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::indicator::Field;

    #[test]
    fn a_rule_reads_as_a_sentence() {
        let words = |at_least, of: &[Field]| rule_words(&Rule { at_least, of: of.to_vec() });
        assert_eq!(words(1, &[Field::Living]), "暮らし・まちの分野で取り組んでいる市町村");
        assert_eq!(words(2, &Field::ALL), "産業・しごと、暮らし・まち、行政経営のうち2分野以上で取り組んでいる市町村");
        assert_eq!(words(3, &Field::ALL), "産業・しごと、暮らし・まち、行政経営の3分野すべてで取り組んでいる市町村");
    }
}
