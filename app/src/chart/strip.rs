//! Values on one scale, a strip a row: the own one dark and labelled, the others' as rings, a tick at their median.
//!
//! Marks that would cover each other are stacked, so that every one can be counted. Shapes say what colours say. A value
//! that is not determined has its mark at the least and a line to the greatest that it may be.

use std::collections::BTreeSet;

use super::axis::{Axis, Mark};
use super::drawing::{Anchor, Area, Drawing, TextStyle};
use super::palette::{GRID, INK, MUTED, Paint, Shape};
use super::scale::Scale;
use super::text::{kept_inside, text_width};
use super::{Frame, Layout};

/// Half a mark's width in units: the others', the own one, the own one of now.
const RING: i32 = 5;
const OWN: i32 = 8;
const NOW: i32 = 6;
/// From one stacked mark to the next.
const STEP: i32 = 2 * RING + 3;
/// Size of the labels at marks.
const LABEL: i32 = 13;

/// One strip.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Strip {
    /// What is compared.
    pub label: String,
    /// What is said at its right end, e.g. 「取組 21」.
    pub remark: String,
    /// The own value.
    pub own: Option<Mark>,
    /// The own value of now, where that is another.
    pub now: Option<Mark>,
    /// The others' values.
    pub peers: Vec<Mark>,
    /// Their median.
    pub median: Option<Mark>,
    /// What values are measured in; strips below each other that share an axis have it once.
    pub axis: Axis,
}

/// The strips, one below the other, in the order given; `own` is the name at the own mark.
pub fn strips(frame: Frame<'_>, title: &str, own: &str, strips: &[Strip]) -> String {
    let pixels = (OWN, frame.layout.width() - OWN);
    let mut drawing = Drawing::new(frame);
    let mut top = 0;
    for (place, strip) in strips.iter().enumerate() {
        top = draw(&mut drawing, frame.layout, &strip.axis.scale(pixels), top, own, strip);
        if strips.get(place + 1).is_none_or(|next| next.axis != strip.axis) {
            top = strip.axis.draw(&mut drawing, frame.layout, pixels, top);
        }
    }
    let description = match strips {
        [] => "比べられる値がありません。".to_owned(),
        strips => strips.iter().map(|strip| describe(own, strip)).collect(),
    };
    drawing.finish(frame, top.max(20), title, &description)
}

/// Draws a strip below `top` and says where the next begins.
fn draw(drawing: &mut Drawing, layout: Layout, scale: &Scale, top: i32, own: &str, strip: &Strip) -> i32 {
    let width = layout.width();
    drawing.text((0, top + 18), &strip.label, TextStyle::new(16, INK).bold());
    drawing.text((width, top + 18), &strip.remark, TextStyle::new(LABEL, MUTED).anchored(Anchor::End));
    let (first, last) = strip.axis.ends();
    let place = |mark: &Mark| scale.at(mark.at.clamp(first, last));
    let reach = |mark: &Mark| scale.at(mark.upper.unwrap_or(mark.at).clamp(first, last));
    let (own_at, now_at) = (strip.own.as_ref().map(place), strip.now.as_ref().map(place));
    let own_reach = strip.own.as_ref().map(reach);
    let median_at = strip.median.as_ref().map(place);
    let marks = [(own_at, own_reach, OWN), (now_at, now_at, NOW)];
    let taken: Vec<(i32, i32)> =
        marks.into_iter().filter_map(|(at, reach, half)| Some((at? - half, reach? + half))).collect();
    let rings = stacked(strip.peers.iter().map(|peer| (place(peer), reach(peer), peer)).collect(), &taken);
    let highest = rings.iter().map(|ring| ring.level).max().unwrap_or(0);
    let axis = top + 44 + STEP * highest + OWN;
    // The own label stands above whatever is stacked.
    if let (Some(x), Some(mark)) = (own_at, &strip.own) {
        let words = format!("{own} {}", mark.words);
        let middle = kept_inside(x, text_width(&words, 14), width);
        drawing.text((middle, top + 38), &words, TextStyle::new(14, INK).bold().anchored(Anchor::Middle));
        if highest > 0 {
            drawing.line((x, top + 42), (x, axis), MUTED, 1, true);
        }
    }
    drawing.rect(Area(scale.at(first), axis - 1, scale.at(last) - scale.at(first), 2), GRID);
    if let Some(x) = median_at {
        drawing.line((x, axis - OWN - 4), (x, axis + OWN + 4), INK, 3, false);
    }
    for Ring { from, to, level, of } in rings {
        let y = axis - STEP * level;
        drawing.told(&of.words, |drawing| {
            interval(drawing, (from, to), y, MUTED, 2);
            drawing.mark(Shape::Circle, (from, y), RING, MUTED, true);
        });
    }
    if let (Some(from), Some(to)) = (own_at, own_reach) {
        interval(drawing, (from, to), axis, INK, 4);
    }
    // Where nothing has changed, the own mark alone stands for both.
    if let Some(x) = now_at.filter(|x| Some(*x) != own_at) {
        drawing.mark(Shape::Square, (x, axis), NOW, INK, true);
    }
    if let Some(x) = own_at {
        drawing.mark(Shape::Diamond, (x, axis), OWN - 1, INK, false);
    }
    let median = strip.median.as_ref().map(|mark| format!("中央値 {}", mark.words));
    let now = strip.now.as_ref().map(|mark| match &strip.own {
        Some(_) => format!("今回 {}", mark.words),
        None => format!("{own} 今回 {}", mark.words),
    });
    let below = below(width, [(median_at, median), (now_at, now)]);
    let lines = below.iter().map(|(_, line, _)| line + 1).max().unwrap_or(0);
    for (x, line, words) in below {
        let style = TextStyle::new(LABEL, INK).anchored(Anchor::Middle);
        drawing.text((x, axis + 26 + 16 * line), &words, style);
    }
    axis + 14 + 16 * lines + 16
}

/// A line from the least that a value may be to the greatest, with an end to it; nothing where they are one.
fn interval(drawing: &mut Drawing, (from, to): (i32, i32), y: i32, paint: Paint, width: i32) {
    if to > from {
        drawing.line((from, y), (to, y), paint, width, false);
        drawing.line((to, y - RING), (to, y + RING), paint, 2, false);
    }
}

/// A ring's place on the axis, how far its interval reaches, and the level at which both cover nothing: 0 on the axis.
#[derive(Debug, PartialEq)]
struct Ring<T> {
    from: i32,
    to: i32,
    level: i32,
    of: T,
}

/// The rings with their levels. `taken` is what marks on the axis cover, from and to.
fn stacked<T>(mut places: Vec<(i32, i32, T)>, taken: &[(i32, i32)]) -> Vec<Ring<T>> {
    places.sort_by_key(|(from, ..)| *from);
    let mut rings: Vec<Ring<T>> = Vec::new();
    for (from, to, of) in places {
        let by_mark = taken.iter().any(|(least, most)| from <= most + RING && to >= least - RING);
        let near = rings.iter().filter(|ring| from - ring.to < 2 * RING + 1);
        let used: BTreeSet<i32> = near.map(|ring| ring.level).chain(by_mark.then_some(0)).collect();
        let highest = i32::try_from(used.len()).unwrap_or(i32::MAX);
        // One of so many levels is free.
        let level = (0..=highest).find(|level| !used.contains(level)).unwrap_or(highest);
        rings.push(Ring { from, to, level, of });
    }
    rings
}

/// Labels below the axis: their middle, their line and their words; those that would touch take a line each.
fn below(width: i32, labels: [(Option<i32>, Option<String>); 2]) -> Vec<(i32, i32, String)> {
    let mut placed: Vec<(i32, i32, String)> = Vec::new();
    for (at, words) in labels {
        let (Some(at), Some(words)) = (at, words) else { continue };
        let half = text_width(&words, LABEL) / 2;
        let x = kept_inside(at, 2 * half, width);
        let touches =
            |(other, _, there): &(i32, i32, String)| (x - other).abs() < half + text_width(there, LABEL) / 2 + 10;
        let line = i32::from(placed.iter().any(touches));
        placed.push((x, line, words));
    }
    placed
}

fn describe(own: &str, strip: &Strip) -> String {
    let mut words = vec![match &strip.own {
        Some(mark) => format!("{own}は{}", mark.words),
        None => format!("{own}の値はありません"),
    }];
    words.extend(strip.now.as_ref().map(|mark| format!("今回の回答は{}", mark.words)));
    words.extend(strip.median.as_ref().map(|mark| format!("比べた{}団体の中央値は{}", strip.peers.len(), mark.words)));
    let ends = (strip.peers.iter().min_by_key(|mark| mark.at), strip.peers.iter().max_by_key(|mark| mark.at));
    if let (Some(least), Some(most)) = ends {
        words.push(format!("最小{}、最大{}", least.words, most.words));
    }
    format!("{}：{}。", strip.label, words.join("、"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::share::Share;

    fn frame(layout: Layout) -> Frame<'static> {
        Frame { id: "strip", layout, demonstration: true, around: None }
    }

    fn share(numerator: u32) -> Mark {
        Mark::of_share(Share::new(numerator, 67)).unwrap()
    }

    fn sample() -> Strip {
        Strip {
            label: "すべての取組".to_owned(),
            remark: "取組 67".to_owned(),
            own: Some(share(30)),
            now: Some(share(35)),
            peers: [6, 12, 24, 30, 30, 30, 48].into_iter().map(share).collect(),
            median: Some(share(30)),
            axis: Axis::Share,
        }
    }

    #[test]
    fn every_mark_is_there_in_both_layouts_and_text_is_never_small() {
        for layout in [Layout::Wide, Layout::Narrow] {
            let svg = strips(frame(layout), "近い団体との比較", "弘前市", &[sample()]);
            assert_eq!(svg.matches("<circle").count(), 7);
            assert!(svg.contains(r#"role="img" aria-labelledby="strip-title strip-desc""#));
            assert!(
                svg.contains(
                    "弘前市は44.8％、今回の回答は52.2％、比べた7団体の中央値は44.8％、最小9.0％、最大71.6％。"
                )
            );
            for words in ["弘前市 44.8％", "中央値 44.8％", "今回 52.2％", "デモデータ（架空の回答）", "取組 67"]
            {
                assert!(svg.contains(&format!(">{words}</text>")), "{words}: {svg}");
            }
            assert!(!svg.contains("NaN") && !svg.contains(" style="));
            for size in svg.split("font-size=\"").skip(1) {
                let size: i32 = size.split('"').next().unwrap().parse().unwrap();
                assert!(size >= 12, "text of {size} units");
            }
        }
    }

    #[test]
    fn no_mark_covers_another() {
        let places = vec![(100, 100), (100, 140), (103, 103), (111, 111), (111, 111), (200, 230), (100, 100)];
        let taken = [(100 - OWN, 120 + OWN), (205 - NOW, 205 + NOW)];
        let rings = stacked(places.into_iter().map(|(from, to)| (from, to, ())).collect(), &taken);
        assert_eq!(rings.len(), 7);
        for (place, ring) in rings.iter().enumerate() {
            let apart = |from: i32, to: i32| ring.from - to > RING || from - ring.to > RING;
            assert!(ring.level > 0 || taken.iter().all(|(from, to)| apart(*from, *to)), "{rings:?}");
            for other in &rings[..place] {
                let clear = ring.from - other.to > 2 * RING || other.from - ring.to > 2 * RING;
                assert!(other.level != ring.level || clear, "{rings:?}");
            }
        }
        assert_eq!(stacked(vec![(50, 50, ())], &[]), [Ring { from: 50, to: 50, level: 0, of: () }]);
    }

    #[test]
    fn what_is_undetermined_is_drawn_from_its_least_to_its_greatest() {
        let open = |from: i32, to: i32| Mark { upper: Some(to), ..Mark::new(from, "x") };
        let lines = |own: Mark, peers: Vec<Mark>| {
            let strip = Strip { own: Some(own), peers, now: None, median: None, ..sample() };
            strips(frame(Layout::Wide), "成熟度", "弘前市", &[strip]).matches("<line").count()
        };
        let known = lines(Mark::new(100, "x"), vec![Mark::new(900, "x")]);
        assert_eq!(lines(open(100, 100), vec![Mark::new(900, "x")]), known);
        // A line and its end.
        assert_eq!(lines(open(100, 300), vec![Mark::new(900, "x")]), known + 2);
        assert_eq!(lines(open(100, 300), vec![open(700, 900)]), known + 4);
    }

    #[test]
    fn labels_below_the_axis_never_touch_and_stay_inside() {
        let words = || Some("中央値 44.8％".to_owned());
        let apart = below(720, [(Some(100), words()), (Some(500), words())]);
        assert_eq!(apart.iter().map(|(_, line, _)| *line).collect::<Vec<_>>(), [0, 0]);
        let near = below(720, [(Some(100), words()), (Some(110), words())]);
        assert_eq!(near.iter().map(|(_, line, _)| *line).collect::<Vec<_>>(), [0, 1]);
        for (x, ..) in below(288, [(Some(0), words()), (Some(288), words())]) {
            assert!(x > 40 && x < 248);
        }
    }

    #[test]
    fn what_is_not_there_is_not_drawn() {
        let empty = Strip { own: None, now: None, peers: Vec::new(), median: None, ..sample() };
        let svg = strips(frame(Layout::Wide), "比較", "弘前市", &[empty]);
        assert!(!svg.contains("<circle") && !svg.contains("中央値") && svg.contains("弘前市の値はありません。"));
        let svg = strips(frame(Layout::Wide), "比較", "弘前市", &[Strip { own: None, ..sample() }]);
        assert!(svg.contains(">弘前市 今回 52.2％</text>") && !svg.contains("<path"));
    }
}
