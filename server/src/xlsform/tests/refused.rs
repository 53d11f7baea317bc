//! What the product does not know is refused by name, with what to use instead.

use super::{SETTINGS, compile, read_embedded, shown, survey};

fn findings(columns: &str, row: &str) -> String {
    shown(&compile(&read_embedded(&survey(columns, &["text,a", row]), "", SETTINGS).unwrap()))
}

#[test]
fn types() {
    for (kind, instead) in [
        ("geopoint", "場所はtextで聞いてください"),
        ("image", "公開しているページのURLをtextで"),
        ("barcode", "textで聞いてください"),
        ("time", "textで聞いてください"),
        ("dateTime", "dateで聞いてください"),
        ("select_one_from_file cities.csv", "選択肢をchoicesシートに"),
        ("deviceid", "いつも記録します"),
        ("start", "いつも記録します"),
        ("rating", "使える種類：text"),
        ("select_one", "使える種類：text"),
    ] {
        let found = findings("type,name", &format!("{kind},q"));
        let told = format!("エラー survey.csv 4行目 type列: 「{kind}」には対応していません。");
        assert!(found.starts_with(&told) && found.contains(instead) && found.lines().count() == 1, "{found}");
    }
}

#[test]
fn functions() {
    for (expression, reason) in [
        ("today() > .", "関数 today() には対応していません。同じ回答の結果が日によって変わります"),
        ("random() > 1", "関数 random() には対応していません。同じ回答の結果が開くたびに"),
        ("substring(., 1) = 'a'", "substr(文字, 開始, 終了)"),
        ("pulldata('a', 'b', 'c', .) = 1", "外のデータは参照できません"),
        ("sqrt(.) = 1", "使える関数：abs boolean"),
        ("pow(2, ${a}) = 1", "指数）は、-100から100までの整数で"),
        ("regex(., ${a})", "引用符で囲んだ正規表現"),
        ("regex(., '^(?=a)$')", "正規表現として読み取れません"),
        ("substr(.) = 'a'", "substr() の引数は2〜3個です（書かれた数：1）"),
        ("concat() = 'a'", "concat() の引数は1個以上です"),
        ("checklist(${a}, 2, .)", "最小と最大は、数で書いてください"),
        ("weighted-checklist(1, 2, ., 1, .)", "条件と重みを組にして"),
        ("jr:choice-name(., '${a}') = 'a'", "選択肢の質問を '${名前}' と"),
        ("/data/a = 1", "パスと述語"),
        ("../a = 1", "パスには対応していません"),
    ] {
        let found = findings("type,name,constraint", &format!("text,q,\"{expression}\""));
        assert!(found.starts_with("エラー survey.csv 4行目 constraint列: "), "{expression}: {found}");
        assert!(found.contains(reason) && found.lines().count() == 1, "{expression}: {found}");
    }
}

#[test]
fn a_pattern_that_other_tools_read_otherwise_is_a_warning() {
    let found = findings("type,name,constraint", "text,q,\"regex(., '[0-9]{7}')\"");
    assert!(found.starts_with("警告 survey.csv 4行目 constraint列: 正規表現「[0-9]{7}」は、全体が"), "{found}");
    assert_eq!(findings("type,name,constraint", "text,q,\"regex(., '^[0-9]{7}$')\""), "");
}

#[test]
fn sections_that_would_meet_an_address() {
    let survey = survey("type,name", &["text,a"]).replace("begin_group,section", "begin_group,workbook");
    let survey = survey.replace("end_group,section", "end_group,workbook");
    let found = shown(&compile(&read_embedded(&survey, "", SETTINGS).unwrap()));
    assert_eq!(
        found,
        "エラー survey.csv 2行目 name列: 章の名前に「workbook」は使えません。画面のアドレスと重なります。"
    );
}

#[test]
fn an_expression_that_grows_beyond_measure() {
    // Each count becomes one mention of every question of every time.
    let counts = format!("calculate,c,,\"concat({})\"", vec!["count(${r})"; 140].join(", "));
    for questions in [&["text,t", "text,u"][..], &["text,t", "text,u", "text,v"]] {
        let repeat = ["begin_repeat,r,50"].into_iter().chain(questions.iter().copied());
        let rows: Vec<&str> = repeat.chain(["end_repeat", &counts]).collect();
        let survey = survey("type,name,repeat_count,calculation", &rows);
        let found = shown(&compile(&read_embedded(&survey, "", SETTINGS).unwrap()));
        let told = "calculation列: 式が長すぎます。質問を分けるか、条件を短くしてください。";
        assert!(found.ends_with(told) && found.lines().count() == 1, "{found}");
    }
}
