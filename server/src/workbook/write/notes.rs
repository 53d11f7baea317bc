//! The sheet that says how to fill in the workbook, with the stamp in sight.

use rust_xlsxwriter::{Workbook, XlsxError};

use super::{format, height};
use crate::workbook::layout;

/// Width of the notes' column, in characters of half width.
const WIDTH: u16 = 96;

/// Heading and text of each note.
const NOTES: [(&str, &str); 12] = [
    (
        "入力するところ",
        "「回答」シートの黄色のセルに入力します。ほかのセルは誤って書き換えないように保護しています（パスワードはありません）。列の幅や行の高さは変えられます。",
    ),
    ("1つ選ぶ設問", "セルの▼を押して選びます。選択肢は「選択肢」シートにもあります。"),
    ("いくつでも選ぶ設問", "設問の下に選択肢が1行ずつ並んでいます。あてはまる行で「○」を選びます。"),
    ("順位を付ける設問", "設問の下の選択肢の行に、1、2、3…と順位を入力します。"),
    (
        "数値・日付",
        "単位を付けずに数値だけを入力します。全角の数字、桁区切りのカンマ、△や▲のマイナスも読み取ります。日付は 2026/11/30 のように入力します（令和8年11月30日 も読み取ります）。",
    ),
    ("不明のとき", "説明の欄に「不明」と書いてある数値・日付の設問では、値の代わりに「不明」と入力できます。"),
    (
        "灰色のセル",
        "いまの回答では尋ねていない設問です（対象外）。前の設問の回答を変えて尋ねることになったときは、ここに入力します。",
    ),
    (
        "回答を消すとき",
        "入力済みのセルを空にすると、アップロードしたときに「消去」として示されます。画面で消すと決めるまで、回答は消えません。",
    ),
    (
        "アップロード",
        "保存したファイル（.xlsx のまま。パスワードは付けません）を、「Excelで入力」の画面からアップロードします。ダウンロードしたあとに画面やほかの人のワークブックで変わった回答は、並べて示されます。どちらにするかを決めて、はじめて保存されます。",
    ),
    ("提出", "アップロードしただけでは提出になりません。画面の「内容を確認して提出する」から提出します。"),
    (
        "しないでください",
        "番号の列と非表示の列を消さないでください。行の挿入や、行全体の並べ替えはかまいません。回答のない行を消しても、画面の回答は変わりません。",
    ),
    (
        "非表示の列",
        "どの設問の、いつの回答かを見分けるための列を非表示にしています。このワークブックは入力のための様式なので、「行政データにおける機械可読性に関するルール」のL1-13（非表示の行・列を使わない）の対象外です。集計に使うデータは、「データ」の画面からダウンロードできます。",
    ),
];

/// Adds the sheet.
pub fn add(book: &mut Workbook, heading: &str, stamp: &str, demonstration: Option<&str>) -> Result<(), XlsxError> {
    let sheet = book.add_worksheet().set_name(layout::NOTES)?;
    sheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0).set_footer("&C&P／&Nページ");
    sheet.set_column_width(0, 24)?.set_column_width(1, WIDTH)?.set_row_height(0, 24)?;
    sheet.write_string_with_format(0, 0, "記入のしかた", &format::title())?;
    sheet.write_string_with_format(1, 0, heading, &format::body())?;
    let mut row = 2;
    if let Some(words) = demonstration {
        sheet.write_string_with_format(row, 0, words, &format::body().set_bold())?;
        row += 1;
    }
    row += 1;
    for (name, text) in NOTES {
        sheet.set_row_height(row, height::of_text(text, f64::from(WIDTH)))?;
        sheet.write_string_with_format(row, 0, name, &format::head())?;
        sheet.write_string_with_format(row, 1, text, &format::cell())?;
        row += 1;
    }
    row += 1;
    sheet.set_row_height(row, height::of_text(stamp, f64::from(WIDTH)))?;
    sheet.write_string_with_format(row, 0, "管理番号", &format::muted())?;
    sheet.write_string_with_format(row, 1, stamp, &format::muted())?;
    let why = "どの市町村・年度・調査票の、いつのワークブックかを表します。書き換えないでください。";
    sheet.write_string_with_format(row + 1, 1, why, &format::muted())?;
    sheet.protect();
    Ok(())
}
