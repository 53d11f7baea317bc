//! `shirabe import answers`: earlier years, from the files that this product exports.

use std::path::{Path, PathBuf};

use serde_json::json;
use tests::program::{self, Ended};
use tests::{Answer, Installation, Response, Server, Table};

/// What one municipality typed: everything that a file of lines or a spreadsheet might change.
const TYPED: [(&str, &str); 4] = [
    ("free_1_name", "=HYPERLINK(\"http://evil.example\",\"押す\")"),
    ("free_1_outline", "  一行目, \"引用\"\n二行目 C:\\new\\名\n\\n は改行ではない"),
    ("free_1_contact", "'=1+1"),
    ("free_2_text", "＋81-17-000-0000\t表"),
];

/// A round that was answered by two municipalities, accepted and closed, as a file in that form.
async fn exported(folder: &Path, options: &[&str]) -> PathBuf {
    let installation = Installation::opened().await;
    let server = installation.serve();
    for (name, code) in [("aomori", "022012"), ("hirosaki", "022021")] {
        let respondent = server.visitor(name).await;
        let response = Response::of(&respondent, code);
        response.fill(if name == "aomori" { &TYPED } else { &[] }).await;
        response.submit().await.expect(200);
    }
    let officer = server.visitor("officer").await;
    for code in ["022012", "022021"] {
        Response::of(&officer, code).accept().await.expect(204);
    }
    officer.post("/desk/2026/state", &[("to", "closed")]).await.expect(303);
    export(&installation, &folder.join("answers"), options)
}

fn export(installation: &Installation, file: &Path, options: &[&str]) -> PathBuf {
    let mut command = installation.command(&["export", "--year", "2026", "--output"]);
    command.arg(file).args(options);
    program::run(command, "").done();
    file.to_owned()
}

/// The round of FY2026, closed and empty.
fn closed() -> Installation {
    let installation = Installation::empty();
    let dates = ["--closed", "--reference-date", "2019-04-01", "--deadline", "2019-11-20"];
    let arguments: Vec<&str> = ["round", "add", "2026"].into_iter().chain(dates).collect();
    installation.run(&arguments).done();
    installation.add_user("officer", "県DX推進課 田中", "officer", None);
    installation
}

fn import(installation: &Installation, file: &Path, arguments: &[&str]) -> Ended {
    let mut command = installation.command(&["import", "answers"]);
    command.arg(file).args(arguments);
    program::run(command, "")
}

fn bytes(installation: &Installation) -> Vec<u8> {
    std::fs::read(export(installation, &installation.file("again.csv"), &[])).unwrap()
}

#[tokio::test]
async fn what_was_exported_is_imported_to_the_letter_in_every_encoding_and_as_a_workbook() {
    let folder = tempfile::tempdir().unwrap();
    let file = exported(folder.path(), &[]).await;
    let written = std::fs::read(&file).unwrap();
    let text = String::from_utf8(written.clone()).unwrap();
    let bare = text.trim_start_matches('\u{feff}');
    let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();

    let first = closed();
    let said = import(&first, &file, &["--dry-run"]).done();
    for words in [
        "answers: UTF-8（BOM付き）\n",
        "令和8年度（2026年度）、",
        "行、40市町村、",
        "  022012 青森市: 取り込む（回答あり ",
        "  022039 八戸市: 同じ内容（未提出 ",
        "  free_2_text: 回答あり 1、無回答 1、未提出 38\n",
        "登録していません",
    ] {
        assert!(said.contains(words), "{words}: {said}");
    }
    let empty = bytes(&first);
    assert_ne!(empty, written);
    assert!(import(&first, &file, &[]).done().contains("登録しました。"));
    assert_eq!(bytes(&first), written);

    for (said, other) in [
        ("UTF-8（BOM付き）", written.clone()),
        ("UTF-8", bare.as_bytes().to_vec()),
        ("UTF-16（リトルエンディアン）", utf16),
    ] {
        let path = first.file("other.csv");
        std::fs::write(&path, other).unwrap();
        let done = import(&first, &path, &[]).done();
        assert!(done.contains(&format!("other.csv: {said}\n")) && done.contains("何も変えていません"), "{done}");
    }
    for (said, options) in [
        ("CP932（Shift_JIS）", &["--encoding", "cp932"][..]),
        ("Excelのブック（シート「データ」）", &["--format", "xlsx"]),
    ] {
        let other = export(&first, &first.file("other"), options);
        let second = closed();
        let done = import(&second, &other, &[]).done();
        assert!(done.contains(said) && done.contains("登録しました。"), "{done}");
        assert_eq!(bytes(&second), written, "{said}");
    }
}

#[tokio::test]
async fn an_imported_year_is_read_finalized_and_published_like_any_other() {
    let folder = tempfile::tempdir().unwrap();
    let file = exported(folder.path(), &[]).await;
    let installation = closed();
    import(&installation, &file, &[]).done();
    let server = installation.serve();
    let officer = server.visitor("officer").await;
    let history = officer.get("/desk/2026/022012").await.expect(200).page().text();
    assert!(history.contains("取り込み") && history.contains("SHA-256"), "{history}");
    for state in ["finalized", "published"] {
        officer.post("/desk/2026/state", &[("to", state)]).await.expect(303);
    }
    published(&server).await;
    // An earlier year that comes later is compared with all the same.
    let public = server.anonymous();
    let path = "/data/2026/answers.csv?encoding=utf-8";
    let compared = |answer: &Answer| {
        let table = Table::read(&answer.text());
        table.values("comparable_with_previous").into_iter().map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(compared(&public.get(path).await.expect(200)), [""]);
    let alone = public.get(path).await.expect(200);
    let dates = ["--closed", "--reference-date", "2018-04-01", "--deadline", "2018-11-20"];
    let arguments: Vec<&str> = ["round", "add", "2025"].into_iter().chain(dates).collect();
    installation.run(&arguments).done();
    let asked = public.request(reqwest::Method::GET, path).header("if-none-match", alone.header("etag"));
    let joined = public.send(asked).await.expect(200);
    assert_eq!(compared(&joined), ["yes"]);
    assert_eq!(public.get(path).await.expect(200).header("content-length"), joined.bytes.len().to_string());
    // What is published is fixed: the same file is no change, another one is refused.
    assert!(import(&installation, &file, &[]).done().contains("何も変えていません"));
    let other = std::fs::read_to_string(&file).unwrap().replace("'＋81-17-000-0000", "電話");
    std::fs::write(installation.file("other.csv"), other).unwrap();
    let said = import(&installation, &installation.file("other.csv"), &[]).refused(1);
    assert!(said.contains("022012") && said.contains("確定しています"), "{said}");
}

async fn published(server: &Server) {
    let results = server.anonymous().get("/api/v1/rounds/2026/indicators").await.expect(200).json();
    assert_eq!((&results["year"], &results["demonstration"]), (&json!(2026), &json!(false)));
}

#[tokio::test]
async fn a_year_is_imported_on_postgresql_too() {
    let folder = tempfile::tempdir().unwrap();
    let file = exported(folder.path(), &[]).await;
    let earlier = std::fs::read_to_string(&file).unwrap().replace("\n2026,令和8年度", "\n2025,令和7年度");
    std::fs::write(&file, &earlier).unwrap();
    let installation = Installation::prepared_on_postgres();
    let missing = import(&installation, &file, &[]).refused(1);
    assert!(missing.contains("shirabe round add 2025 --closed"), "{missing}");
    let dates = ["--closed", "--reference-date", "2019-04-01", "--deadline", "2019-11-20"];
    let arguments: Vec<&str> = ["round", "add", "2025"].into_iter().chain(dates).collect();
    installation.run(&arguments).done();
    assert!(import(&installation, &file, &[]).done().contains("登録しました。"));
    assert!(import(&installation, &file, &[]).done().contains("何も変えていません"));
    let again = installation.run(&["export", "--year", "2025"]).done();
    assert_eq!(again, earlier);
}

#[tokio::test]
async fn a_file_of_all_years_is_imported_as_a_whole_or_not_at_all() {
    let folder = tempfile::tempdir().unwrap();
    let file = exported(folder.path(), &[]).await;
    let one = std::fs::read_to_string(&file).unwrap();
    let (heading, rows) = one.split_once("\r\n").unwrap();
    let earlier = rows.replace("2026,令和8年度,", "2025,令和7年度,");
    let all = |earlier: &str| format!("{heading}\r\n{earlier}{rows}");
    let installation = closed();
    let path = installation.file("all.csv");
    std::fs::write(&path, all(&earlier)).unwrap();
    assert!(import(&installation, &path, &[]).refused(1).contains("shirabe round add 2025 --closed"));
    let dates = ["--closed", "--reference-date", "2019-04-01", "--deadline", "2019-11-20"];
    installation.run(&["round", "add", "2025"].into_iter().chain(dates).collect::<Vec<_>>()).done();
    let empty = bytes(&installation);
    // A fault in the later year leaves the earlier one as it was.
    let bad = installation.file("bad.csv");
    std::fs::write(
        &bad,
        all(&earlier).replacen("2026,令和8年度,022012,青森市,free_2_text,", "2026,令和8年度,022012,青森市,free_9,", 1),
    )
    .unwrap();
    assert!(import(&installation, &bad, &[]).refused(1).contains("free_9"));
    let year = |year: &str| installation.run(&["export", "--year", year]).done();
    assert!(!year("2025").contains("HYPERLINK") && bytes(&installation) == empty);

    let said = import(&installation, &path, &[]).done();
    assert!(said.contains("令和7年度（2025年度）、") && said.contains("令和8年度（2026年度）、"), "{said}");
    assert!(year("2025").contains("HYPERLINK") && year("2026").contains("HYPERLINK"));
    assert!(import(&installation, &path, &[]).done().contains("何も変えていません"));
    // As it is exported of all years, with the columns that join them.
    let whole = installation.run(&["export", "--year", "all"]).done();
    assert!(whole.lines().next().unwrap().ends_with("joined_concept,series"));
    std::fs::write(&path, whole).unwrap();
    assert!(import(&installation, &path, &[]).done().contains("何も変えていません"));
    assert!(import(&installation, &path, &["--year", "2025"]).refused(1).contains("--year を付けずに"));
}

#[tokio::test]
async fn a_bad_file_is_refused_with_its_places_and_nothing_of_it_stays() {
    let folder = tempfile::tempdir().unwrap();
    let file = exported(folder.path(), &[]).await;
    let text = std::fs::read_to_string(&file).unwrap();
    let installation = closed();
    let before = bytes(&installation);
    let line = |place: &str| 1 + text.lines().position(|line| line.contains(place)).unwrap();
    let phone = ",022012,青森市,free_2_text,";
    let lines: Vec<&str> = text.lines().collect();
    let without = |place: usize| {
        let kept = lines.iter().enumerate().filter(|(at, _)| *at != place).map(|(_, line)| *line);
        kept.collect::<Vec<_>>().join("\n")
    };
    for (changed, place, said) in [
        (text.replace("'＋81", "＋81"), format!("bad.csv {}行目 text列: ", line(phone)), "数式のようです"),
        (
            text.replace(phone, ",022012,青森市,free_9,"),
            format!("bad.csv {}行目 question_name列: ", line(phone)),
            "free_9",
        ),
        (
            text.replace(phone, ",022013,青森市,free_2_text,"),
            format!("bad.csv {}行目 municipality_code列: ", line(phone)),
            "検査数字",
        ),
        (
            text.replace(phone, ",023655,浪岡町,free_2_text,"),
            format!("bad.csv {}行目 municipality_code列: ", line(phone)),
            "合併",
        ),
        (
            text.replace(phone, ",022012,弘前市,free_2_text,"),
            format!("bad.csv {}行目 municipality_name列: ", line(phone)),
            "青森市ですが",
        ),
        (
            text.replace(phone, ",011002,札幌市,free_2_text,"),
            format!("bad.csv {}行目 municipality_code列: ", line(phone)),
            "対象ではありません",
        ),
        (without(line(phone) - 1), "bad.csv 2行目: ".to_owned(), "1問の行がありません（free_2_text）"),
        (
            text.replace(phone, ",022012,free_2_text,"),
            format!("bad.csv {}行目: ", line(phone)),
            "列の数が見出しと合いません",
        ),
        (
            text.replace(",速報（未公表）,", ",速報（未公表）,デモデータ（架空の回答）"),
            "bad.csv 2行目: ".to_owned(),
            "混ぜることはできません",
        ),
        ("a,b\n1,2\n".to_owned(), "bad.csv 1行目: ".to_owned(), "fiscal_year、municipality_code"),
    ] {
        let bad = installation.file("bad.csv");
        std::fs::write(&bad, changed).unwrap();
        for arguments in [&["--dry-run"][..], &[]] {
            let refused = import(&installation, &bad, arguments).refused(1);
            assert!(refused.contains(&place) && refused.contains(said), "{place} {said}: {refused}");
        }
    }
    std::fs::remove_file(installation.file("bad.csv")).unwrap();
    assert_eq!(bytes(&installation), before);
}

#[test]
fn wrong_arguments_end_with_2() {
    let installation = Installation::prepared();
    for arguments in [
        &["import", "answers"][..],
        &["import", "answers", "x.csv", "--year", "1999"],
        &["import", "answers", "x.csv", "--encoding", "euc-jp"],
        &["round", "add", "2020", "--closed"],
        &["round", "add", "2020", "--closed", "--reference-date", "2020-04-01"],
        &["round", "add", "2020", "--deadline", "2020-11-20"],
        &["round", "add", "2020", "--closed", "--reference-date", "四月一日", "--deadline", "2020-11-20"],
    ] {
        installation.run(arguments).refused(2);
    }
    let future = ["round", "add", "2020", "--closed", "--reference-date", "2020-04-01", "--deadline", "2099-11-20"];
    assert!(installation.run(&future).refused(1).contains("過去の日付"));
}
