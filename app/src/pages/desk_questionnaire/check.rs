//! An uploaded questionnaire: its faults, or what it would change and the button that takes it.

use leptos::prelude::*;
use shared::fiscal_year::FiscalYear;

use super::differences::{Differences, DifferencesList, QuestionWords, linked};
use super::overview::{Overview, QuestionnaireFacts};
use super::questionnaire_href;
use crate::components::form_field::{FileInput, WORKBOOKS};
use crate::components::question::ErrorSummary;
use crate::components::table_frame::TableFrame;

/// Something wrong with an uploaded questionnaire.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// 「エラー」「警告」
    pub severity: &'static str,
    /// The sheet; of the file as a whole its name.
    pub sheet: String,
    /// The row, where it concerns one.
    pub row: Option<usize>,
    /// The column, where it concerns one.
    pub column: Option<String>,
    /// What is wrong and what to do.
    pub message: String,
}

/// An uploaded questionnaire that can be taken.
///
/// The form is posted to `…/replacement` with the file (`file`, `workbook` in Base64), `replaces`, `confirmed`, the name of
/// each question whose lineage was confirmed, and `confirmed_definition`, the id of each definition that was.
#[derive(Debug, Clone)]
pub struct QuestionnaireCheck {
    /// The round.
    pub year: FiscalYear,
    /// The file's name.
    pub file: String,
    /// The file in Base64, to be sent back with the decision.
    pub workbook: String,
    /// The questionnaire in whose place it would be taken.
    pub replaces: i64,
    /// What it asks.
    pub facts: QuestionnaireFacts,
    /// What the author probably meant otherwise.
    pub warnings: Vec<Fault>,
    /// What is different from the round before; `None` where there is none.
    pub differences: Option<Differences>,
    /// Renamed, split and merged questions, to be confirmed.
    pub lineage: Vec<LineageItem>,
    /// Definitions, not official, that lack questions, to be confirmed.
    pub lacking: Vec<LackingItem>,
    /// It is the one that the round asks already.
    pub same: bool,
    /// Another questionnaire was taken meanwhile.
    pub overtaken: bool,
}

/// A renamed, split or merged question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineageItem {
    /// Its name.
    pub name: String,
    /// The question.
    pub question: QuestionWords,
    /// Those that it continues.
    pub earlier: Vec<QuestionWords>,
    /// 「引き継ぎ」「分割」「統合」
    pub relation: &'static str,
    /// Whether results are compared with those of the year before.
    pub comparable: bool,
    /// It was confirmed.
    pub confirmed: bool,
    /// The form came back because it was not.
    pub missing: bool,
}

/// A definition that lacks questions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LackingItem {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The questions in words.
    pub questions: String,
    /// It was confirmed.
    pub confirmed: bool,
    /// The form came back because it was not.
    pub missing: bool,
}

/// What the uploaded questionnaire would change.
#[component]
pub fn QuestionnaireCheckPage(
    /// What it shows.
    model: QuestionnaireCheck,
) -> impl IntoView {
    let QuestionnaireCheck { year, file, workbook, replaces, facts, warnings, differences, .. } = model;
    let QuestionnaireCheck { lineage, lacking, same, overtaken, .. } = model;
    let own = questionnaire_href(year);
    let action = format!("{own}/replacement");
    let missing = lineage.iter().filter(|item| item.missing);
    let errors = missing.map(|item| {
        (format!("#{}", box_id(&item.name)), item.question.words.clone(), "引き継ぎを確認してください。".to_owned())
    });
    let undefined = lacking.iter().filter(|item| item.missing).map(|item| {
        let message = "定義を直す必要を確認してください。".to_owned();
        (format!("#{}", definition_box_id(&item.id)), item.title.clone(), message)
    });
    let errors: Vec<_> = errors.chain(undefined).collect();
    let overtaken = overtaken.then(|| {
        view! {
            <p class="notice" role="alert">
                "確認している間に、ほかの人が調査票を差し替えました。いまの内容をもう一度確認してください。"
            </p>
        }
    });
    let warnings = (!warnings.is_empty()).then(|| {
        view! {
            <section class="section">
                <h2>"警告"</h2>
                <p>"このまま使えますが、意図と違わないか確認してください。"</p>
                <FaultTable faults=warnings />
            </section>
        }
    });
    let unchanged = same.then(|| {
        view! { <p>"いまの調査票と同じ内容です。差し替えるものはありません。"</p> }
    });
    let take = (!same).then(|| {
        view! { <button class="button button--primary" type="submit">"この調査票に差し替える"</button> }
    });
    let lineage = (!lineage.is_empty()).then(|| view! { <Lineage items=lineage /> });
    let lacking = (!lacking.is_empty()).then(|| view! { <LackingDefinitions items=lacking /> });
    view! {
        <p class="page-context"><a href=own.clone()>{year.wareki()} "の調査票"</a></p>
        <h1>"アップロードした調査票の確認"</h1>
        <p class="page-lead">{file.clone()} "を読み込みました。まだ何も変えていません。"</p>
        <ErrorSummary errors />
        {overtaken}
        {warnings}
        <Overview facts />
        {differences.map(|differences| view! { <DifferencesList differences /> })}
        <form method="post" action=action>
            <input type="hidden" name="file" value=file />
            <input type="hidden" name="workbook" value=workbook />
            <input type="hidden" name="replaces" value=replaces.to_string() />
            {lineage}
            {lacking}
            {unchanged}
            <p class="actions">
                {take}
                <a class="button" href=own>"差し替えないで戻る"</a>
            </p>
        </form>
    }
    .into_any()
}

#[component]
fn Lineage(items: Vec<LineageItem>) -> impl IntoView {
    let item = |item: LineageItem| {
        let LineageItem { name, question, earlier, relation, comparable, confirmed, missing } = item;
        let id = box_id(&name);
        let error_id = error_id(&id);
        let compared = if comparable {
            "前の年度の結果と比較します。"
        } else {
            "前の年度の結果とは比較しません。"
        };
        let earlier = earlier.into_iter().map(|question| view! { <li>{linked(question)}</li> }).collect_view();
        view! {
            <li>
                <ConfirmationBox id name="confirmed" value=name words=format!("{relation}：{}", question.words) confirmed missing />
                <p>{compared} "前の設問："</p>
                <ul>{earlier}</ul>
                <p class="question-error" id=error_id hidden=!missing>"＊引き継ぎを確認してください。"</p>
            </li>
        }
    };
    view! {
        <section class="section" id="lineage">
            <h2>"引き継ぎの確認"</h2>
            <p>
                "前の年度の設問を別の概念IDで引き継ぐ、分ける、まとめる設問です。前年の回答の表示、年度の比較、集計のつながりが変わります。1つずつ確かめて印を付けてください。"
            </p>
            <ul>{items.into_iter().map(item).collect_view()}</ul>
        </section>
    }
    .into_any()
}

/// Definitions that could not be computed any more.
#[component]
fn LackingDefinitions(items: Vec<LackingItem>) -> impl IntoView {
    let item = |item: LackingItem| {
        let LackingItem { id: definition, title, questions, confirmed, missing } = item;
        let id = definition_box_id(&definition);
        let error_id = error_id(&id);
        view! {
            <li>
                <ConfirmationBox id name="confirmed_definition" value=definition words=title confirmed missing />
                <p>"なくなる設問：" {questions}</p>
                <p class="question-error" id=error_id hidden=!missing>"＊定義を直す必要を確認してください。"</p>
            </li>
        }
    };
    view! {
        <section class="section" id="lacking">
            <h2>"指標の定義の確認"</h2>
            <p>
                "次の参考の指標は、読む設問がなくなるため、このままでは値が未確定になります。新しい版の定義を登録することを確かめて、1つずつ印を付けてください。"
            </p>
            <ul>{items.into_iter().map(item).collect_view()}</ul>
        </section>
    }
    .into_any()
}

/// What must be ticked before the questionnaire is taken; its error stands in the element of [`error_id`].
#[component]
fn ConfirmationBox(
    id: String,
    name: &'static str,
    value: String,
    words: String,
    confirmed: bool,
    missing: bool,
) -> impl IntoView {
    let described_by = error_id(&id);
    view! {
        <label class="choice">
            <input
                type="checkbox"
                id=id
                name=name
                value=value
                checked=confirmed
                aria-describedby=described_by
                aria-invalid=missing.then_some("true")
            />
            <span>{words}</span>
        </label>
    }
}

fn error_id(box_id: &str) -> String {
    format!("e-{box_id}")
}

fn definition_box_id(definition: &str) -> String {
    format!("confirmed-definition-{definition}")
}

fn box_id(question: &str) -> String {
    format!("confirmed-{question}")
}

/// Chooses a file: `file`.
#[component]
pub fn UploadForm(
    /// Where it is sent.
    action: String,
    /// The last one was refused.
    invalid: bool,
) -> impl IntoView {
    view! {
        <form class="workbook-upload" method="post" enctype="multipart/form-data" action=action>
            <div class="form-field">
                <FileInput label="編集した調査票（.xlsx、10MBまで）" accept=WORKBOOKS refused=invalid.then_some("error-summary") />
            </div>
            <p class="actions"><button class="button" type="submit">"検査して違いを確認する"</button></p>
        </form>
    }
    .into_any()
}

/// Why an uploaded questionnaire cannot be taken.
#[component]
pub fn Faults(
    /// What is wrong.
    faults: Vec<Fault>,
) -> impl IntoView {
    view! {
        <div class="error-summary" role="alert" tabindex="-1" autofocus=true id="error-summary">
            <p class="error-summary-heading">"調査票に誤りがあります。何も変えていません"</p>
            <FaultTable faults />
        </div>
    }
    .into_any()
}

#[component]
fn FaultTable(faults: Vec<Fault>) -> impl IntoView {
    let row = |fault: Fault| {
        let Fault { severity, sheet, row, column, message } = fault;
        view! {
            <tr>
                <td>{severity}</td>
                <td>{sheet}</td>
                <td class="number">{row.map(|row| row.to_string())}</td>
                <td>{column}</td>
                <td class="text">{message}</td>
            </tr>
        }
    };
    view! {
        <TableFrame label="見つかったこと">
            <table class="table">
                <caption>"見つかったこと"</caption>
                <thead>
                    <tr>
                        <th scope="col">"種類"</th>
                        <th scope="col">"シート"</th>
                        <th scope="col">"行"</th>
                        <th scope="col">"列"</th>
                        <th scope="col">"内容"</th>
                    </tr>
                </thead>
                <tbody>{faults.into_iter().map(row).collect_view()}</tbody>
            </table>
        </TableFrame>
    }
    .into_any()
}
