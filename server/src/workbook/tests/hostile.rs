//! Files made to harm: no content makes the reader panic or fill the memory.

use std::io::{Cursor, Write};

use proptest::prelude::*;
use zip::write::SimpleFileOptions;

use super::office::{Office, questionnaire};
use super::resaved::{packed, parts};
use crate::workbook::bounds::{Limits, bounded};
use crate::workbook::grid;
use crate::workbook::read::Wanted;
use crate::workbook::{Filled, Refused, read};

fn try_read(bytes: &[u8]) -> Result<Filled, Refused> {
    let questionnaire = questionnaire("1");
    let (year, code) = ("2026".parse().unwrap(), "022012".parse().unwrap());
    read(bytes, "a.xlsx", &Wanted { year, code, questionnaire: &questionnaire })
}

fn sample() -> Vec<u8> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let office = Office::open().await;
        office.fill().await;
        office.download().await
    })
}

/// A sample workbook with one part replaced.
fn with_part(name: &str, part: &[u8]) -> Vec<u8> {
    let parts = parts(&sample());
    let others =
        parts.iter().filter(|(other, _)| *other != name).map(|(other, text)| (other.as_str(), text.as_bytes()));
    packed(others.chain([(name, part)]))
}

#[test]
fn a_part_that_unpacks_to_gigabytes() {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    archive.start_file("xl/workbook.xml", SimpleFileOptions::default()).unwrap();
    let zeros = vec![b' '; 1 << 20];
    for _ in 0..256 {
        archive.write_all(&zeros).unwrap();
    }
    let bomb = archive.finish().unwrap().into_inner();
    assert!(bomb.len() < 1 << 20, "{}", bomb.len());
    assert_eq!(try_read(&bomb).unwrap_err(), Refused::Inflates);
}

#[test]
fn many_parts_that_are_large_together() {
    // Each is below the limit of one part and does not shrink suspiciously.
    let text: Vec<u8> =
        (0_u32..600_000).flat_map(|n| (n.wrapping_mul(2_654_435_761) >> 7).to_string().into_bytes()).collect();
    let names: Vec<String> = (0..8).map(|n| format!("xl/worksheets/sheet{n}.xml")).collect();
    let large =
        packed([("xl/workbook.xml", &b"<x/>"[..])].into_iter().chain(names.iter().map(|n| (n.as_str(), &text[..]))));
    assert!((text.len() * names.len()) as u64 > Limits::RESPONSE.content);
    let refused = try_read(&large).unwrap_err();
    assert!(matches!(refused, Refused::Inflates | Refused::TooLarge), "{refused:?}");
}

#[test]
fn a_size_that_the_file_states_is_not_believed() {
    let mut bytes = sample();
    // Every stated size becomes 1, in the central directory.
    let places: Vec<usize> =
        bytes.windows(4).enumerate().filter(|(_, w)| *w == b"PK\x01\x02").map(|(at, _)| at).collect();
    for at in places {
        bytes[at + 24..at + 28].copy_from_slice(&1_u32.to_le_bytes());
    }
    // Refused, or read to its true end: never anything between.
    assert!(try_read(&bytes).is_err() || try_read(&bytes).unwrap().entries.len() == 10);
}

#[test]
fn more_files_than_any_workbook_has() {
    let names: Vec<String> = (0..600).map(|n| format!("xl/{n}.xml")).collect();
    let many = packed(names.iter().map(|name| (name.as_str(), &b""[..])));
    assert_eq!(try_read(&many).unwrap_err(), Refused::Inflates);
    // Files that are only announced.
    let mut bytes = sample();
    let end = bytes.len() - 22;
    bytes[end + 8..end + 12].copy_from_slice(&[0xFE, 0xFF, 0xFE, 0xFF]);
    assert_eq!(try_read(&bytes).unwrap_err(), Refused::Inflates);
    // The same in the record for very large archives.
    let mut bytes = sample();
    let end = bytes.split_off(bytes.len() - 22);
    let start = u64::try_from(bytes.len()).unwrap();
    bytes.extend(b"PK\x06\x06");
    bytes.extend(44_u64.to_le_bytes());
    bytes.extend([45, 0, 45, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    for number in [9_000_000_u64, 9_000_000, 1000, 0] {
        bytes.extend(number.to_le_bytes());
    }
    bytes.extend(b"PK\x06\x07");
    bytes.extend(0_u32.to_le_bytes());
    bytes.extend(start.to_le_bytes());
    bytes.extend(1_u32.to_le_bytes());
    bytes.extend(end);
    assert_eq!(try_read(&bytes).unwrap_err(), Refused::Inflates);
}

#[test]
fn names_that_lead_out_and_strings_that_are_only_announced() {
    let out = packed([("xl/workbook.xml", &b"<x/>"[..]), ("../../etc/x.xml", b"<x/>")]);
    assert_eq!(try_read(&out).unwrap_err(), Refused::Corrupt);
    let strings =
        b"<sst xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" uniqueCount = '4000000000'></sst>";
    assert_eq!(try_read(&with_part("xl/sharedStrings.xml", strings)).unwrap_err(), Refused::Corrupt);
}

#[test]
fn one_text_in_every_cell() {
    let strings = format!("<sst uniqueCount=\"1\"><si><t>{}</t></si></sst>", "あ".repeat(30_000));
    let cells: String = "<row><c t=\"s\"><v>0</v></c></row>".repeat(2_000);
    let sheet = format!("<worksheet><sheetData>{cells}</sheetData></worksheet>");
    let parts = parts(&sample());
    let kept = parts.iter().filter(|(name, _)| !name.contains("sharedStrings") && !name.ends_with("sheet1.xml"));
    let kept = kept.map(|(name, text)| (name.as_str(), text.as_bytes()));
    let made = [("xl/sharedStrings.xml", strings.as_bytes()), ("xl/worksheets/sheet1.xml", sheet.as_bytes())];
    assert_eq!(try_read(&packed(kept.chain(made))).unwrap_err(), Refused::Inflates);
}

#[test]
fn a_cell_at_the_far_end_costs_no_more_than_one_near() {
    let sheet = b"<worksheet><sheetData><row r=\"1\"><c r=\"A1\"><v>1</v></c></row>\
        <row r=\"1048576\"><c r=\"XFD1048576\"><v>2</v></c></row></sheetData></worksheet>";
    let limits = Limits::RESPONSE;
    let bounded = bounded(&with_part("xl/worksheets/sheet1.xml", sheet), "", &limits).unwrap();
    let sheets = grid::sheets(bounded, &limits).unwrap();
    assert_eq!(sheets[0].cells.len(), 2);
    assert_eq!(grid::cell_name((1_048_575, 16_383)), "XFD1048576");
}

#[test]
fn places_beyond_all_numbers() {
    for cell in
        ["<c r=\"A99999999999999\"><v>1</v></c>", "<c r=\"ZZZZZZZZZZZZ1\"><v>1</v></c>", "<c r=\"?\"><v>1</v></c>"]
    {
        let sheet = format!(
            "<worksheet><dimension ref=\"C9:A1\"/><sheetData><row r=\"1\">{cell}</row></sheetData></worksheet>"
        );
        // Whatever the parser makes of it, it comes back.
        let _ = try_read(&with_part("xl/worksheets/sheet1.xml", sheet.as_bytes()));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn bytes_of_any_kind(bytes in prop::collection::vec(any::<u8>(), 0..2_000), magic in prop::sample::select(vec![
        &b""[..], b"PK\x03\x04", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", b"%PDF", b"PK\x05\x06",
    ])) {
        let bytes: Vec<u8> = magic.iter().copied().chain(bytes).collect();
        prop_assert!(try_read(&bytes).is_err());
    }
}

#[test]
fn a_workbook_with_bytes_changed() {
    let workbook = sample();
    proptest!(ProptestConfig::with_cases(300), |(
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8), cut in prop::option::of(any::<prop::sample::Index>()),
    )| {
        let mut bytes = workbook.clone();
        for (place, byte) in &changes {
            bytes[place.index(workbook.len())] = *byte;
        }
        if let Some(cut) = cut {
            bytes.truncate(cut.index(workbook.len()));
        }
        // Every part has a checksum: what still loads says what it said.
        if let Ok(filled) = try_read(&bytes) {
            prop_assert!(filled.entries.len() <= 10);
        }
    });
}

#[test]
fn a_workbook_with_its_xml_changed() {
    let parts = parts(&sample());
    let names: Vec<&String> = parts.keys().filter(|name| name.starts_with("xl/") && !name.contains("theme")).collect();
    let pieces = [
        "<",
        ">",
        "\"",
        "&#0;",
        "&x;",
        "</c>",
        "<c>",
        " r=\"A0\"",
        " r=\"ZZZZZZZ9\"",
        "-",
        "99999999999",
        "\u{0}",
        "<!--",
        "]]>",
        "",
    ];
    proptest!(ProptestConfig::with_cases(400), |(
        name in any::<prop::sample::Index>(), at in any::<prop::sample::Index>(), length in 0_usize..12, piece in prop::sample::select(pieces.to_vec()),
    )| {
        let name = *name.get(&names);
        let mut part = parts[name].clone().into_bytes();
        let from = at.index(part.len());
        part.splice(from..(from + length).min(part.len()), piece.bytes());
        let changed = parts.iter().map(|(other, text)| {
            (other.as_str(), if other == name { part.as_slice() } else { text.as_bytes() })
        });
        if let Ok(filled) = try_read(&packed(changed)) {
            prop_assert!(filled.entries.len() <= 10);
        }
    });
}
