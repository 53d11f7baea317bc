//! Before anything parses an uploaded file: what is it, and how much is in it?
//!
//! The workbook's parser believes the sizes that a file states, and so does a zip reader. So the file is opened here
//! with limits of its own, the parts that matter are inflated against a budget, and only they go on, packed anew with
//! sizes that are true. A file of any content costs at most its own size and [`Limits::content`] of memory.

use std::io::{Cursor, Read, Write};

use zip::read::ZipFile;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use super::refused::Refused;

/// The largest response that is read, in bytes. A filled workbook of 1,000 questions has a twentieth of it.
pub const LARGEST_FILE: usize = 10 * 1024 * 1024;

/// How much of a workbook is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// The file, in bytes.
    pub file: usize,
    /// All parts inflated, in bytes.
    pub content: u64,
    /// One part inflated, in bytes.
    pub part: u64,
    /// Cells with content, over all sheets.
    pub cells: usize,
    /// Bytes of all texts: one shared text may stand in every cell.
    pub text: usize,
}

impl Limits {
    /// Of one municipality's response.
    pub const RESPONSE: Self = Self {
        file: LARGEST_FILE,
        content: 24 * 1024 * 1024,
        part: 12 * 1024 * 1024,
        cells: 100_000,
        text: 8 * 1024 * 1024,
    };
    /// Of a table: the answers of 40 municipalities in one year are a quarter of it.
    pub const TABLE: Self = Self {
        file: 16 * 1024 * 1024,
        content: 64 * 1024 * 1024,
        part: 48 * 1024 * 1024,
        cells: 500_000,
        text: 32 * 1024 * 1024,
    };
}

/// A part of more than a mebibyte that shrank to less than a two-hundredth was made to harm, or is empty formatting.
const SUSPICIOUS_RATIO: u64 = 200;
const SUSPICIOUS_FROM: u64 = 1024 * 1024;
/// Files in the archive. Excel writes about ten and one a sheet.
const MOST_PARTS: u64 = 500;
/// Longest name of a file in the archive, in bytes.
const LONGEST_NAME: usize = 255;
/// Shared strings that a workbook may announce: memory is reserved for them before they are read.
const MOST_STRINGS: usize = 200_000;

/// A zip archive of exactly the parts that a workbook's cells need, with true sizes.
///
/// Refuses whatever is not such a workbook, with what it is instead.
pub fn bounded(bytes: &[u8], file_name: &str, limits: &Limits) -> Result<Vec<u8>, Refused> {
    if bytes.is_empty() {
        return Err(Refused::Empty);
    }
    if bytes.len() > limits.file {
        return Err(Refused::TooLarge);
    }
    if !bytes.starts_with(b"PK\x03\x04") {
        return Err(foreign(bytes));
    }
    if entries_announced(bytes) > MOST_PARTS {
        return Err(Refused::Inflates);
    }
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| Refused::Corrupt)?;
    recognize(&archive, file_name)?;
    repack(&mut archive, limits)
}

/// What a file that is no zip archive is.
fn foreign(bytes: &[u8]) -> Refused {
    let starts = |magic: &[u8]| bytes.starts_with(magic);
    if starts(&[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]) {
        return of_compound_file(bytes);
    }
    if starts(b"%PDF") {
        return Refused::Foreign("PDFファイル");
    }
    if starts(b"PK") {
        return Refused::Corrupt;
    }
    if starts(b"\x89PNG") || starts(b"\xFF\xD8\xFF") || starts(b"GIF8") {
        return Refused::Foreign("画像ファイル");
    }
    let head = &bytes[..bytes.len().min(4096)];
    let text = String::from_utf8_lossy(head).to_ascii_lowercase();
    let visible = text.trim_start_matches('\u{feff}').trim_start();
    if visible.starts_with("<html") || visible.starts_with("<!doctype html") || visible.starts_with("<table") {
        return Refused::Foreign("Webページ（HTML）");
    }
    if visible.starts_with("<?xml") {
        return Refused::Foreign("XMLファイル");
    }
    // UTF-8 and Shift_JIS texts have no other control characters.
    if head.iter().all(|byte| *byte >= 0x20 || matches!(byte, b'\t' | b'\n' | b'\r')) {
        return Refused::Foreign("CSVなどのテキストファイル");
    }
    Refused::Foreign("種類の分からないファイル")
}

/// OLE: what Excel wrote until 2003, and what it writes around an encrypted workbook. The names of its streams are
/// UTF-16.
fn of_compound_file(bytes: &[u8]) -> Refused {
    let holds = |name: &str| {
        let wanted: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        bytes.windows(wanted.len()).any(|window| window == wanted)
    };
    if holds("EncryptedPackage") {
        Refused::Encrypted
    } else if holds("Workbook") || holds("Book") {
        Refused::OldExcel
    } else {
        Refused::Foreign("古い形式のOfficeファイル")
    }
}

/// The largest number of files that the archive may be taken to have.
///
/// The zip reader reserves memory for as many as the archive's end says, so that is looked at first. Where several
/// ends could be meant, all count.
fn entries_announced(bytes: &[u8]) -> u64 {
    let number = |at: usize, width: usize| {
        let field = bytes.get(at..at + width)?;
        Some(field.iter().rev().fold(0_u64, |number, byte| number << 8 | u64::from(*byte)))
    };
    let places = |from: usize, magic: &'static [u8]| {
        let found = bytes[from..].windows(magic.len()).enumerate();
        found.filter(move |(_, window)| *window == magic).map(move |(at, _)| from + at)
    };
    // The end has a comment of at most 65,535 bytes behind it.
    let tail = bytes.len().saturating_sub(22 + 65_535 + 20);
    let ends = places(tail, b"PK\x05\x06").filter_map(|at| number(at + 8, 2)?.max(number(at + 10, 2)?).into());
    let large = places(tail, b"PK\x06\x07").next().is_some();
    let ends64 = places(if large { 0 } else { bytes.len() }, b"PK\x06\x06")
        .filter_map(|at| number(at + 24, 8)?.max(number(at + 32, 8)?).into());
    // 0xFFFF means: see the other record.
    ends.filter(|count| *count < 0xFFFF || !large).chain(ends64).max().unwrap_or(0)
}

/// Which of the formats that are zip archives it is.
fn recognize(archive: &ZipArchive<Cursor<&[u8]>>, file_name: &str) -> Result<(), Refused> {
    let has = |wanted: &dyn Fn(&str) -> bool| archive.file_names().any(|name| wanted(&name.to_ascii_lowercase()));
    let extension = file_name.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
    if has(&|name| name.ends_with("vbaproject.bin") || name.contains("/macrosheets/"))
        || matches!(extension.as_str(), "xlsm" | "xltm" | "xlam")
    {
        return Err(Refused::Macro);
    }
    if has(&|name| name == "encryptedpackage") {
        return Err(Refused::Encrypted);
    }
    if has(&|name| name.ends_with("workbook.bin")) {
        return Err(Refused::BinaryExcel);
    }
    if has(&|name| name.ends_with("workbook.xml")) {
        return Ok(());
    }
    Err(if has(&|name| name.starts_with("word/")) {
        Refused::Foreign("Wordファイル")
    } else if has(&|name| name.starts_with("ppt/")) {
        Refused::Foreign("PowerPointファイル")
    } else if has(&|name| name == "content.xml") {
        Refused::Foreign("OpenDocument（.ods など）のファイル")
    } else {
        Refused::Foreign("圧縮ファイル（zip）")
    })
}

/// Inflates every part that cells may need, within the budget, and packs them without compression.
fn repack(archive: &mut ZipArchive<Cursor<&[u8]>>, limits: &Limits) -> Result<Vec<u8>, Refused> {
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    let mut packed = ZipWriter::new(Cursor::new(Vec::new()));
    let mut left = limits.content;
    for place in 0..archive.len() {
        let file = archive.by_index_raw(place).map_err(|_| Refused::Corrupt)?;
        if file.encrypted() {
            return Err(Refused::Encrypted);
        }
        let name = file.name().to_owned();
        drop(file);
        if !is_needed(&name) {
            continue;
        }
        // A name that leads out of the archive, or another archive inside, has no place in a workbook.
        if name.len() > LONGEST_NAME || name.split('/').any(|part| part == "..") || name.contains('\\') {
            return Err(Refused::Corrupt);
        }
        let file = archive.by_index(place).map_err(|_| Refused::Corrupt)?;
        let part = inflate(file, left.min(limits.part))?;
        left -= part.len() as u64;
        check_strings(&name, &part)?;
        // Two parts of one name would let two readers see two workbooks.
        packed.start_file(name, stored).map_err(|_| Refused::Corrupt)?;
        packed.write_all(&part).map_err(|_| Refused::Corrupt)?;
    }
    let packed = packed.finish().map_err(|_| Refused::Corrupt)?;
    Ok(packed.into_inner())
}

/// Only XML holds cells; pictures, themes and the author's data do not.
fn is_needed(name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    let holds_none = ["docprops/", "customxml/", "xl/theme/", "xl/drawings/", "xl/media/"];
    let is_xml = [".xml", ".rels"].iter().any(|extension| lower.ends_with(extension));
    is_xml && !holds_none.iter().any(|folder| lower.starts_with(folder))
}

/// Reads a part to its end, whatever size it states; its checksum is verified on the way.
fn inflate(file: ZipFile<'_, Cursor<&[u8]>>, limit: u64) -> Result<Vec<u8>, Refused> {
    let compressed = file.compressed_size();
    let mut part = Vec::new();
    file.take(limit + 1).read_to_end(&mut part).map_err(|_| Refused::Corrupt)?;
    let size = part.len() as u64;
    if size > limit || size > SUSPICIOUS_FROM && size / compressed.max(1) > SUSPICIOUS_RATIO {
        return Err(Refused::Inflates);
    }
    Ok(part)
}

/// The parser reserves memory for as many shared strings as the part announces.
fn check_strings(name: &str, part: &[u8]) -> Result<(), Refused> {
    const ANNOUNCED: &[u8] = b"uniqueCount";
    if !name.to_ascii_lowercase().ends_with("sharedstrings.xml") {
        return Ok(());
    }
    let places = part.windows(ANNOUNCED.len()).enumerate().filter(|(_, window)| *window == ANNOUNCED);
    for (at, _) in places {
        let rest = part[at + ANNOUNCED.len()..].trim_ascii_start();
        let Some(value) = rest.strip_prefix(b"=") else { continue };
        let Some((quote, value)) = value.trim_ascii_start().split_first() else { continue };
        let digits = value.split(|byte| byte == quote).next().unwrap_or_default();
        let number = str::from_utf8(digits).ok().and_then(|digits| digits.parse::<usize>().ok());
        if number.is_none_or(|number| number > MOST_STRINGS) {
            return Err(Refused::Corrupt);
        }
    }
    Ok(())
}
