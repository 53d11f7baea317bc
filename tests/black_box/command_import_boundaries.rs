//! `shirabe import boundaries`: the map where boundaries were imported. The boundaries here are invented.

use std::path::{Path, PathBuf};

use tests::Installation;
use tests::program::{self, Ended, repository};

const CREDIT: &str = "見本の境界（架空、試験用）";

fn import(installation: &Installation, file: &Path, arguments: &[&str]) -> Ended {
    let mut command = installation.command(&["import", "boundaries"]);
    command.arg(file).args(["--source", CREDIT]).args(arguments);
    program::run(command, "")
}

fn sample(format: &str) -> PathBuf {
    repository().join(format!("server/src/import/boundaries/two.{format}"))
}

#[tokio::test]
async fn the_map_shows_imported_boundaries_with_their_credit_and_tiles_until_then() {
    let installation = Installation::demo();
    let said = import(&installation, &sample("geojson"), &["--dry-run"]).done();
    assert!(said.contains("UTF-8、2市町村、点10個") && said.contains("登録していません"), "{said}");
    assert!(said.contains("ファイルに書かれた出典: 見本の境界（架空）"), "{said}");

    let server = installation.serve();
    let public = server.anonymous();
    let map = public.get("/pictures/home/map.svg").await.expect(200).text();
    assert!(map.contains("青森市") && !map.contains(CREDIT));
    // The server sees what another process has imported.
    assert!(import(&installation, &sample("geojson"), &[]).done().contains("登録しました。"));
    assert!(import(&installation, &sample("geojson"), &[]).done().contains("何も変えていません"));
    let map = public.get("/pictures/home/map.svg").await.expect(200).text();
    assert!(map.contains(CREDIT) && map.contains("正距円筒図法"), "credit and projection stand below the map");
    assert!(map.contains("境界がない38団体"));
    assert!(public.get("/").await.expect(200).text().contains(CREDIT));
    assert!(import(&installation, &sample("topojson"), &[]).done().contains("2市町村"));
}

#[test]
fn a_bad_file_is_refused_with_its_place_and_nothing_of_it_stays() {
    let installation = Installation::prepared();
    let good = std::fs::read_to_string(sample("geojson")).unwrap();
    for (text, said) in [
        (String::new(), "1行目: 途中で終わっています"),
        (good.replace("02202", "02299"), "features[1]: コード022993の市町村は登録されていません"),
        (good.replace("02202", "022022"), "features[1]: 市町村コード「022022」"),
        (good.replace("140.9, 40.3", "1409, 40.3"), "features[1]（弘前市）: 座標（1409.00000, 40.30000）"),
        ("{\"type\":\"Point\"}".to_owned(), "typeが「Point」です"),
        ("{".repeat(100_000), "1行目"),
    ] {
        let file = installation.file("bad.geojson");
        std::fs::write(&file, text).unwrap();
        let refused = import(&installation, &file, &[]).refused(1);
        assert!(refused.contains("bad.geojson") && refused.contains(said), "{said}: {refused}");
    }
    let file = installation.file("large.geojson");
    std::fs::File::create(&file).unwrap().set_len(1 << 30).unwrap();
    assert!(import(&installation, &file, &[]).refused(1).contains("大きすぎます"));
    assert!(import(&installation, &installation.file("missing.geojson"), &[]).refused(1).contains("読み取れません"));
    installation.run(&["import", "boundaries", "x.geojson"]).refused(2);
}

/// The prefecture's own boundaries where the reference data lies beside the repository, the invented ones elsewhere: they
/// are not ours to ship, and the promise is the same.
#[test]
fn boundaries_of_a_prefecture_are_read_whole() {
    let installation = Installation::prepared();
    let reference = repository().join("../shared/data/reference/aomori.geojson");
    let (file, municipalities) = if reference.exists() { (reference, 40) } else { (sample("geojson"), 2) };
    let said = import(&installation, &file, &[]).done();
    assert!(said.contains(&format!("{municipalities}市町村、点")) && said.contains("登録しました。"), "{said}");
}
