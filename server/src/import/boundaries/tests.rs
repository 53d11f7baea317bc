//! Files of boundaries, good and bad.

use shared::municipality::{Kind, Municipality};

use super::*;

/// 青森市 and 弘前市, side by side.
const GEOJSON: &str = include_str!("two.geojson");
const TOPOJSON: &str = include_str!("two.topojson");

fn register() -> Register {
    let municipality = |(code, name): (&str, &str)| Municipality {
        code: code.parse().unwrap(),
        name: name.to_owned(),
        kana: String::new(),
        kind: Kind::City,
        region: None,
        population: None,
        area: None,
        tile: None,
    };
    Register::new([("022012", "青森市"), ("022021", "弘前市")].map(municipality).to_vec(), "02")
}

fn faults(text: &str) -> String {
    match read("境界.geojson", text.as_bytes(), &register()) {
        Err(ImportError::Faults(faults)) => faults.to_string(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn both_formats_say_the_same() {
    let geojson = read("a", GEOJSON.as_bytes(), &register()).unwrap();
    let topojson = read("a", TOPOJSON.as_bytes(), &register()).unwrap();
    let codes = |reading: &Reading| reading.areas.iter().map(|area| area.code.to_string()).collect::<Vec<_>>();
    assert_eq!(codes(&geojson), ["022012", "022021"]);
    assert_eq!(geojson.attribution.as_deref(), Some("見本の境界（架空）"));
    for (one, other) in geojson.areas.iter().zip(&topojson.areas) {
        let mut rings = [one.rings[0].clone(), other.rings[0].clone()];
        for ring in &mut rings {
            ring.sort_unstable();
        }
        assert_eq!(rings[0], rings[1]);
    }
}

#[test]
fn five_digits_a_number_and_the_usual_properties_are_a_code() {
    let with = |id: &str, properties: &str| {
        let text = GEOJSON.replace(r#""id": "02201""#, id).replace(r#"{ "name": "青森市" }"#, properties);
        read("a", text.as_bytes(), &register()).map(|reading| reading.areas.len())
    };
    for (id, properties) in [
        (r#""id": 2201"#, "{}"),
        (r#""id": "022012""#, "{}"),
        (r#""id": null"#, r#"{ "N03_007": "02201" }"#),
        (r#""id": null"#, r#"{ "code6": "022012" }"#),
    ] {
        assert_eq!(with(id, properties).unwrap(), 2, "{id} {properties}");
    }
}

#[test]
fn every_fault_has_its_place_and_nothing_is_read() {
    let changed = |from: &str, to: &str| faults(&GEOJSON.replacen(from, to, 1));
    assert_eq!(
        changed("\"02201\"", "\"022013\""),
        "境界.geojson: features[0]: 市町村コード「022013」: 市町村コードの検査数字が正しくありません。入力を確認してください。"
    );
    assert_eq!(
        changed("\"02201\"", "\"13101\""),
        "境界.geojson: features[0]: コード131016の市町村は登録されていません。"
    );
    assert!(changed("\"id\": \"02201\",", "").contains("features[0]: 市町村コードがありません。idか、属性 code、"));
    assert!(
        changed("140.9", "1409")
            .contains("features[0]（青森市）: 座標（1409.00000, 40.80000）が日本の経度・緯度ではありません。")
    );
    assert!(
        changed("\"Polygon\"", "\"Point\"")
            .contains("features[0]（青森市）: geometryがPolygonかMultiPolygonではありません。")
    );
    assert!(changed("[140.5, 40.8], ", "").contains("環が閉じていません"));
    let said = changed("140.5, 40.8", "\"x\", 40.8");
    assert!(said.starts_with("境界.geojson 8行目: "), "{said}");
    assert!(changed("[140.5, 40.8]", "[140.5]").contains("features[0]（青森市）: 座標が数ではありません。"));
    assert!(changed("\"Polygon\"", "\"MultiPolygon\"").contains("リストの入れ子の深さがtypeと合っていません。"));
    assert!(changed("FeatureCollection", "Feature").contains("typeが「Feature」です"));
    assert_eq!(faults(""), "境界.geojson 1行目: 途中で終わっています。ファイル全体を取得し直してください。");
    assert_eq!(
        faults(r#"{"type":"FeatureCollection","features":[]}"#),
        "境界.geojson: 市町村の境界が1件もありません。"
    );
}

#[test]
fn arcs_that_many_rings_name_are_counted_before_they_are_copied() {
    let rings = "[0, 1], ".repeat(MOST_POSITIONS / 4);
    let text = TOPOJSON.replacen("[[0, 1]]", &format!("[{rings}[0, 1]]"), 1);
    assert!(faults(&text).contains("座標が多すぎます（読み取れるのは500万点まで）。"), "{}", faults(&text));
}

#[test]
fn an_arc_that_is_not_there_is_a_fault() {
    let text = TOPOJSON.replacen("[-1, 2]", "[-1, 9]", 1);
    assert!(
        faults(&text).contains("objects.municipalities.geometries[1]（弘前市）: 弧9がありません。"),
        "{}",
        faults(&text)
    );
}
