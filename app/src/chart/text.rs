//! Text laid out in the widths of Japanese: lines broken where Japanese may break, shortened where they do not fit.

use unicode_linebreak::linebreaks;
use unicode_width::UnicodeWidthChar as _;

/// Width of a text in units: the font (`BIZ UDGothic`) is half an em wide in ASCII and half-width kana and one em
/// elsewhere, characters of ambiguous width included.
pub fn text_width(text: &str, size: i32) -> i32 {
    text.chars().map(|character| char_width(character, size)).sum()
}

fn char_width(character: char, size: i32) -> i32 {
    match character.width_cjk() {
        Some(0) | None => 0,
        Some(1) => size.div_euclid(2) + size % 2,
        Some(_) => size,
    }
}

/// At most `lines` lines none of which is wider than `width`, broken where the Unicode line breaking algorithm (UAX 14,
/// 禁則処理 included) allows it, else within a word; what is left over becomes 「…」.
pub fn wrapped(text: &str, size: i32, width: i32, lines: usize) -> Vec<String> {
    let mut wrapped: Vec<String> = Vec::new();
    let mut rest = text.trim();
    while !rest.is_empty() {
        if wrapped.len() + 1 >= lines {
            wrapped.push(shortened(rest, size, width));
            break;
        }
        let (line, after) = rest.split_at(line_end(rest, size, width));
        wrapped.push(line.trim_end().to_owned());
        rest = after.trim_start();
    }
    wrapped
}

/// The text, cut and ended with 「…」 where it is wider than `width`.
pub fn shortened(text: &str, size: i32, width: i32) -> String {
    if text_width(text, size) <= width {
        return text.to_owned();
    }
    let mut room = width - size;
    let fits = |character: &char| {
        room -= char_width(*character, size);
        room >= 0
    };
    let mut short: String = text.chars().take_while(fits).collect();
    short.push('…');
    short
}

/// How many bytes of a text stand on its first line: one character at least.
fn line_end(text: &str, size: i32, width: i32) -> usize {
    let fits = |end: &usize| text_width(text[..*end].trim_end(), size) <= width;
    let opportunities = linebreaks(text).map(|(end, _)| end);
    if let Some(end) = opportunities.take_while(fits).last() {
        return end;
    }
    let ends = text.char_indices().map(|(at, character)| at + character.len_utf8());
    let first = text.chars().next().map_or(0, char::len_utf8);
    ends.take_while(fits).last().unwrap_or(first)
}

/// The middle of a text of that length that stays between 0 and `width`.
pub fn kept_inside(middle: i32, length: i32, width: i32) -> i32 {
    let half = length / 2 + 1;
    if 2 * half >= width { width / 2 } else { middle.clamp(half, width - half) }
}

/// Moves ascending places apart until no two are nearer than `gap`, none below `bottom` as far as there is room.
pub fn spread(wanted: &[i32], gap: i32, bottom: i32) -> Vec<i32> {
    let mut places = wanted.to_vec();
    for i in 1..places.len() {
        places[i] = places[i].max(places[i - 1] + gap);
    }
    let mut floor = bottom;
    for place in places.iter_mut().rev() {
        *place = (*place).min(floor);
        floor = *place - gap;
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_measured_in_characters() {
        assert_eq!(text_width("行政 77.5", 12), 24 + 5 * 6);
        assert_eq!(text_width("ｱｵﾓﾘ△", 12), 4 * 6 + 12);
    }

    #[test]
    fn lines_break_where_japanese_may_and_never_begin_with_a_closing_sign() {
        assert_eq!(
            wrapped("窓口のオンライン化（書かない窓口）", 10, 80, 3),
            ["窓口のオンライン", "化（書かない窓", "口）"]
        );
        assert_eq!(wrapped("実施している、または予定", 10, 60, 2), ["実施してい", "る、または…"]);
        for width in 10..200 {
            for line in wrapped("RPA・AI-OCRの導入、電子申請（ぴったりサービス）の活用。", 12, width, 9)
            {
                assert!(text_width(&line, 12) <= width.max(24), "{line} in {width}");
            }
        }
        assert_eq!(wrapped("", 12, 100, 2), Vec::<String>::new());
    }

    #[test]
    fn what_does_not_fit_ends_with_an_ellipsis_inside_the_width() {
        assert_eq!(shortened("五所川原市", 10, 50), "五所川原市");
        assert_eq!(shortened("五所川原市", 10, 49), "五所川…");
        assert!(text_width(&shortened("Aomori市町村", 13, 60), 13) <= 60);
    }

    #[test]
    fn labels_keep_their_distance_and_stay_above_the_axis() {
        assert_eq!(spread(&[100, 105, 200], 17, 330), [100, 117, 200]);
        assert_eq!(spread(&[320, 325, 328], 17, 330), [296, 313, 330]);
        assert_eq!(spread(&[50, 150], 17, 330), [50, 150]);
    }
}
