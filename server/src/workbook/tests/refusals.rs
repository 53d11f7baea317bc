//! Every file that is no workbook of this response is refused, with what it is.

use shared::fiscal_year::FiscalYear;

use super::office::{Office, questionnaire};
use super::resaved::{Resaved, packed, parts};
use crate::workbook::bounds::LARGEST_FILE;
use crate::workbook::read::Wanted;
use crate::workbook::{Refused, Stamp, read};

/// An OLE file that holds a stream of that name.
fn compound_file(stream: &str) -> Vec<u8> {
    let mut bytes = vec![0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
    bytes.resize(1024, 0);
    bytes.extend(stream.encode_utf16().flat_map(u16::to_le_bytes));
    bytes.resize(4096, 0);
    bytes
}

#[tokio::test]
async fn files_of_other_kinds() {
    let office = Office::open().await;
    let workbook = office.download().await;
    let csv = "番号,回答\r\n体-1,実施している\r\n".as_bytes().to_vec();
    let (shift_jis, ..) = encoding_rs::SHIFT_JIS.encode("番号,回答\r\n");
    let zip = |names: &[&str]| packed(names.iter().map(|name| (*name, &b"<x/>"[..])));
    for (bytes, refused) in [
        (Vec::new(), Refused::Empty),
        (vec![b'P'; LARGEST_FILE + 1], Refused::TooLarge),
        (compound_file("Workbook"), Refused::OldExcel),
        (compound_file("EncryptedPackage"), Refused::Encrypted),
        (compound_file("WordDocument"), Refused::Foreign("古い形式のOfficeファイル")),
        (b"%PDF-1.7\n".to_vec(), Refused::Foreign("PDFファイル")),
        (csv, Refused::Foreign("CSVなどのテキストファイル")),
        (shift_jis.into_owned(), Refused::Foreign("CSVなどのテキストファイル")),
        (b"<html><table>".to_vec(), Refused::Foreign("Webページ（HTML）")),
        (b"\x89PNG\r\n".to_vec(), Refused::Foreign("画像ファイル")),
        (b"\x00\x01\x02".to_vec(), Refused::Foreign("種類の分からないファイル")),
        (zip(&["word/document.xml"]), Refused::Foreign("Wordファイル")),
        (zip(&["content.xml", "mimetype"]), Refused::Foreign("OpenDocument（.ods など）のファイル")),
        (zip(&["photo.jpg"]), Refused::Foreign("圧縮ファイル（zip）")),
        (zip(&["xl/workbook.bin"]), Refused::BinaryExcel),
        (zip(&["xl/workbook.xml", "xl/vbaProject.bin"]), Refused::Macro),
        (zip(&["xl/workbook.xml"]), Refused::Corrupt),
        (workbook[..workbook.len() / 2].to_vec(), Refused::Corrupt),
        (b"PK\x03\x04".to_vec(), Refused::Corrupt),
    ] {
        assert_eq!(office.read(&bytes).await.unwrap_err(), refused, "{:?}", &bytes[..bytes.len().min(40)]);
    }
}

#[tokio::test]
async fn a_workbook_that_calls_itself_one_with_macros() {
    let office = Office::open().await;
    let (bytes, form) = (office.download().await, office.form().await);
    let wanted = Wanted { year: office.year, code: form.municipality.code, questionnaire: &form.questionnaire };
    assert_eq!(read(&bytes, "回答.XLSM", &wanted).unwrap_err(), Refused::Macro);
    assert!(read(&bytes, "回答（最終）.xlsx", &wanted).is_ok());
}

#[tokio::test]
async fn workbooks_of_others() {
    let office = Office::open().await;
    let bytes = office.download().await;
    let neighbours = office.service.workbook(&office.neighbour, office.year).await.unwrap().1;
    let code = "022021".parse().unwrap();
    assert_eq!(office.read(&neighbours).await.unwrap_err(), Refused::OtherMunicipality(code));

    let form = office.form().await;
    let wanted = |year, questionnaire| Wanted { year, code: form.municipality.code, questionnaire };
    let next = FiscalYear::new(2027).unwrap();
    assert_eq!(read(&bytes, "", &wanted(next, &form.questionnaire)).unwrap_err(), Refused::OtherYear(office.year));
    let newer = questionnaire("2");
    assert_eq!(
        read(&bytes, "", &wanted(office.year, &newer)).unwrap_err(),
        Refused::OtherQuestionnaire("1".to_owned())
    );
}

#[tokio::test]
async fn workbooks_whose_stamp_is_gone_changed_or_doubled() {
    let office = Office::open().await;
    let bytes = office.download().await;
    let book = Resaved::open(&bytes);
    let changed = async |change: &dyn Fn(&str) -> Option<String>| {
        let mut book = book.clone();
        book.replace(change);
        office.read(&book.save()).await.map(|_| ())
    };
    let stamp = |text: &str| Stamp::is_meant(text);
    assert_eq!(changed(&|text| stamp(text).then(String::new)).await, Err(Refused::NoStamp));
    let later = |text: &str| stamp(text).then(|| text.replace("revision=0", "revision=1"));
    assert_eq!(changed(&later).await, Err(Refused::BrokenStamp));
    assert_eq!(changed(&|text| (text == "回答").then(|| "こたえ".to_owned())).await, Err(Refused::NoTable));

    // A sheet of a workbook that was downloaded after another save.
    office.save(&[("share", &["5"])]).await;
    let mut mixed = book.clone();
    mixed.sheets[1].1 = Resaved::open(&office.download().await).sheets[1].1.clone();
    assert_eq!(office.read(&mixed.save()).await.unwrap_err(), Refused::TwoStamps);

    let mut doubled = book.clone();
    let copy = ("回答 (2)".to_owned(), doubled.sheets[0].1.clone());
    doubled.sheets.push(copy);
    let twice = Refused::TwoTables("回答".to_owned(), "回答 (2)".to_owned());
    assert_eq!(office.read(&doubled.save()).await.unwrap_err(), twice);

    // One of the three places is enough.
    let mut only = book.clone();
    only.sheets.truncate(2);
    let last = only.rows()[2].len() - 1;
    only.rows()[2][last] = super::resaved::Cell::Empty;
    assert!(office.read(&only.save()).await.is_ok());
}

#[tokio::test]
async fn a_workbook_may_hold_a_sheet_of_notes_of_its_own() {
    let office = Office::open().await;
    let mut book = Resaved::open(&office.download().await);
    book.sheets
        .push(("メモ".to_owned(), vec![vec!["設問".into(), "メモ".into()], vec!["体-1".into(), "要確認".into()]]));
    assert!(office.read(&book.save()).await.is_ok());
    assert_eq!(parts(&book.save()).keys().filter(|name| name.contains("worksheets/sheet")).count(), 5);
}
