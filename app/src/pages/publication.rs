//! `/publications` and `/publications/{year}/{revision}`: what was published, in which revision, and what each corrected.

use leptos::prelude::*;
use shared::fiscal_year::FiscalYear;

use crate::components::link::Link;
use crate::components::publication_history::{History, RevisionRow};
use crate::components::table_frame::TableFrame;

/// Every revision of every year, latest first.
#[derive(Debug, Clone)]
pub struct Publications {
    /// The years with their revisions.
    pub years: Vec<(FiscalYear, Vec<RevisionRow>)>,
}

/// One revision.
#[derive(Debug, Clone)]
pub struct PublicationModel {
    /// The round.
    pub year: FiscalYear,
    /// Itself.
    pub row: RevisionRow,
    /// SHA-256 of the snapshot, in hexadecimal.
    pub sha256: String,
    /// Each definition's title and what it came to.
    pub figures: Vec<Figure>,
    /// What it says differently from the revision before; `None` for the first.
    pub corrected: Option<Corrected>,
    /// Its files.
    pub files: Vec<Link>,
    /// The address of its manifest.
    pub manifest: String,
}

/// A definition's result.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// Its title with the version.
    pub title: String,
    /// 「67.5％（27／40）」, or the word for why it is not shown.
    pub result: String,
    /// 「67.5〜75.0％」
    pub bounds: String,
}

/// What a revision corrected.
#[derive(Debug, Clone, PartialEq)]
pub struct Corrected {
    /// Figures that changed: title, before, after.
    pub figures: Vec<[String; 3]>,
    /// Answers that changed: municipality, question, before, after.
    pub answers: Vec<[String; 4]>,
    /// How many more answers changed that the reader may not see.
    pub hidden: usize,
}

/// All revisions.
#[component]
pub fn PublicationsPage(
    /// What it shows.
    model: Publications,
) -> impl IntoView {
    let none = model.years.is_empty().then(|| view! { <p>"公表された結果はまだありません。"</p> });
    let years = model.years.into_iter().map(|(year, rows)| {
        let id = format!("y{}", year.year());
        view! {
            <section class="section" aria-labelledby=id.clone()>
                <h2 id=id.clone()>{year.to_string()}</h2>
                <History rows />
            </section>
        }
    });
    view! {
        <h1>"公表と訂正の履歴"</h1>
        <p class="page-lead">"公表した内容は版として固定しています。訂正したときは新しい版になり、前の版も読めます。"</p>
        {none}
        {years.collect_view()}
    }
    .into_any()
}

/// One revision.
#[component]
pub fn PublicationPage(
    /// What it shows.
    model: PublicationModel,
) -> impl IntoView {
    let PublicationModel { year, row, sha256, figures, corrected, files, manifest } = model;
    let standing = row.standing();
    let reason = (!row.reason.is_empty()).then(|| view! { <dt>"訂正の理由"</dt> <dd>{row.reason.clone()}</dd> });
    let figures = figures
        .into_iter()
        .map(|figure| view! { <tr><th scope="row">{figure.title}</th><td>{figure.result}</td><td>{figure.bounds}</td></tr> })
        .collect_view();
    let files = files.into_iter().map(|link| view! { <li><a href=link.href download>{link.label}</a></li> });
    view! {
        <p class="page-context"><a href="/publications">"公表と訂正の履歴"</a></p>
        <h1>{format!("{} 第{}版", year.wareki(), row.revision)}</h1>
        <dl class="facts">
            <dt>"公表日時"</dt>
            <dd>{row.at.date_time()}</dd>
            <dt>"いまの状態"</dt>
            <dd>{standing}</dd>
            {reason}
            <dt>"データのハッシュ（SHA-256）"</dt>
            <dd class="hash">{sha256}</dd>
        </dl>
        <section class="section" aria-labelledby="figures">
            <h2 id="figures">"この版の指標"</h2>
            <TableFrame label="この版の指標">
                <table class="table">
                    <caption>"この版の指標"</caption>
                    <thead>
                        <tr><th scope="col">"指標"</th><th scope="col">"割合"</th><th scope="col">"とりうる範囲"</th></tr>
                    </thead>
                    <tbody>{figures}</tbody>
                </table>
            </TableFrame>
        </section>
        {corrected.map(|corrected| view! { <CorrectedSection corrected /> })}
        <section class="section" aria-labelledby="files">
            <h2 id="files">"この版のデータ"</h2>
            <ul>{files.collect_view()}</ul>
            <p>
                <a href=manifest>"目録（JSON）"</a>
                "：調査票と定義の版、固定したデータと各ファイルのSHA-256です。受け取ったファイルが公表したものと同じかを確かめられます。"
            </p>
        </section>
    }
    .into_any()
}

#[component]
fn CorrectedSection(corrected: Corrected) -> impl IntoView {
    let Corrected { figures, answers, hidden } = corrected;
    let nothing = figures.is_empty() && answers.is_empty() && hidden == 0;
    let table = |caption: &'static str, heads: Vec<&'static str>, rows: Vec<Vec<String>>| {
        let heads = heads.into_iter().map(|head| view! { <th scope="col">{head}</th> }).collect_view();
        let rows = rows.into_iter().map(|row| {
            let cells = row.into_iter().map(|cell| view! { <td>{cell}</td> }).collect_view();
            view! { <tr>{cells}</tr> }
        });
        let rows = rows.collect_view();
        view! {
            <TableFrame label=caption>
                <table class="table">
                    <caption>{caption}</caption>
                    <thead><tr>{heads}</tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            </TableFrame>
        }
    };
    let figures = (!figures.is_empty())
        .then(|| table("変わった指標", vec!["指標", "訂正前", "訂正後"], figures.into_iter().map(Vec::from).collect()));
    let answers = (!answers.is_empty()).then(|| {
        let heads = vec!["市町村", "設問", "訂正前", "訂正後"];
        table("変わった回答", heads, answers.into_iter().map(Vec::from).collect())
    });
    let hidden = (hidden > 0).then(
        || view! { <p>{format!("このほか、公開範囲の設定により内容を表示できない回答が{hidden}件変わりました。")}</p> },
    );
    view! {
        <section class="section" aria-labelledby="corrected">
            <h2 id="corrected">"前の版からの訂正"</h2>
            {nothing.then(|| view! { <p>"指標と回答に違いはありません（公開範囲の変更など）。"</p> })}
            {figures}
            {answers}
            {hidden}
        </section>
    }
    .into_any()
}
