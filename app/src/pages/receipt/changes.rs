//! What was answered otherwise than the year before.

use leptos::prelude::*;
use shared::comparison::{Change, Changes};

use crate::components::table_frame::TableFrame;

/// What was answered otherwise than the year before.
#[component]
pub fn ChangesSection(
    /// The changes.
    changes: Changes,
    /// Address of how they were counted.
    method: Option<String>,
) -> impl IntoView {
    let Changes { since, advanced, receded, unchanged, not_compared } = changes;
    let since = since.wareki();
    let heading = match (advanced.len(), receded.len()) {
        (0, 0) => format!("{since}から段階が変わった取組はありません"),
        (up, 0) => format!("{since}から進んだ取組は{up}"),
        (0, down) => format!("{since}から後退した取組は{down}"),
        (up, down) => format!("{since}から進んだ取組は{up}、後退した取組は{down}"),
    };
    let not_compared = (not_compared > 0).then(|| {
        format!("{not_compared}の取組は、どちらかの年度に段階の回答がないか、聞き方が変わったため、比べていません。")
    });
    view! {
        <section class="section" aria-labelledby="changes">
            <h2 id="changes">{heading}</h2>
            <p>{format!("段階が変わらない取組は{unchanged}です。")} {not_compared}</p>
            <ChangeTable title="進んだ取組" changes=advanced />
            <ChangeTable title="後退した取組" changes=receded />
            {method.map(|href| view! { <p class="source"><a href=href>"どう計算したか"</a></p> })}
        </section>
    }
    .into_any()
}

#[component]
fn ChangeTable(title: &'static str, changes: Vec<Change>) -> impl IntoView {
    let count = changes.len();
    let row = |Change { number, label, from, to }: Change| {
        view! {
            <tr>
                <th scope="row" class="text">{number} " " {label}</th>
                <td>{from}</td>
                <td>{to}</td>
            </tr>
        }
    };
    (count > 0).then(|| {
        view! {
            <details>
                <summary>{format!("{title}（{count}）を見る")}</summary>
                <TableFrame label=title>
                    <table class="table">
                        <caption>{format!("{title}（{count}）")}</caption>
                        <thead>
                            <tr>
                                <th scope="col">"設問"</th>
                                <th scope="col">"前の回答"</th>
                                <th scope="col">"今回の回答"</th>
                            </tr>
                        </thead>
                        <tbody>{changes.into_iter().map(row).collect_view()}</tbody>
                    </table>
                </TableFrame>
            </details>
        }
        .into_any()
    })
}

#[cfg(test)]
mod tests {
    use shared::fiscal_year::FiscalYear;

    use super::*;
    use crate::components::question::samples::plain;

    fn show(advanced: usize, receded: usize) -> String {
        let change = |label: &str| Change {
            number: "行-7-1".into(),
            label: label.into(),
            from: "検討中".into(),
            to: "実施予定（時期決定）".into(),
        };
        let changes = Changes {
            since: FiscalYear::new(2025).unwrap(),
            advanced: vec![change("上がった取組"); advanced],
            receded: vec![change("下がった取組"); receded],
            unchanged: 40,
            not_compared: 3,
        };
        plain(view! { <ChangesSection changes method=None /> })
    }

    #[test]
    fn the_heading_counts_and_the_tables_name() {
        let html = show(2, 1);
        for words in [
            "令和7年度から進んだ取組は2、後退した取組は1",
            "段階が変わらない取組は40です。",
            "3の取組は",
            "進んだ取組（2）を見る",
        ] {
            assert!(html.contains(words), "{words}: {html}");
        }
        assert_eq!((html.matches("上がった取組").count(), html.matches("下がった取組").count()), (2, 1));
        assert!(show(0, 0).contains("段階が変わった取組はありません") && !show(0, 0).contains("<table"));
        assert!(show(0, 2).contains("令和7年度から後退した取組は2"));
    }
}
