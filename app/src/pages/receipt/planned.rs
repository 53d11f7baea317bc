//! Who already does what is planned.

use leptos::either::EitherOf3;
use leptos::prelude::*;

use crate::components::table_frame::TableFrame;

/// What the municipality plans, with who already does it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedPractices {
    /// Whose answers they are: 「令和7年度」.
    pub year: String,
    /// The practices, in the questionnaire's order.
    pub practices: Vec<Planned>,
}

/// Something that the municipality considers or has scheduled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Planned {
    /// Number of the question.
    pub number: String,
    /// Its text.
    pub label: String,
    /// The own answer in words.
    pub own: String,
    /// Who does it.
    pub doing: Doing,
}

/// Who does it, as far as the reader may see.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Doing {
    /// Answers in short words, each with the names of those who gave it.
    Named(Vec<(String, Vec<String>)>),
    /// So many of so many that answered.
    Counted(usize, usize),
    /// 秘匿
    Suppressed,
}

/// Who already does what is planned.
#[component]
pub fn PlannedSection(
    /// What is planned.
    planned: PlannedPractices,
) -> impl IntoView {
    let PlannedPractices { year, practices } = planned;
    let count = practices.len();
    let without_names = practices.iter().any(|planned| !matches!(planned.doing, Doing::Named(_)));
    let note = without_names.then_some("市町村名を示すのは、「市町村別の値」が公開の設問だけです（協議会会員のアカウントには、協議会までの設問も示します）。ほかは数だけを示し、どの団体かが推測できる数は秘匿とします。");
    let row = |Planned { number, label, own, doing }: Planned| {
        view! {
            <tr>
                <th scope="row" class="text">{number} " " {label}</th>
                <td>{own}</td>
                <td class="text"><DoingWords doing /></td>
            </tr>
        }
    };
    let caption = format!("検討中・予定の取組（{count}）と、{year}に実施していた団体");
    view! {
        <section class="section" aria-labelledby="planned">
            <h2 id="planned">{format!("検討中・予定の取組は{count}。すでに実施している団体")}</h2>
            <p>{format!("{year}の回答で、同じ取組を実施していた団体です。人口の近い団体から並べています。")} {note}</p>
            <TableFrame label=caption.clone()>
                <table class="table">
                    <caption>{caption}</caption>
                    <thead>
                        <tr>
                            <th scope="col">"設問"</th>
                            <th scope="col">"今回の回答"</th>
                            <th scope="col">"すでに実施している団体"</th>
                        </tr>
                    </thead>
                    <tbody>{practices.into_iter().map(row).collect_view()}</tbody>
                </table>
            </TableFrame>
        </section>
    }
    .into_any()
}

#[component]
fn DoingWords(doing: Doing) -> impl IntoView {
    match doing {
        Doing::Named(practices) if practices.is_empty() => EitherOf3::A("ありません"),
        Doing::Suppressed => EitherOf3::A("秘匿"),
        Doing::Counted(count, of) => EitherOf3::B(format!("回答した{of}団体のうち{count}団体")),
        Doing::Named(practices) => EitherOf3::C(
            practices
                .into_iter()
                .map(|(answer, names)| view! { <p>{format!("{answer}：{}", names.join("、"))}</p> })
                .collect_view(),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::components::question::samples::plain;

    fn show(doing: Vec<Doing>) -> String {
        let practice =
            |doing| Planned { number: "行-7-2".into(), label: "AIの導入".into(), own: "検討中".into(), doing };
        let practices = doing.into_iter().map(practice).collect();
        plain(view! { <PlannedSection planned=PlannedPractices { year: "令和7年度".into(), practices } /> })
    }

    #[test]
    fn names_counts_and_suppression_are_told_apart() {
        let named = Doing::Named(vec![
            ("実施".into(), vec!["八戸市".into(), "むつ市".into()]),
            ("一部実施".into(), vec!["三沢市".into()]),
        ]);
        let html = show(vec![named.clone(), Doing::Named(vec![])]);
        for words in ["検討中・予定の取組は2", "実施：八戸市、むつ市", "一部実施：三沢市", "ありません"]
        {
            assert!(html.contains(words), "{words}: {html}");
        }
        assert!(!html.contains("協議会会員"));
        let html = show(vec![Doing::Counted(12, 36), Doing::Suppressed]);
        assert!(html.contains("回答した36団体のうち12団体") && html.contains("秘匿") && html.contains("協議会会員"));
    }
}
