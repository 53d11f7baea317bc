//! Files made to harm, on the way into every import: refused with the reason, in a memory that stays flat.

use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};

use tests::Installation;
use tests::program::run_measured;

const MEGABYTE: u64 = 1024 * 1024;

/// Every import with the arguments that it needs.
const IMPORTS: [&[&str]; 5] = [
    &["answers"],
    &["municipalities"],
    &["accounts", "--dry-run"],
    &["reference", "--source", "x", "--title", "x", "--as-of", "x"],
    &["boundaries", "--source", "x"],
];

/// What was said about the file, and the most memory that the command held.
fn refused(installation: &Installation, import: &[&str], file: &Path) -> (String, u64) {
    let mut command = installation.command(&["import", import[0]]);
    command.arg(file).args(&import[1..]);
    let (ended, peak) = run_measured(&command);
    (ended.refused(1), peak)
}

fn sparse(installation: &Installation, size: u64) -> PathBuf {
    let path = installation.file("large.csv");
    File::create(&path).unwrap().set_len(size).unwrap();
    path
}

#[test]
fn a_file_of_a_gigabyte_is_refused_unread() {
    let installation = Installation::prepared();
    let small = installation.file("small.csv");
    std::fs::write(&small, "a\n1\n").unwrap();
    for import in IMPORTS {
        let (_, usual) = refused(&installation, import, &small);
        let (said, peak) = refused(&installation, import, &sparse(&installation, 1 << 30));
        assert!(said.contains("large.csv は大きすぎます。読み取れるのは"), "{import:?}: {said}");
        assert!(peak < usual + 8 * MEGABYTE, "{import:?}: {peak} after {usual}");
    }
}

#[test]
fn a_file_without_end_is_read_to_its_limit() {
    let installation = Installation::prepared();
    for import in IMPORTS {
        let (said, peak) = refused(&installation, import, Path::new("/dev/zero"));
        assert!(said.contains("大きすぎます"), "{import:?}: {said}");
        assert!(peak < 256 * MEGABYTE, "{import:?}: {peak}");
    }
}

#[test]
fn a_workbook_that_unpacks_to_gigabytes_is_refused_at_its_limit() {
    let installation = Installation::prepared();
    let path = installation.file("bomb.xlsx");
    let mut archive = zip::ZipWriter::new(File::create(&path).unwrap());
    let options = zip::write::SimpleFileOptions::default();
    let spaces = vec![b' '; 1 << 20];
    for name in ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"] {
        archive.start_file(name, options).unwrap();
        for _ in 0..700 {
            archive.write_all(&spaces).unwrap();
        }
    }
    archive.finish().unwrap();
    assert!(std::fs::metadata(&path).unwrap().len() < 4 * MEGABYTE);
    for import in &IMPORTS[..3] {
        let (said, peak) = refused(&installation, import, &path);
        assert!(said.contains("bomb.xlsx: 展開すると大きすぎるため読めません"), "{import:?}: {said}");
        assert!(peak < 256 * MEGABYTE, "{import:?}: {peak}");
    }
}

#[test]
fn a_line_of_separators_is_refused_before_its_fields_are_kept() {
    let installation = Installation::prepared();
    let path = installation.file("wide.csv");
    for (imports, megabytes) in [(&IMPORTS[..3], 60), (&IMPORTS[3..4], 7)] {
        std::fs::write(&path, ",".repeat(megabytes << 20)).unwrap();
        for import in imports {
            let (said, peak) = refused(&installation, import, &path);
            assert!(said.contains("列が多すぎます（16384列を超えています"), "{import:?}: {said}");
            assert!(peak < 256 * MEGABYTE, "{import:?}: {peak}");
        }
    }
}

#[test]
fn boundaries_without_bound_are_refused_before_they_are_kept() {
    let installation = Installation::prepared();
    let collection = |features: &str| format!(r#"{{"type":"FeatureCollection","features":[{features}]}}"#);
    let polygon = |lines: &str| format!(r#"{{"geometry":{{"type":"Polygon","coordinates":[{lines}]}}}}"#);
    let many = |part: &str, count: usize| format!("{}{part}", format!("{part},").repeat(count - 1));
    // One arc, which each of many rings names.
    let topology = format!(
        r#"{{"type":"Topology","objects":{{"a":{{"geometries":[{{"type":"Polygon","arcs":[{}]}}]}}}},"arcs":[[{}]]}}"#,
        many("[0]", 170_000),
        many("[140.5,40.8]", 80_000)
    );
    for (name, text, reason) in [
        ("features.geojson", collection(&many("{}", 20_000_000)), "地物が多すぎます（読み取れるのは30万件まで）"),
        (
            "positions.geojson",
            collection(&polygon(&format!("[{}]", many("[0,0]", 10_000_000)))),
            "座標が多すぎます（読み取れるのは500万点まで）",
        ),
        ("arcs.topojson", topology, "座標が多すぎます（読み取れるのは500万点まで）"),
    ] {
        let path = installation.file(name);
        std::fs::write(&path, text).unwrap();
        let (said, peak) = refused(&installation, IMPORTS[4], &path);
        assert!(said.contains(reason), "{name}: {said}");
        assert!(peak < 256 * MEGABYTE, "{name}: {peak}");
    }
}
