//! `shirabe import reference`: figures of others beside the questions. The figures here are invented for the tests.

use std::path::PathBuf;

use serde_json::Value;
use tests::program::{self, Ended, repository};
use tests::{Client, Installation, Page, Response};

const TITLE: &str = "架空の資料（試験用）";
const SOURCE: &str = "架空の資料（試験用）（令和7年4月1日時点）";
const TABLE: &str = "code6,name,CIOの任命,AIの導入状況,使わない項目\n\
                     022012,青森市,実施,実施,1%\n\
                     022021,弘前市,未実施,未実施,\n\
                     023213,鯵ケ沢町,実施,－,3%\n";

/// Imports those bytes with further arguments.
fn import(installation: &Installation, bytes: &[u8], arguments: &[&str]) -> Ended {
    let file = installation.file("figures.csv");
    std::fs::write(&file, bytes).unwrap();
    import_file(installation, &file, arguments)
}

fn import_file(installation: &Installation, file: &PathBuf, arguments: &[&str]) -> Ended {
    let mut command = installation.command(&["import", "reference"]);
    command.arg(file).args(["--source", "digital-agency-dx", "--title", TITLE, "--as-of", "令和7年4月1日時点"]);
    command.args(arguments);
    program::run(command, "")
}

async fn page(client: &Client, section: &str) -> Page {
    client.get(&format!("/answer/2026/{section}")).await.expect(200).page()
}

/// The words beside a question.
fn beside(page: &Page, question: &str) -> String {
    page.text_of(&format!("q-{question}"))
}

#[tokio::test]
async fn a_dry_run_says_what_it_read_and_registers_nothing() {
    let installation = Installation::opened().await;
    let said = import(&installation, TABLE.as_bytes(), &["--dry-run"]).done();
    for words in [
        "figures.csv: UTF-8、3行、値8件",
        "市町村の列: code6、name",
        "青森県の40市町村のうち3団体（37団体は値がない）",
        "  CIOの任命: 値3件、空欄0件（実施 2、未実施 1） → organization.cio\n",
        "  使わない項目: 値2件、空欄1件（1% 1、3% 1）\n",
        "登録していません",
    ] {
        assert!(said.contains(words), "{words}: {said}");
    }
    let server = installation.serve();
    assert!(!page(&server.visitor("aomori").await, "organization").await.text().contains(TITLE));
}

#[tokio::test]
async fn a_figure_that_answers_one_to_one_is_filled_in_and_still_unanswered() {
    let installation = Installation::opened().await;
    assert!(import(&installation, TABLE.as_bytes(), &[]).done().contains("登録しました。"));
    let server = installation.serve();
    let (aomori, hirosaki) = (server.visitor("aomori").await, server.visitor("hirosaki").await);

    let organization = page(&aomori, "organization").await;
    assert!(beside(&organization, "org_2").contains(&format!("{SOURCE}のCIOの任命：実施")));
    let form = organization.form("/answer/2026/organization");
    assert_eq!((form.values("org_2"), form.values("org_2.prefill")), (vec!["1"], vec!["1"]));
    let response = Response::of(&aomori, "022012");
    assert_eq!(response.answer("org_2").await, Value::Null);
    assert!(response.problems().await.contains_key("org_2"));

    // 未実施 may be 任命予定; AI 実施 may be a trial: both stand beside and answer nothing.
    let organization = page(&hirosaki, "organization").await;
    assert!(beside(&organization, "org_2").contains("CIOの任命：未実施"));
    assert_eq!(organization.form("/answer/2026/organization").values("org_2"), [""; 0]);
    let administration = page(&aomori, "administration").await;
    assert!(administration.text().contains("AIの導入状況：実施") && administration.text().contains(SOURCE));
    assert_eq!(administration.form("/answer/2026/administration").values("gov_02_2"), [""; 0]);

    // Once answered otherwise, the figure stands beside.
    response.save("org_2", &["3"]).await;
    let organization = page(&aomori, "organization").await;
    assert!(beside(&organization, "org_2").contains("CIOの任命：実施"));
    let form = organization.form("/answer/2026/organization");
    assert_eq!((form.values("org_2"), form.values("org_2.prefill")), (vec!["3"], vec![]));
}

#[tokio::test]
async fn the_same_figures_again_change_nothing_in_any_encoding_and_new_ones_replace_them() {
    let installation = Installation::opened().await;
    import(&installation, TABLE.as_bytes(), &[]).done();
    let marked = [&[0xef, 0xbb, 0xbf], TABLE.as_bytes()].concat();
    let utf16 = |first: [u8; 2], bytes: fn(u16) -> [u8; 2]| -> Vec<u8> {
        first.into_iter().chain(TABLE.encode_utf16().flat_map(bytes)).collect()
    };
    for (encoding, bytes) in [
        ("UTF-8", TABLE.as_bytes().to_vec()),
        ("UTF-8（BOM付き）", marked),
        ("UTF-16（リトルエンディアン）", utf16([0xff, 0xfe], u16::to_le_bytes)),
        ("UTF-16（ビッグエンディアン）", utf16([0xfe, 0xff], u16::to_be_bytes)),
        ("UTF-8", TABLE.replace('\n', "\r\n").into_bytes()),
    ] {
        let said = import(&installation, &bytes, &[]).done();
        assert!(said.contains(&format!("figures.csv: {encoding}、3行")), "{encoding}: {said}");
        assert!(said.contains("何も変えていません"), "{encoding}: {said}");
    }
    let later = TABLE.replace("青森市,実施", "青森市,未実施");
    assert!(import(&installation, later.as_bytes(), &[]).done().contains("登録しました。"));
    let server = installation.serve();
    let organization = page(&server.visitor("aomori").await, "organization").await;
    assert!(beside(&organization, "org_2").contains("CIOの任命：未実施"));
}

#[test]
fn cp932_is_read_and_what_fits_two_encodings_is_asked() {
    let installation = Installation::prepared();
    // 「市町村名,値」「青森市,有」 in CP932.
    let cp932 = b"\x8e\x73\x92\xac\x91\xba\x96\xbc,\x92\x6c\n\x90\xc2\x90\x58\x8e\x73,\x97\x4c\n";
    let said = import(&installation, cp932, &["--dry-run"]).done();
    assert!(said.contains("CP932（Shift_JIS）、1行、値1件") && said.contains("値: 値1件、空欄0件（有 1）"), "{said}");
    let ambiguous = b"code,a\n022012,\xc3\xb1\n";
    let said = import(&installation, ambiguous, &["--dry-run"]).refused(1);
    assert!(said.contains("--encoding で指定してください（候補: utf-8、cp932）"), "{said}");
    let said = import(&installation, ambiguous, &["--dry-run", "--encoding", "cp932"]).done();
    assert!(said.contains("（ﾃｱ 1）"), "{said}");
    let said = import(&installation, cp932, &["--encoding", "utf-8"]).refused(1);
    assert!(said.contains("1行目に、UTF-8 として読めないところがあります"), "{said}");
}

#[test]
fn a_long_table_names_its_items_by_columns() {
    let installation = Installation::prepared();
    let long = "code6,name,group,procedure,rate\n022012,青森市,甲,乙,1.5\n022012,青森市,甲,丙,2\n";
    let columns = ["--dry-run", "--item", "group", "--item", "procedure", "--value", "rate"];
    let said = import(&installation, long.as_bytes(), &columns).done();
    assert!(said.contains("  甲：乙: 値1件") && said.contains("  甲：丙: 値1件"), "{said}");
    assert!(import(&installation, long.as_bytes(), &["--dry-run"]).refused(1).contains("--item と --value"));
}

#[tokio::test]
async fn a_bad_file_is_refused_with_its_place_and_nothing_of_it_stays() {
    let installation = Installation::opened().await;
    for (bytes, said) in [
        (&b""[..], "figures.csv: ファイルが空です"),
        (b"\xef\xbb\xbf\r\n", "figures.csv: ファイルが空です"),
        (b"PK\x03\x04\x14\x00", "figures.csv: Excelのブックです"),
        (b"a,b\n1,\xff\xff\n", "2行目がUTF-8でなく"),
        (b"\x00\x01\x02", "文字でないデータ"),
        ("code,CIOの任命\n022012,実施\n022021\n".as_bytes(), "figures.csv 3行目: 列の数が見出しと合いません"),
        (
            "code,CIOの任命\n022012,実施\n022012,未実施\n".as_bytes(),
            "figures.csv 3行目: 市町村 022012 は2行目にもあります",
        ),
        ("code,CIOの任命\n022012,実施\n022013,実施\n".as_bytes(), "figures.csv 3行目 code列: 「022013」の検査数字"),
        ("code,CIOの任命\n22012,実施\n".as_bytes(), "figures.csv 2行目 code列: 「22012」は先頭の0が落ちた"),
        ("code,CIOの任命\n022012,実施\n023655,実施\n".as_bytes(), "figures.csv 3行目 code列: 「023655」は名簿にない"),
        ("市町村名,CIOの任命\n青森市,実施\n浪岡町,実施\n".as_bytes(), "figures.csv 3行目 市町村名列: 「浪岡町」"),
        ("code,name,CIOの任命\n022012,弘前市,実施\n".as_bytes(), "コード 022012 は青森市ですが、名前は「弘前市」"),
        ("code,CIOの任命\n022012,実施\n022021,=1+1\n".as_bytes(), "figures.csv 3行目 CIOの任命列: 数式のようです"),
        ("code,a,a\n022012,1,2\n".as_bytes(), "figures.csv 1行目 a列: 同じ見出し"),
        ("項目,値\n青森市,1\n".as_bytes(), "figures.csv 1行目: 市町村コードの列も市町村名の列もありません"),
        ("code,CIOの任命\n".as_bytes(), "figures.csv: 見出しの下に行がありません"),
    ] {
        for arguments in [&["--dry-run"][..], &[]] {
            let refused = import(&installation, bytes, arguments).refused(1);
            assert!(refused.contains(said), "{said}: {refused}");
        }
    }
    let missing = installation.file("missing.csv");
    assert!(import_file(&installation, &missing, &[]).refused(1).contains("読み取れません"));
    assert!(
        import_file(&installation, &installation.directory().to_owned(), &[]).refused(1).contains("読み取れません")
    );
    let server = installation.serve();
    assert!(!page(&server.visitor("aomori").await, "organization").await.text().contains(TITLE));
}

#[test]
fn a_file_of_a_gigabyte_is_refused_unread() {
    let installation = Installation::prepared();
    let path = installation.file("large.csv");
    std::fs::File::create(&path).unwrap().set_len(1 << 30).unwrap();
    assert!(import_file(&installation, &path, &[]).refused(1).contains("大きすぎます"));
}

/// The Digital Agency's own files where the reference data lies beside the repository, the invented ones elsewhere: they
/// are not ours to ship, and the promise is the same.
#[test]
fn tables_of_the_digital_agency_are_read_whole() {
    let installation = Installation::prepared();
    let reference = repository().join("../shared/data/reference");
    let wide = reference.join("aomori_digital_agency_dx.csv");
    if wide.exists() {
        let said = import_file(&installation, &wide, &[]).done();
        for words in [
            "UTF-8、40行、値",
            "市町村の列: code6、name",
            "青森県の40市町村のうち40団体\n",
            "  CIOの任命: 値40件、空欄0件（実施 27、未実施 13） → organization.cio\n",
            "  外部人材活用: 値40件、空欄0件（実施 3、未実施 37）",
            "登録しました。",
        ] {
            assert!(said.contains(words), "{words}: {said}");
        }
        assert_eq!(said.lines().filter(|line| line.starts_with("  ")).count(), 15);
        let long = reference.join("aomori_digital_agency_online_procedures.csv");
        let columns = ["--item", "group", "--item", "procedure", "--value", "online_rate_pct"];
        let said = import_file(&installation, &long, &columns).done();
        assert!(said.contains("2080行、値552件") && said.contains("うち39団体（値がない団体: 東北町）"), "{said}");
        assert_eq!(said.lines().filter(|line| line.starts_with("  ")).count(), 52);
    } else {
        let said = import(&installation, TABLE.as_bytes(), &[]).done();
        assert!(said.contains("3行、値8件") && said.contains("登録しました。"), "{said}");
    }
}

#[test]
fn wrong_arguments_end_with_2() {
    let installation = Installation::prepared();
    let file = installation.file("figures.csv");
    std::fs::write(&file, TABLE).unwrap();
    let file = file.to_str().unwrap();
    for arguments in [
        &["import"][..],
        &["import", "reference", file],
        &["import", "reference", file, "--source", "日本語", "--title", "t", "--as-of", "a"],
        &["import", "reference", file, "--source", "x", "--title", " ", "--as-of", "a"],
        &["import", "reference", file, "--source", "x", "--title", "t", "--as-of", "a", "--encoding", "euc-jp"],
        &["import", "reference", file, "--source", "x", "--title", "t", "--as-of", "a", "--item", "y"],
    ] {
        installation.run(arguments).refused(2);
    }
}

#[test]
fn figures_of_real_municipalities_do_not_enter_the_demonstration() {
    let installation = Installation::demo();
    let said = import(&installation, TABLE.as_bytes(), &[]).refused(1);
    assert!(said.contains("デモデータには、公表資料を登録できません"), "{said}");
}
