//! Why a file is refused as a whole.

use shared::fiscal_year::FiscalYear;
use shared::municipality::MunicipalityCode;

/// Why a file is refused as a whole: what it is, and what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// Nothing was chosen, or nothing is in it.
    #[error("ファイルが選ばれていないか、中身が空です。ダウンロードして記入したワークブックを選んでください。")]
    Empty,
    /// More bytes than a workbook can have.
    #[error("ファイルが大きすぎます（上限は10MBです）。貼り付けた画像や、使わないシートを消して保存し直してください。")]
    TooLarge,
    /// BIFF: `.xls`.
    #[error(
        "古い形式のExcelファイル（.xls）です。Excelの「名前を付けて保存」で種類を「Excel ブック（*.xlsx）」にして保存し直してください。"
    )]
    OldExcel,
    /// `.xlsb`
    #[error(
        "バイナリ形式のExcelファイル（.xlsb）です。「名前を付けて保存」で種類を「Excel ブック（*.xlsx）」にして保存し直してください。"
    )]
    BinaryExcel,
    /// Encrypted with a password.
    #[error(
        "パスワードで暗号化されています。Excelの「ファイル」→「情報」→「ブックの保護」→「パスワードを使用して暗号化」でパスワードを消し、保存し直してください。"
    )]
    Encrypted,
    /// With macros: `.xlsm`.
    #[error(
        "マクロを含むファイル（.xlsm など）です。「名前を付けて保存」で種類を「Excel ブック（*.xlsx）」にして、マクロのない形で保存し直してください。"
    )]
    Macro,
    /// Another format, by name.
    #[error(
        "{0}です。Excelのワークブック（.xlsx）ではありません。ダウンロードして記入したワークブックを選んでください。"
    )]
    Foreign(&'static str),
    /// Meant to be a workbook, but cannot be read.
    #[error(
        "ファイルが壊れているため読めません。送る途中で切れたか、保存に失敗した可能性があります。Excelで開いて保存し直すか、元のファイルをもう一度アップロードしてください。"
    )]
    Corrupt,
    /// Far more in it than a workbook can have.
    #[error(
        "展開すると大きすぎるため読めません。ダウンロードしたワークブックに回答だけを記入してください（使っていない行や列に書式が広く付いているときは、それを消して保存し直してください）。"
    )]
    Inflates,
    /// No stamp anywhere.
    #[error(
        "このサイトからダウンロードしたワークブックではありません（管理番号がありません）。このページからダウンロードしたワークブックに記入してください。"
    )]
    NoStamp,
    /// A stamp that was written over.
    #[error(
        "ワークブックの管理番号が書き換えられているため、どの回答のものか確かめられません。このページからダウンロードし直し、回答を写してください。"
    )]
    BrokenStamp,
    /// Stamps of two workbooks in one.
    #[error(
        "別のワークブックのシートが混ざっています（管理番号が2種類あります）。1つのワークブックに1つの回答だけを入れてください。"
    )]
    TwoStamps,
    /// Another municipality's.
    #[error(
        "ほかの市町村（団体コード {0}）のワークブックです。自分の市町村のワークブックをダウンロードして記入してください。"
    )]
    OtherMunicipality(MunicipalityCode),
    /// Another round's.
    #[error("{0}の調査のワークブックです。この調査のワークブックをダウンロードして記入してください。")]
    OtherYear(FiscalYear),
    /// Of another questionnaire or version.
    #[error(
        "ダウンロードのあとに調査票が変わりました（ワークブックの版は {0} です）。もう一度ダウンロードして、回答を写してください。"
    )]
    OtherQuestionnaire(String),
    /// No sheet with the headings.
    #[error(
        "回答の表が見つかりません。見出しの行（番号・設問・回答）を消したり書き換えたりしたときは、元に戻してください。"
    )]
    NoTable,
    /// Two sheets with the headings.
    #[error("回答の表が2枚あります（「{0}」と「{1}」）。使うほうを1枚だけ残して保存し直してください。")]
    TwoTables(String, String),
}
