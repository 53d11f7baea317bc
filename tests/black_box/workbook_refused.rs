//! Files that are no workbook of this response: each is refused with its reason, costs little, and changes nothing.

use std::io::{Cursor, Write};

use tests::{Installation, Response};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const UPLOAD: &str = "/answer/2026/workbook";

/// An archive of parts.
fn packed(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, part) in parts {
        archive.start_file(*name, SimpleFileOptions::default()).unwrap();
        archive.write_all(part).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

/// An OLE file that holds a stream of that name.
fn compound_file(stream: &str) -> Vec<u8> {
    let mut bytes = vec![0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
    bytes.resize(1024, 0);
    bytes.extend(stream.encode_utf16().flat_map(u16::to_le_bytes));
    bytes.resize(4096, 0);
    bytes
}

/// A workbook whose sheet unpacks to a quarter of a gigabyte.
fn bomb() -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    archive.start_file("xl/workbook.xml", SimpleFileOptions::default()).unwrap();
    archive.write_all(b"<x/>").unwrap();
    archive.start_file("xl/worksheets/sheet1.xml", SimpleFileOptions::default()).unwrap();
    let spaces = vec![b' '; 1 << 20];
    for _ in 0..256 {
        archive.write_all(&spaces).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

#[tokio::test]
async fn every_other_file_is_refused_with_its_reason() {
    // Made first: it takes longer than the server keeps an idle connection.
    let bomb = bomb();
    let server = Installation::opened().await.serve();
    let (aomori, hirosaki) = (server.visitor("aomori").await, server.visitor("hirosaki").await);
    let own = aomori.get("/answer/2026/workbook.xlsx").await.expect(200).bytes;
    let neighbours = hirosaki.get("/answer/2026/workbook.xlsx").await.expect(200).bytes;
    let before = Response::of(&aomori, "022012").get().await;
    for (name, bytes, words) in [
        ("空.xlsx", Vec::new(), "中身が空です"),
        ("古い.xls", compound_file("Workbook"), "古い形式のExcelファイル（.xls）"),
        ("鍵付き.xlsx", compound_file("EncryptedPackage"), "パスワードで暗号化されています"),
        ("マクロ.xlsm", packed(&[("xl/workbook.xml", b"<x/>"), ("xl/vbaProject.bin", b"x")]), "マクロを含むファイル"),
        ("名前だけ.xlsm", own.clone(), "マクロを含むファイル"),
        ("途中.xlsx", own[..own.len() / 2].to_vec(), "ファイルが壊れている"),
        ("回答.xlsx", "番号,回答\r\n体-1,検討中\r\n".as_bytes().to_vec(), "CSVなどのテキストファイルです"),
        ("回答.xlsx", b"%PDF-1.7".to_vec(), "PDFファイルです"),
        ("回答.xlsx", packed(&[("word/document.xml", b"<x/>")]), "Wordファイルです"),
        ("回答.ods", packed(&[("content.xml", b"<x/>")]), "OpenDocument"),
        ("爆弾.xlsx", bomb, "展開すると大きすぎる"),
        ("他市.xlsx", neighbours, "ほかの市町村（団体コード 022021）のワークブック"),
        ("大きい.xlsx", [own.clone(), vec![0; 11 << 20]].concat(), "ファイルが大きすぎます（上限は10MB"),
    ] {
        let page = aomori.upload(UPLOAD, name, &bytes).await.expect(422).page();
        let summary = page.text_of("error-summary");
        assert!(summary.contains(words) && summary.contains("保存済みの回答は変わっていません。"), "{name}: {summary}");
        assert_eq!(page.tag("f-file").unwrap().attribute("aria-invalid"), Some("true"));
    }
    assert_eq!(Response::of(&aomori, "022012").get().await, before);
    assert!(
        aomori.upload(UPLOAD, "回答.xlsx", &own).await.expect(200).page().text().contains("保存する違いはありません。")
    );
}

#[tokio::test]
async fn files_made_to_harm_leave_memory_as_it_is() {
    let bomb = bomb();
    let server = Installation::opened().await.serve();
    let aomori = server.visitor("aomori").await;
    let own = aomori.get("/answer/2026/workbook.xlsx").await.expect(200).bytes;
    aomori.upload(UPLOAD, "回答.xlsx", &own).await.expect(200);
    let before = server.peak_memory();
    let uploads = (0..8).map(|_| aomori.upload(UPLOAD, "回答.xlsx", &bomb));
    for answer in futures_of(uploads).await {
        answer.expect(422);
    }
    let grown = server.peak_memory() - before;
    assert!(grown < 128 << 20, "grown by {} MB", grown >> 20);
}

/// Waits for all of them together.
async fn futures_of<F: Future>(futures: impl Iterator<Item = F>) -> Vec<F::Output> {
    let mut futures: Vec<_> = futures.map(Box::pin).collect();
    let mut outputs: Vec<Option<F::Output>> = futures.iter().map(|_| None).collect();
    std::future::poll_fn(|context| {
        for (future, output) in futures.iter_mut().zip(&mut outputs).filter(|(_, output)| output.is_none()) {
            if let std::task::Poll::Ready(ready) = future.as_mut().poll(context) {
                *output = Some(ready);
            }
        }
        if outputs.iter().all(Option::is_some) { std::task::Poll::Ready(()) } else { std::task::Poll::Pending }
    })
    .await;
    outputs.into_iter().flatten().collect()
}
