//! `/data`: what can be downloaded, in which form, for whom.

use leptos::nonce::use_nonce;
use leptos::prelude::*;
use shared::time::Timestamp;
use shared::visibility::Visibility;

use crate::components::format;
use crate::components::table_frame::TableFrame;

/// Everything the viewer may download.
#[derive(Debug, Clone, PartialEq)]
pub struct Data {
    /// What was published, and what everybody may have.
    pub published: Vec<Dataset>,
    /// What the viewer may have besides: the council's files, or the prefecture's.
    pub further: Vec<Dataset>,
    /// How far the viewer is cleared.
    pub clearance: Visibility,
    /// The questionnaires: the period and the address of the XLSForm workbook, latest first.
    pub questionnaires: Vec<(String, String)>,
    /// What can be made ahead: the value that is sent, and its name.
    pub exports: Vec<(String, String)>,
    /// In which forms: the end of the file's name, and the form's name.
    pub export_forms: Vec<(&'static str, &'static str)>,
    /// The encodings of CSV: each one's value and name, the usual one first.
    pub export_encodings: Vec<(&'static str, &'static str)>,
    /// The forms of files: each one's name and what it is, in a line or two.
    pub forms: Vec<(&'static str, &'static str)>,
    /// The published datasets as JSON-LD for search engines.
    pub structured: String,
    /// Somebody is signed in and may make tokens.
    pub signed_in: bool,
}

/// A dataset with its files.
#[derive(Debug, Clone, PartialEq)]
pub struct Dataset {
    /// Its name in addresses.
    pub id: String,
    /// Its name.
    pub title: String,
    /// What it holds, in a sentence or two.
    pub description: String,
    /// A row a period, latest first.
    pub periods: Vec<Period>,
}

/// A dataset's files of one period.
#[derive(Debug, Clone, PartialEq)]
pub struct Period {
    /// What they cover, e.g. 「令和7年度（2025年度）」.
    pub name: String,
    /// Address of the page that says what they hold.
    pub page: String,
    /// Who may download them.
    pub audience: Visibility,
    /// Rows without the heading, where known without making a file.
    pub rows: Option<u64>,
    /// Size of the CSV in bytes, where known without making it.
    pub bytes: Option<u64>,
    /// When the contents last changed; `None` for what stands now.
    pub updated: Option<Timestamp>,
    /// The name and the address of each form.
    pub files: Vec<(&'static str, String)>,
    /// Address of the manifest of the CSV.
    pub manifest: String,
}

/// Everything the viewer may download.
#[component]
pub fn DataPage(
    /// What it shows.
    model: Data,
) -> impl IntoView {
    let Data { published, further, clearance, questionnaires, exports, export_forms, export_encodings, .. } = model;
    let (forms, structured, signed_in) = (model.forms, model.structured, model.signed_in);
    // Registers and ledgers are there from the beginning; what has a year was published.
    let of_year = |period: &Period| !period.page.starts_with("/data/all/");
    let none = !published.iter().any(|dataset| dataset.periods.iter().any(of_year));
    let show = |datasets: Vec<Dataset>, prefix: &'static str| {
        datasets.into_iter().map(|dataset| view! { <Files dataset prefix /> }).collect_view()
    };
    let (heading, lead) = if clearance == Visibility::Prefecture {
        (
            "県の中だけで使うデータ（全設問）",
            "公開していない設問と、公表前の調査（いまの内容、速報）を含みます。県の中だけで使ってください。",
        )
    } else {
        (
            "協議会の中で使うデータ",
            "公表した調査の、協議会まで公開している設問を含みます。市町村の比較もあります。協議会の中で使ってください。",
        )
    };
    let further_there = !further.is_empty();
    let forms = forms.into_iter().map(|(name, what)| view! { <dt>{name}</dt> <dd>{what}</dd> });
    view! {
        <h1>"データ"</h1>
        <p class="page-lead">"公表された結果をダウンロードできます。値と状態（無回答、未提出など）は別の列に分かれています。"</p>
        <p>"図や表で見るときは、" <a href="/results">"設問ごとの結果"</a> "を開いてください。図と表はそれぞれダウンロードできます。"</p>
        <section class="section" aria-labelledby="datasets">
            <h2 id="datasets">"ダウンロード"</h2>
            {none.then(|| view! { <p>"公表されたデータはまだありません。公表されると、ここに表示されます。"</p> })}
            <p>
                "公開データは、"
                <a href="https://creativecommons.org/licenses/by/4.0/deed.ja">"クリエイティブ・コモンズ 表示 4.0 国際（CC BY 4.0）"</a>
                "で利用できます。アドレスは変わりません。一覧は"
                <a href="/data/catalog.jsonld">"DCAT-APのJSON-LD（/data/catalog.jsonld）"</a>
                "でも取得できます。"
            </p>
            {show(published, "public")}
        </section>
        {further_there.then(|| view! {
            <section class="section" aria-labelledby="further">
                <h2 id="further">{heading}</h2>
                <p>{lead}</p>
                {show(further, "further")}
            </section>
        })}
        <ExportForm exports forms=export_forms encodings=export_encodings />
        <Questionnaires questionnaires />
        <section class="section" aria-labelledby="formats">
            <h2 id="formats">"形式の説明"</h2>
            <dl class="facts">{forms.collect_view()}</dl>
            <p>"SPSSの形式（.sav）はありません。SPSSでは、CSVかExcelのファイルを開いてください。"</p>
        </section>
        <section class="section" aria-labelledby="api">
            <h2 id="api">"API"</h2>
            <p>
                "同じデータをJSONで取得できます。使い方は"<a href="/api/docs">"APIの説明"</a>"、仕様は"
                <a href="/api/v1/openapi.json">"OpenAPI 3.1の文書（/api/v1/openapi.json）"</a>
                "にあります。"
            </p>
            {signed_in.then(|| view! { <p>"プログラムから使うには、"<a href="/tokens">"APIトークン"</a>"を作ります。"</p> })}
        </section>
        <script type="application/ld+json" nonce=use_nonce() inner_html=structured></script>
    }
    .into_any()
}

#[component]
fn ExportForm(
    exports: Vec<(String, String)>,
    forms: Vec<(&'static str, &'static str)>,
    encodings: Vec<(&'static str, &'static str)>,
) -> impl IntoView {
    (!exports.is_empty()).then(|| {
        let data = exports.into_iter().map(|(value, label)| view! { <option value=value>{label}</option> });
        let option = |(value, label)| view! { <option value=value>{label}</option> };
        let (forms, encodings) = (forms.into_iter().map(option), encodings.into_iter().map(option));
        view! {
            <section class="section" aria-labelledby="export">
                <h2 id="export">"大きなファイルを作る"</h2>
                <p>"上のリンクではすぐにダウンロードが始まります。時間のかかるファイルは、ここで作ると、進み具合を見たり、途中で止めたりできます。"</p>
                <form class="export-form" method="post" action="/data/exports">
                    <div class="form-field">
                        <label for="export-data">"データ"</label>
                        <select id="export-data" name="data">{data.collect_view()}</select>
                    </div>
                    <div class="form-field">
                        <label for="export-format">"形式"</label>
                        <select id="export-format" name="format">{forms.collect_view()}</select>
                    </div>
                    <div class="form-field">
                        <label for="export-encoding">"CSVの文字コード"</label>
                        <select id="export-encoding" name="encoding">{encodings.collect_view()}</select>
                    </div>
                    <label class="choice">
                        <input type="checkbox" name="on_unmappable" value="replace" />
                        <span>"CP932にない文字は、形の同じ文字か「〓」に置き換える"</span>
                    </label>
                    <button class="button" type="submit">"作成する"</button>
                </form>
            </section>
        }
        .into_any()
    })
}

#[component]
fn Questionnaires(questionnaires: Vec<(String, String)>) -> impl IntoView {
    let items = questionnaires.iter().map(|(period, href)| {
        view! { <li><a href=href.clone() download>{format!("{period}の調査票（XLSForm、Excel）")}</a></li> }
    });
    (!questionnaires.is_empty()).then(|| {
        view! {
            <section class="section" aria-labelledby="questionnaires">
                <h2 id="questionnaires">"調査票"</h2>
                <ul>{items.collect_view()}</ul>
            </section>
        }
        .into_any()
    })
}

#[component]
fn Files(dataset: Dataset, prefix: &'static str) -> impl IntoView {
    let id = format!("{prefix}-{}", dataset.id);
    let title = dataset.title.clone();
    let rows = dataset.periods.into_iter().map(|period| view! { <Row title=title.clone() period /> }).collect_view();
    view! {
        <h3 id=id>{dataset.title.clone()}</h3>
        <p>{dataset.description}</p>
        <TableFrame label=dataset.title.clone()>
            <table class="table data-files">
                <caption>{dataset.title.clone()}</caption>
                <thead>
                    <tr>
                        <th scope="col">"期間"</th>
                        <th scope="col">"ファイル"</th>
                        <th scope="col">"公開範囲"</th>
                        <th scope="col" class="number">"行数"</th>
                        <th scope="col" class="number">"CSVの大きさ"</th>
                        <th scope="col">"更新"</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </TableFrame>
    }
    .into_any()
}

#[component]
fn Row(title: String, period: Period) -> impl IntoView {
    let unknown = || "－".to_owned();
    let named = |form: &str| format!("{form}：{title} {}", period.name);
    let files = period.files.iter().map(|(form, href)| {
        let label = named(form);
        view! { <li><a href=href.clone() download aria-label=label>{*form}</a></li> }
    });
    let files = files.collect_view();
    let manifest = named("ハッシュ値など");
    let about = format!("{}：{title}の説明", period.name);
    view! {
        <tr>
            <th scope="row" class="keep"><a href=period.page.clone() aria-label=about>{period.name.clone()}</a></th>
            <td>
                <ul class="file-links">
                    {files}
                    <li><a href=period.manifest.clone() aria-label=manifest>"ハッシュ値など"</a></li>
                </ul>
            </td>
            <td class="keep">{period.audience.label()}</td>
            <td class="number">{period.rows.map_or_else(unknown, format::thousands)}</td>
            <td class="number">{period.bytes.map_or_else(unknown, format::bytes)}</td>
            <td class="keep">{period.updated.map_or_else(|| "いまの内容".to_owned(), Timestamp::date)}</td>
        </tr>
    }
    .into_any()
}
