//! Which encoding a file is in, and its text. What fits two encodings is not guessed.

use std::borrow::Cow;
use std::fmt;

use encoding_rs::{SHIFT_JIS, UTF_16BE, UTF_16LE};

/// The encodings that public tables come in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8
    Utf8,
    /// UTF-8 with a byte order mark (Excel's 「CSV UTF-8」).
    Utf8Bom,
    /// UTF-16, low byte first (Excel's 「Unicodeテキスト」).
    Utf16Le,
    /// UTF-16, high byte first.
    Utf16Be,
    /// CP932: Microsoft's `Shift_JIS` (Excel's 「CSV」 on Japanese Windows).
    Cp932,
}

impl Encoding {
    /// What may be asked for by name.
    pub const NAMED: [Self; 4] = [Self::Utf8, Self::Cp932, Self::Utf16Le, Self::Utf16Be];

    /// The name on the command line.
    pub fn code(self) -> &'static str {
        match self {
            Self::Utf8 | Self::Utf8Bom => "utf-8",
            Self::Utf16Le => "utf-16le",
            Self::Utf16Be => "utf-16be",
            Self::Cp932 => "cp932",
        }
    }

    /// The encoding of that name.
    pub fn of_code(code: &str) -> Option<Self> {
        Self::NAMED.into_iter().find(|encoding| encoding.code() == code)
    }

    /// The byte order mark that says it.
    fn mark(self) -> &'static [u8] {
        match self {
            Self::Utf8 | Self::Cp932 => &[],
            Self::Utf8Bom => &[0xef, 0xbb, 0xbf],
            Self::Utf16Le => &[0xff, 0xfe],
            Self::Utf16Be => &[0xfe, 0xff],
        }
    }

    /// The text, if every byte fits.
    fn text(self, bytes: &[u8]) -> Option<Cow<'_, str>> {
        match self {
            Self::Utf8 | Self::Utf8Bom => std::str::from_utf8(bytes).ok().map(Cow::Borrowed),
            Self::Utf16Le => UTF_16LE.decode_without_bom_handling_and_without_replacement(bytes),
            Self::Utf16Be => UTF_16BE.decode_without_bom_handling_and_without_replacement(bytes),
            Self::Cp932 => SHIFT_JIS.decode_without_bom_handling_and_without_replacement(bytes),
        }
    }
}

/// 「UTF-8（BOM付き）」
impl fmt::Display for Encoding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Utf8 => "UTF-8",
            Self::Utf8Bom => "UTF-8（BOM付き）",
            Self::Utf16Le => "UTF-16（リトルエンディアン）",
            Self::Utf16Be => "UTF-16（ビッグエンディアン）",
            Self::Cp932 => "CP932（Shift_JIS）",
        })
    }
}

/// Why the bytes are no text, or not surely one.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EncodingError {
    /// Nothing in it.
    #[error("ファイルが空です。")]
    Empty,
    /// A workbook.
    #[error("Excelのブックです。Excelで「CSV UTF-8（コンマ区切り）」として保存し、そのファイルを指定してください。")]
    Workbook,
    /// It fits several.
    #[error("文字コードを1つに決められません。--encoding で指定してください（候補: {}）。", names(.0))]
    Ambiguous(Vec<Encoding>),
    /// It fits none.
    #[error(
        "文字コードがわかりません（{utf8}行目がUTF-8でなく、{cp932}行目がCP932でもありません）。UTF-8のCSVで保存し直してください。"
    )]
    Unknown {
        /// First line that is not UTF-8.
        utf8: u64,
        /// First line that is not CP932.
        cp932: u64,
    },
    /// As CP932 it would be half-width katakana for the most part: nobody writes so, and EUC-JP looks so.
    #[error(
        "CP932（Shift_JIS）として読むと、ほとんどが半角カタカナになります。EUC-JPなど、別の文字コードのファイルかもしれません。UTF-8で保存し直してください。半角カタカナで正しければ、--encoding cp932 を指定してください。"
    )]
    HalfWidth,
    /// Control bytes that are in no text.
    #[error("文字でないデータが含まれています。CSVファイルを指定してください。")]
    Binary,
    /// It is not in the encoding that was given.
    #[error("{line}行目に、{encoding} として読めないところがあります。--encoding の指定を確認してください。")]
    Malformed {
        /// As given.
        encoding: Encoding,
        /// First line that does not fit.
        line: u64,
    },
    /// The byte order mark says something else than what was given.
    #[error(
        "ファイルの先頭の印（BOM）は {marked} ですが、--encoding は {given} です。--encoding を付けずに実行してください。"
    )]
    Contradiction {
        /// By the mark.
        marked: Encoding,
        /// By the flag.
        given: Encoding,
    },
}

fn names(encodings: &[Encoding]) -> String {
    encodings.iter().map(|encoding| encoding.code()).collect::<Vec<_>>().join("、")
}

/// The text without its byte order mark, and the encoding it was read in.
pub fn decode(bytes: &[u8], given: Option<Encoding>) -> Result<(Encoding, String), EncodingError> {
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
        return Err(EncodingError::Workbook);
    }
    let marked = [Encoding::Utf8Bom, Encoding::Utf16Le, Encoding::Utf16Be];
    let marked = marked.into_iter().find(|encoding| bytes.starts_with(encoding.mark()));
    let encoding = match (marked, given) {
        (Some(marked), Some(given)) if marked.code() != given.code() => {
            return Err(EncodingError::Contradiction { marked, given });
        }
        (Some(encoding), _) | (None, Some(encoding)) => encoding,
        (None, None) => detect(bytes)?,
    };
    let body = if marked.is_some() { &bytes[encoding.mark().len()..] } else { bytes };
    let malformed = || EncodingError::Malformed { encoding, line: line_of_fault(encoding, body) };
    let text = encoding.text(body).ok_or_else(malformed)?;
    if text.trim().is_empty() {
        return Err(EncodingError::Empty);
    }
    if text.contains('\0') {
        return Err(EncodingError::Binary);
    }
    Ok((encoding, text.into_owned()))
}

/// The one encoding that bytes without a mark are in.
fn detect(bytes: &[u8]) -> Result<Encoding, EncodingError> {
    if bytes.contains(&0) {
        let fits = |encoding: &Encoding| encoding.text(bytes).is_some_and(|text| !text.contains('\0'));
        let fitting: Vec<Encoding> = [Encoding::Utf16Le, Encoding::Utf16Be].into_iter().filter(fits).collect();
        return Err(if fitting.is_empty() { EncodingError::Binary } else { EncodingError::Ambiguous(fitting) });
    }
    let cp932 = Encoding::Cp932.text(bytes);
    match (Encoding::Utf8.text(bytes), cp932.is_some()) {
        // Half-width katakana of CP932 may be Latin letters of UTF-8; a Japanese character by chance is three bytes long.
        (Some(text), true) if !text.is_ascii() && !text.chars().any(is_japanese) => {
            Err(EncodingError::Ambiguous(vec![Encoding::Utf8, Encoding::Cp932]))
        }
        (Some(_), _) => Ok(Encoding::Utf8),
        (None, true) if cp932.is_some_and(|text| is_mostly_half_width(&text)) => Err(EncodingError::HalfWidth),
        (None, true) => Ok(Encoding::Cp932),
        (None, false) => Err(EncodingError::Unknown {
            utf8: line_of_fault(Encoding::Utf8, bytes),
            cp932: line_of_fault(Encoding::Cp932, bytes),
        }),
    }
}

/// Whether more than half of what is not ASCII is half-width katakana.
fn is_mostly_half_width(text: &str) -> bool {
    let (mut all, mut half) = (0_usize, 0_usize);
    for letter in text.chars().filter(|letter| !letter.is_ascii()) {
        all += 1;
        half += usize::from(matches!(letter, '\u{ff61}'..='\u{ff9f}'));
    }
    2 * half > all
}

fn is_japanese(c: char) -> bool {
    matches!(c, '\u{3000}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ff00}'..='\u{ffef}')
}

/// The first line with bytes that do not fit, counted from 1. In all of these encodings a line ends where a character
/// does.
fn line_of_fault(encoding: Encoding, bytes: &[u8]) -> u64 {
    let line_feed: &[u8] = match encoding {
        Encoding::Utf8 | Encoding::Utf8Bom | Encoding::Cp932 => b"\n",
        Encoding::Utf16Le => &[b'\n', 0],
        Encoding::Utf16Be => &[0, b'\n'],
    };
    let (mut begin, mut line) = (0, 1);
    for (at, unit) in bytes.chunks(line_feed.len()).enumerate() {
        if unit == line_feed {
            let end = (at + 1) * line_feed.len();
            if encoding.text(&bytes[begin..end]).is_none() {
                break;
            }
            (begin, line) = (end, line + 1);
        }
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &str = "code,市町村名,値\n022012,青森市,あり\n";

    fn utf16(text: &str, low_first: bool) -> Vec<u8> {
        text.encode_utf16().flat_map(|unit| if low_first { unit.to_le_bytes() } else { unit.to_be_bytes() }).collect()
    }

    fn with_mark(mark: &[u8], body: &[u8]) -> Vec<u8> {
        [mark, body].concat()
    }

    fn cp932(text: &str) -> Vec<u8> {
        SHIFT_JIS.encode(text).0.into_owned()
    }

    #[test]
    fn every_encoding_that_excel_writes_is_recognized() {
        for (encoding, bytes) in [
            (Encoding::Utf8, TABLE.as_bytes().to_vec()),
            (Encoding::Utf8Bom, with_mark(&[0xef, 0xbb, 0xbf], TABLE.as_bytes())),
            (Encoding::Utf16Le, with_mark(&[0xff, 0xfe], &utf16(TABLE, true))),
            (Encoding::Utf16Be, with_mark(&[0xfe, 0xff], &utf16(TABLE, false))),
            (Encoding::Cp932, cp932(TABLE)),
        ] {
            assert_eq!(decode(&bytes, None), Ok((encoding, TABLE.to_owned())), "{encoding}");
        }
        let ascii = "code,a\n022012,1\n";
        assert_eq!(decode(ascii.as_bytes(), None), Ok((Encoding::Utf8, ascii.to_owned())));
    }

    #[test]
    fn characters_of_windows_survive() {
        let text = "code,値\n1,①㈱髙﨑～\n";
        assert_eq!(decode(&cp932(text), None).unwrap().1, text);
    }

    #[test]
    fn what_fits_two_encodings_is_asked_and_then_read_as_told() {
        // ﾃｱ in CP932, ñ in UTF-8.
        let bytes = b"code,a\n022012,\xc3\xb1\n";
        let error = decode(bytes, None).unwrap_err();
        assert_eq!(error, EncodingError::Ambiguous(vec![Encoding::Utf8, Encoding::Cp932]));
        assert!(error.to_string().contains("utf-8、cp932"));
        assert!(decode(bytes, Some(Encoding::Utf8)).unwrap().1.contains('ñ'));
        assert!(decode(bytes, Some(Encoding::Cp932)).unwrap().1.contains("ﾃｱ"));
        // UTF-16 without a mark is never guessed either.
        assert!(matches!(decode(&utf16(TABLE, true), None), Err(EncodingError::Ambiguous(_))));
        assert_eq!(decode(&utf16(TABLE, true), Some(Encoding::Utf16Le)).unwrap().1, TABLE);
    }

    #[test]
    fn euc_jp_is_never_taken_for_half_width_katakana() {
        let (bytes, _, _) = encoding_rs::EUC_JP.encode("code,市町村名\n022012,青森市\n");
        assert_eq!(decode(&bytes, None), Err(EncodingError::HalfWidth));
        assert!(decode(&bytes, Some(Encoding::Cp932)).is_ok(), "as told");
        // A column of half-width katakana among others is no reason to ask.
        let text = "市町村名,読み\n青森市役所企画政策部,ｱｵﾓﾘ\n";
        assert_eq!(decode(&cp932(text), None), Ok((Encoding::Cp932, text.to_owned())));
    }

    #[test]
    fn what_is_no_text_is_refused_with_its_line() {
        assert_eq!(decode(b"", None), Err(EncodingError::Empty));
        assert_eq!(decode(&[0xef, 0xbb, 0xbf], None), Err(EncodingError::Empty));
        assert_eq!(decode(b" \r\n\n", None), Err(EncodingError::Empty));
        assert_eq!(decode(b"PK\x03\x04rest", None), Err(EncodingError::Workbook));
        assert_eq!(decode(&[0x89, b'P', 0, 1, 0, 0, 0], None), Err(EncodingError::Binary));
        assert_eq!(decode(b"a,b\n1,\xff\xff\n", None), Err(EncodingError::Unknown { utf8: 2, cp932: 2 }));
        let malformed = EncodingError::Malformed { encoding: Encoding::Utf8, line: 1 };
        assert_eq!(decode(&cp932(TABLE), Some(Encoding::Utf8)), Err(malformed));
        let marked = with_mark(&[0xff, 0xfe], &utf16(TABLE, true));
        assert!(matches!(decode(&marked, Some(Encoding::Cp932)), Err(EncodingError::Contradiction { .. })));
        let half = &marked[..marked.len() - 1];
        let malformed = EncodingError::Malformed { encoding: Encoding::Utf16Le, line: 2 };
        assert_eq!(decode(half, None), Err(malformed));
    }

    #[test]
    fn names_lead_back_to_their_encoding() {
        for encoding in Encoding::NAMED {
            assert_eq!(Encoding::of_code(encoding.code()), Some(encoding));
        }
        assert_eq!(Encoding::of_code("euc-jp"), None);
    }
}
