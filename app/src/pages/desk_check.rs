//! `/desk/{year}/check`: 点検, what in the responses should be looked at again.

use leptos::either::Either;
use leptos::prelude::*;
use shared::fiscal_year::FiscalYear;
use shared::response::ResponseState;

use super::desk::StateWords;
use crate::components::table_frame::TableFrame;

/// What `/desk/{year}/check` shows.
#[derive(Debug, Clone)]
pub struct DeskCheck {
    /// The round.
    pub year: FiscalYear,
    /// What it is narrowed to, as typed.
    pub typed: CheckTyped,
    /// The kinds of findings, 「すべて」 first, with what is left of each.
    pub kinds: Vec<KindLink>,
    /// Names and titles of the sections to choose from.
    pub sections: Vec<(String, String)>,
    /// Responses that were looked through.
    pub responses: usize,
    /// Findings before those shown.
    pub first: usize,
    /// Findings that match.
    pub total: usize,
    /// The findings shown, the heaviest first.
    pub items: Vec<CheckItem>,
    /// The address of the page before.
    pub earlier: Option<String>,
    /// The address of the next page.
    pub later: Option<String>,
    /// The address of all that match, as CSV; `None` for nothing.
    pub csv: Option<String>,
}

/// What the findings are narrowed to: `?municipality=`, `?kind=`, `?section=`, `?state=`.
#[derive(Debug, Clone, Default)]
pub struct CheckTyped {
    /// Code or a part of the name.
    pub municipality: String,
    /// Code of a kind, or empty.
    pub kind: String,
    /// Name of a section, or empty.
    pub section: String,
    /// Only responses in this state.
    pub state: Option<ResponseState>,
}

/// A kind of findings.
#[derive(Debug, Clone)]
pub struct KindLink {
    /// Its address.
    pub href: String,
    /// The words for it.
    pub label: &'static str,
    /// How many there are.
    pub count: usize,
    /// It is shown at present.
    pub chosen: bool,
}

/// A finding.
#[derive(Debug, Clone)]
pub struct CheckItem {
    /// Name of the municipality.
    pub municipality: String,
    /// Its response, at the question.
    pub response_href: String,
    /// State of the response.
    pub state: ResponseState,
    /// What kind of finding it is, in words.
    pub kind: &'static str,
    /// Number and text of the question.
    pub question: String,
    /// What was found, with the values.
    pub sentence: String,
    /// The inquiry about its question that is not settled.
    pub open_inquiry_href: Option<String>,
    /// The form of an inquiry about it, while there are inquiries.
    pub inquiry_href: Option<String>,
    /// The form that sends back every question of the municipality among those shown, while it can be sent back.
    pub return_href: Option<String>,
    /// How many questions those are.
    pub returned_together: usize,
}

/// What in the responses should be looked at again.
#[component]
pub fn DeskCheckPage(
    /// What it shows.
    model: DeskCheck,
) -> impl IntoView {
    let DeskCheck { year, typed, kinds, sections, responses, first, total, items, earlier, later, csv } = model;
    let count =
        format!("{total} 件のうち {} 件を、重要な順に表示しています（点検した回答 n＝{responses}）。", items.len());
    let list = if items.is_empty() {
        Either::Left(view! { <p>{format!("当てはまるものはありません（点検した回答 n＝{responses}）。")}</p> })
    } else {
        Either::Right(view! { <p>{count}</p> <Found first items /> })
    };
    view! {
        <p class="page-context"><a href=format!("/desk/{}", year.year())>{year.to_string()} "の調査"</a></p>
        <h1>"回答の点検"</h1>
        <p class="page-lead">
            "誤りとは限りません。値と、比べたものを見て、確認するか差し戻すかを決めてください。入力を始めていない回答は含みません。"
        </p>
        <Method />
        <Filter year typed sections />
        <Kinds kinds />
        {list}
        <p class="actions">
            {earlier.map(|href| view! { <a class="button" href=href>"前のページ"</a> })}
            {later.map(|href| view! { <a class="button" href=href>"次のページ"</a> })}
            {csv.map(|href| view! {
                <a class="button" href=href>"当てはまるものをCSVで保存する"</a>
                <a href=format!("/data/{}/check?scope=all", year.year())>"すべてをほかの形式で保存する"</a>
            })}
        </p>
    }
    .into_any()
}

/// How the findings come about.
#[component]
fn Method() -> impl IntoView {
    view! {
        <details>
            <summary>"見つけ方"</summary>
            <dl class="facts">
                <dt>"矛盾"</dt>
                <dd>"調査票に書かれた条件（入力できる値、理由を求める値、選べる選択肢）に合わない回答。理由の有無も示します。"</dd>
                <dt>"前年からの変化"</dt>
                <dd>"調査票で設問ごとに決めた幅を超える数値の変化と、2段階以上の段階の変化。同じことを尋ねた設問だけを比べます。"</dd>
                <dt>"外れ値"</dt>
                <dd>
                    "頑健zスコア 0.6745×（値－中央値）÷MAD の絶対値が3.5を超える数値（Iglewicz・Hoaglin 1993）。割合（％）はそのまま、ほかの数値は、そのままと人口1万人当たりの両方で同じ側に超えるものだけです。10団体未満の設問と、MADが0の設問では求めません。"
                </dd>
                <dt>"未回答"</dt>
                <dd>"いま尋ねている設問のうち、答えのないもの。必須と任意を分けて示します。"</dd>
            </dl>
        </details>
    }
    .into_any()
}

#[component]
fn Filter(year: FiscalYear, typed: CheckTyped, sections: Vec<(String, String)>) -> impl IntoView {
    let CheckTyped { municipality, kind, section, state } = typed;
    let options = sections
        .into_iter()
        .map(|(name, title)| {
            let chosen = name == section;
            view! { <option value=name selected=chosen>{title}</option> }
        })
        .collect_view();
    // What was not begun is not looked through.
    let states = ResponseState::ALL
        .into_iter()
        .filter(|one| *one != ResponseState::NotStarted)
        .map(|one| view! { <option value=one.code() selected={state == Some(one)}>{one.label()}</option> })
        .collect_view();
    view! {
        <form class="filter" method="get" action=format!("/desk/{}/check", year.year())>
            {(!kind.is_empty()).then(|| view! { <input type="hidden" name="kind" value=kind /> })}
            <div class="form-field">
                <label for="municipality">"市町村（名前かコード）"</label>
                <input type="text" id="municipality" name="municipality" value=municipality />
            </div>
            <div class="form-field">
                <label for="section">"章"</label>
                <select id="section" name="section"><option value="">"すべて"</option>{options}</select>
            </div>
            <div class="form-field">
                <label for="state">"回答の段階"</label>
                <select id="state" name="state"><option value="">"すべて"</option>{states}</select>
            </div>
            <button class="button" type="submit">"絞り込む"</button>
        </form>
    }
    .into_any()
}

#[component]
fn Kinds(kinds: Vec<KindLink>) -> impl IntoView {
    let items = kinds
        .into_iter()
        .map(|KindLink { href, label, count, chosen }| {
            let words = format!("{label} {count}件");
            view! { <li><a href=href aria-current=chosen.then_some("true")>{words}</a></li> }
        })
        .collect_view();
    view! { <nav aria-label="種類"><ul class="desk-years check-kinds">{items}</ul></nav> }.into_any()
}

#[component]
fn Found(first: usize, items: Vec<CheckItem>) -> impl IntoView {
    let rows = (first + 1..).zip(items).map(|(number, item)| view! { <Row number item /> }).collect_view();
    view! {
        <TableFrame label="見つかったこと">
            <table class="table check">
                <thead>
                    <tr>
                        <th scope="col" class="number">"順"</th>
                        <th scope="col">"市町村"</th>
                        <th scope="col">"種類"</th>
                        <th scope="col">"設問"</th>
                        <th scope="col">"見つかったこと"</th>
                        <th scope="col">"次にすること"</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </TableFrame>
    }
    .into_any()
}

#[component]
fn Row(number: usize, item: CheckItem) -> impl IntoView {
    let CheckItem { municipality, response_href, state, kind, question, sentence, .. } = item;
    let CheckItem { open_inquiry_href, inquiry_href, return_href, returned_together, .. } = item;
    let of = format!("：{municipality} {question}");
    let link = |href: Option<String>, words: String| {
        href.map(|href| {
            let of = of.clone();
            view! { <li><a href=href>{words} <span class="visually-hidden">{of}</span></a></li> }
        })
    };
    let open = link(open_inquiry_href, "やりとり中".to_owned());
    let ask = link(inquiry_href, "確認する".to_owned());
    let give_back = match returned_together {
        0 | 1 => link(return_href, "差し戻す".to_owned()),
        several => link(return_href, format!("{several}問をまとめて差し戻す")),
    };
    view! {
        <tr>
            <td class="number">{number}</td>
            <th scope="row"><a href=response_href>{municipality.clone()}</a> <span class="check-state"><StateWords state /></span></th>
            <td>{kind}</td>
            <td class="text">{question.clone()}</td>
            <td class="text check-sentence">{sentence}</td>
            <td><ul class="check-acts">{open} {ask} {give_back}</ul></td>
        </tr>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::components::question::samples::plain;

    fn model() -> DeskCheck {
        DeskCheck {
            year: FiscalYear::new(2026).unwrap(),
            typed: CheckTyped {
                municipality: "おい".into(),
                kind: "jump".into(),
                section: "industry".into(),
                state: Some(ResponseState::Submitted),
            },
            kinds: vec![
                KindLink { href: "/desk/2026/check".into(), label: "すべて", count: 130, chosen: false },
                KindLink {
                    href: "/desk/2026/check?kind=jump".into(),
                    label: "前年からの変化",
                    count: 101,
                    chosen: true,
                },
            ],
            sections: vec![("industry".into(), "産業・しごと".into())],
            responses: 40,
            first: 100,
            total: 101,
            items: vec![CheckItem {
                municipality: "おいらせ町".into(),
                response_href: "/desk/2026/024121#a-org_6a".into(),
                state: ResponseState::Submitted,
                kind: "前年からの変化",
                question: "体-6 職員の数".into(),
                sentence: "前年の「10人」から「16人」に変わりました<b>。".into(),
                open_inquiry_href: Some("/desk/2026/inquiries/7".into()),
                inquiry_href: Some("/desk/2026/024121/inquiries/new?question=org_6a&finding=jump".into()),
                return_href: Some("/desk/2026/024121?question=org_6a&finding=jump#a-org_6a".into()),
                returned_together: 1,
            }],
            earlier: Some("/desk/2026/check?kind=jump".into()),
            later: None,
            csv: Some("/desk/2026/check.csv?kind=jump".into()),
        }
    }

    fn rendered(model: DeskCheck) -> String {
        let html = plain(view! { <DeskCheckPage model /> });
        assert!(!html.contains(" style="), "{html}");
        html
    }

    #[test]
    fn a_finding_stands_with_its_values_and_what_can_be_done() {
        let html = rendered(model());
        for words in [
            "101 件のうち 1 件",
            "n＝40",
            "変わりました&lt;b&gt;。",
            "href=\"/desk/2026/024121#a-org_6a\"",
            "inquiries/new?question=org_6a&amp;finding=jump",
            ">101</td>",
            "前のページ",
            "<option value=\"industry\" selected",
            "value=\"おい\"",
            "name=\"kind\" value=\"jump\"",
            "前年からの変化 101件",
            "<option value=\"submitted\" selected",
            "href=\"/desk/2026/inquiries/7\"",
            "やりとり中",
        ] {
            assert!(html.contains(words), "{words}: {html}");
        }
        assert!(!html.contains("value=\"not_started\"") && !html.contains("まとめて差し戻す"), "{html}");
        assert!(!html.contains("次のページ") && html.matches("aria-current").count() == 1, "{html}");
    }

    #[test]
    fn it_says_how_many_questions_go_back_together() {
        let mut several = model();
        several.items[0].returned_together = 3;
        several.items[0].open_inquiry_href = None;
        let html = rendered(several);
        assert!(html.contains("3問をまとめて差し戻す") && !html.contains("やりとり中"), "{html}");
    }

    #[test]
    fn where_nothing_is_found_there_is_no_file() {
        let html = rendered(DeskCheck { items: Vec::new(), total: 0, csv: None, earlier: None, ..model() });
        assert!(html.contains("当てはまるものはありません") && !html.contains("CSV"), "{html}");
    }
}
