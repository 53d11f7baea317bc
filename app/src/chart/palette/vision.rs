//! The palette as it is seen with every type of colour vision, and in grey.
//!
//! Sources: G. M. Machado, M. M. Oliveira, L. A. F. Fernandes, “A Physiologically-based Model for Simulation of Color
//! Vision Deficiency”, *IEEE TVCG* 15 (2009), matrices of severity 1.0; contrast of WCAG 2.2; distances in CIE L*a*b* (1976).

use super::*;

/// Rows of the matrices on linear red, green and blue.
const VISIONS: [(&str, [[f64; 3]; 3]); 4] = [
    ("trichromacy", [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]),
    (
        "protanopia",
        [[0.152_286, 1.052_583, -0.204_868], [0.114_503, 0.786_281, 0.099_216], [-0.003_882, -0.048_116, 1.051_998]],
    ),
    (
        "deuteranopia",
        [[0.367_322, 0.860_646, -0.227_968], [0.280_085, 0.672_501, 0.047_413], [-0.011_820, 0.042_940, 0.968_881]],
    ),
    (
        "tritanopia",
        [[1.255_528, -0.076_749, -0.178_779], [-0.078_411, 0.930_809, 0.147_602], [0.004_733, 0.691_367, 0.303_900]],
    ),
];

/// Least distance of two categories: ten times what is just seen side by side.
const APART: f64 = 15.0;

/// The page's style, where the dark colours stand.
const STYLE: &str = include_str!("../../../style/10-color.css");

fn linear(color: &str) -> [f64; 3] {
    let digits = color.trim_start_matches('#');
    let full = if digits.len() == 3 { digits.chars().flat_map(|c| [c, c]).collect() } else { digits.to_owned() };
    [0, 2, 4].map(|at| {
        let part = f64::from(u8::from_str_radix(&full[at..at + 2], 16).unwrap()) / 255.0;
        if part <= 0.040_45 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    })
}

fn dot(row: [f64; 3], color: [f64; 3]) -> f64 {
    row.iter().zip(color).map(|(a, b)| a * b).sum()
}

/// Relative luminance: what a grey print keeps.
fn luminance(color: &str) -> f64 {
    dot([0.2126, 0.7152, 0.0722], linear(color))
}

fn contrast(one: &str, other: &str) -> f64 {
    let (a, b) = (luminance(one) + 0.05, luminance(other) + 0.05);
    a.max(b) / a.min(b)
}

fn seen(color: &str, vision: [[f64; 3]; 3]) -> [f64; 3] {
    let color = linear(color);
    let color = vision.map(|row| dot(row, color).clamp(0.0, 1.0));
    let tone = |t: f64| if t > 0.008_856 { t.cbrt() } else { 7.787 * t + 16.0 / 116.0 };
    let x = tone(dot([0.4124, 0.3576, 0.1805], color) / 0.950_47);
    let y = tone(dot([0.2126, 0.7152, 0.0722], color));
    let z = tone(dot([0.0193, 0.1192, 0.9505], color) / 1.088_83);
    [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
}

/// The least distance of two colours over all types of vision.
fn distance(one: &str, other: &str) -> (f64, &'static str) {
    let of = |(name, vision): (&'static str, [[f64; 3]; 3])| {
        let (a, b) = (seen(one, vision), seen(other, vision));
        (a.iter().zip(b).map(|(a, b)| (a - b).powi(2)).sum::<f64>().sqrt(), name)
    };
    VISIONS.map(of).into_iter().min_by(|a, b| a.0.total_cmp(&b.0)).unwrap()
}

/// What the dark page makes of a colour.
fn dark(paint: Paint) -> String {
    let names = ["page", "ink"];
    let name =
        if names.contains(&paint.name) { format!("--{}: ", paint.name) } else { format!("--chart-{}: ", paint.name) };
    let style = &STYLE[STYLE.find("prefers-color-scheme: dark").unwrap()..];
    let value = style.split(&name).nth(1).unwrap_or_else(|| panic!("{name} has no dark colour"));
    let value = value.split(';').next().unwrap();
    // Tokens that the dark palette refers to.
    match value {
        "var(--color-neutral-solid-gray-50)" => "#f2f2f2".to_owned(),
        color => color.to_owned(),
    }
}

fn light(paint: Paint) -> String {
    paint.color.to_owned()
}

const MODES: [fn(Paint) -> String; 2] = [light, dark];

#[test]
fn an_order_is_seen_with_every_vision_and_in_grey() {
    for mode in MODES {
        for of in 2..=8_u8 {
            let shades: Vec<String> = (0..of).map(|place| mode(Look::Stage { place, of }.ground().fill)).collect();
            for pair in shades.windows(2) {
                let grey = contrast(&pair[0], &pair[1]);
                let (apart, vision) = distance(&pair[0], &pair[1]);
                assert!(grey >= 1.25, "{pair:?} of {of} differ by {grey:.2} in grey");
                assert!(apart >= 8.0, "{pair:?} of {of} are {apart:.0} apart with {vision}");
            }
            let luminances: Vec<f64> = shades.iter().map(|shade| luminance(shade)).collect();
            assert!(luminances.is_sorted() || luminances.iter().rev().is_sorted(), "{shades:?} is no order");
        }
    }
}

#[test]
fn categories_are_told_apart_with_every_vision_and_neighbours_in_grey() {
    for mode in MODES {
        let colors: Vec<String> = (0..6).map(|number| mode(Look::Distinct(number).ground().fill)).collect();
        for (place, one) in colors.iter().enumerate() {
            let grey = contrast(one, &colors[(place + 1) % colors.len()]);
            assert!(grey >= 2.0, "{one} and its neighbour differ by {grey:.2} in grey");
            for other in &colors[..place] {
                let (apart, vision) = distance(one, other);
                assert!(apart >= APART, "{one} and {other} are {apart:.0} apart with {vision}");
            }
        }
    }
    // After the last colour, patterns tell what colours cannot.
    let looks: Vec<(Paint, Option<Pattern>)> =
        (0..30).map(|number| Look::Distinct(number).ground()).map(|ground| (ground.fill, ground.pattern)).collect();
    for (place, look) in looks.iter().enumerate() {
        assert!(!looks[..place].contains(look), "the look {place} comes twice");
    }
}

#[test]
fn fields_are_told_apart_with_every_vision_and_their_names_are_read() {
    let paints = Field::ALL.map(field_paint);
    for (place, one) in paints.iter().enumerate() {
        assert!(contrast(one.color, PAGE.color) >= 4.5, "{} on the page", one.color);
        for other in &paints[..place] {
            let (apart, vision) = distance(one.color, other.color);
            assert!(apart >= APART, "{} and {} are {apart:.0} apart with {vision}", one.name, other.name);
        }
    }
}

#[test]
fn words_on_every_surface_are_read() {
    for mode in MODES {
        let stages = (0..8).map(|place| Look::Stage { place, of: 8 });
        for look in stages.chain((0..6).map(Look::Distinct)) {
            let Ground { fill, on, .. } = look.ground();
            let read = contrast(&mode(fill), &mode(on));
            assert!(read >= 4.5, "{look:?}: {read:.1}");
        }
    }
    for paint in [INK, MUTED] {
        assert!(contrast(paint.color, PAGE.color) >= 4.5 && contrast(paint.color, TRACK.color) >= 4.5);
    }
}
