//! `shirabe import municipalities`: what the register says.

use std::path::Path;

use tests::program::{self, Ended};
use tests::{Installation, Table};

fn import(installation: &Installation, file: &Path, arguments: &[&str]) -> Ended {
    let mut command = installation.command(&["import", "municipalities"]);
    command.arg(file).args(arguments);
    program::run(command, "")
}

fn register(installation: &Installation) -> String {
    installation.run(&["export", "--year", "all", "--dataset", "municipalities"]).done()
}

#[test]
fn the_exported_register_changes_nothing_and_a_changed_one_just_what_it_changes() {
    let installation = Installation::prepared();
    let before = register(&installation);
    let file = installation.file("register.csv");
    std::fs::write(&file, &before).unwrap();
    let said = import(&installation, &file, &[]).done();
    assert!(said.contains("1741行、変わるのは0市町村") && said.contains("何も変えていません"), "{said}");

    let table = Table::read(before.trim_start_matches('\u{feff}'));
    let aomori = table.rows.iter().find(|row| row["municipality_code"] == "022012").unwrap();
    assert_eq!((&*aomori["population"], &*aomori["area_km2"]), ("275192", "824.61"));
    let sapporo = table.rows.iter().find(|row| row["municipality_code"] == "011002").unwrap();
    assert_eq!((&*sapporo["population"], &*sapporo["area_km2"]), ("", ""), "what is not known stays empty");

    std::fs::write(&file, "市町村名,人口,面積\n青森市,\"260,000\",\n北海道札幌市,,1121.26\n").unwrap();
    let dry = import(&installation, &file, &["--dry-run"]).done();
    assert!(
        dry.contains("変わるのは2市町村") && dry.contains("  022012 青森市\n") && dry.contains("登録していません"),
        "{dry}"
    );
    assert!(register(&installation) == before);
    assert!(import(&installation, &file, &[]).done().contains("登録しました。"));
    let after = before
        .replace(",東青,275192,", ",東青,260000,")
        .replace("011002,北海道,札幌市,さっぽろし,市,,,,\r\n", "011002,北海道,札幌市,さっぽろし,市,,,,1121.26\r\n");
    assert_ne!(after, before);
    assert!(register(&installation) == after);
}

#[test]
fn a_bad_file_is_refused_with_its_place_and_nothing_of_it_stays() {
    let installation = Installation::prepared();
    let before = register(&installation);
    let file = installation.file("bad.csv");
    for (text, said) in [
        ("code,人口\n022012,1\n022021,多い\n", "bad.csv 3行目 人口列: 人口は0以上の整数"),
        ("code,人口\n022012,1\n023655,2\n", "bad.csv 3行目 code列: 「023655」は名簿にない"),
        ("code,人口\n022012,1\n022012,2\n", "bad.csv 3行目: 市町村 022012 は2行目にもあります"),
        ("code,人口\n022012,1\n022021,=2\n", "bad.csv 3行目 人口列: 数式のようです"),
        ("code,備考\n022012,1\n", "bad.csv 1行目: 属性の列がありません"),
    ] {
        std::fs::write(&file, text).unwrap();
        let refused = import(&installation, &file, &[]).refused(1);
        assert!(refused.contains(said), "{said}: {refused}");
    }
    assert!(register(&installation) == before);
}
