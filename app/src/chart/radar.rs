//! Values on axes around a centre, the own ones as a dark shape over the dashed one that they are compared with.
//!
//! A radar is hard to read: areas grow with the square of values and depend on the order of the axes. It is drawn because
//! officials ask for it, says so, and is never the only picture of its values.

use super::axis::{Axis, Mark};
use super::drawing::{Anchor, Drawing, TextStyle};
use super::palette::{GRID, INK, MUTED, Shape};
use super::text::{shortened, wrapped};
use super::{Frame, Layout};

/// Size of labels.
const LABEL: i32 = 13;
/// More axes than this have numbers at their ends and their names below: names would cover each other.
const MOST_NAMED: usize = 6;

/// Values on axes around a centre.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Radar {
    /// What values are measured in.
    pub axis: Axis,
    /// The axes, clockwise from the top.
    pub spokes: Vec<Spoke>,
    /// The name of the own values.
    pub own: String,
    /// The name of what they are compared with, e.g. 「中央値」.
    pub compared: String,
}

/// One axis.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spoke {
    /// Its name.
    pub label: String,
    /// The own value.
    pub own: Option<Mark>,
    /// The value it is compared with.
    pub compared: Option<Mark>,
}

/// The circle on which values lie.
struct Circle {
    centre: (i32, i32),
    radius: i32,
    spokes: usize,
}

impl Circle {
    /// The point on a spoke at a part of the radius, in thousandths.
    fn point(&self, spoke: usize, permille: i32) -> (i32, i32) {
        let turn = self.angle(spoke);
        let length = f64::from(self.radius) * f64::from(permille) / 1000.0;
        (self.centre.0 + whole(length * turn.sin()), self.centre.1 - whole(length * turn.cos()))
    }

    /// Clockwise from the top, in radians.
    #[expect(clippy::cast_precision_loss, reason = "spokes are few")]
    fn angle(&self, spoke: usize) -> f64 {
        std::f64::consts::TAU * spoke as f64 / self.spokes.max(1) as f64
    }

    /// A closed path through values; broken where one is missing.
    fn path(&self, values: &[Option<i32>]) -> String {
        let mut path = String::new();
        let mut joined = false;
        for spoke in 0..=values.len() {
            let at = spoke % values.len().max(1);
            let Some(permille) = values.get(at).copied().flatten() else {
                joined = false;
                continue;
            };
            let (x, y) = self.point(at, permille);
            path.push(if joined { 'L' } else { 'M' });
            path.extend([x.to_string(), " ".to_owned(), y.to_string()]);
            joined = true;
        }
        path
    }
}

#[expect(clippy::cast_possible_truncation, reason = "within the picture")]
fn whole(units: f64) -> i32 {
    units.round() as i32
}

/// Draws the axes with both shapes.
pub fn radar(frame: Frame<'_>, title: &str, radar: &Radar) -> String {
    let width = frame.layout.width();
    let radius = match frame.layout {
        Layout::Wide => 150,
        Layout::Narrow => 76,
    };
    let numbered = radar.spokes.len() > MOST_NAMED;
    // Names that have no room at their axes stand beside the circle where there is room, else below it.
    let middle = if numbered && frame.layout == Layout::Wide { radius + 40 } else { width / 2 };
    let circle = Circle { centre: (middle, radius + 64), radius, spokes: radar.spokes.len() };
    let mut drawing = Drawing::new(frame);
    for ring in [250, 500, 750, 1000] {
        let ring: Vec<Option<i32>> = radar.spokes.iter().map(|_| Some(ring)).collect();
        drawing.path(&circle.path(&ring), GRID, 1, false);
    }
    for (place, spoke) in radar.spokes.iter().enumerate() {
        drawing.line(circle.centre, circle.point(place, 1000), GRID, 1, false);
        if numbered {
            draw_number(&mut drawing, &circle, place);
        } else {
            draw_label(&mut drawing, &circle, place, &spoke.label, width);
        }
    }
    let (from, to) = radar.axis.ends();
    let permille = |mark: &Option<Mark>| {
        mark.as_ref().map(|mark| {
            let part =
                1000 * (i64::from(mark.at.clamp(from, to)) - i64::from(from)) / (i64::from(to) - i64::from(from));
            i32::try_from(part).unwrap_or(0)
        })
    };
    let compared: Vec<Option<i32>> = radar.spokes.iter().map(|spoke| permille(&spoke.compared)).collect();
    let own: Vec<Option<i32>> = radar.spokes.iter().map(|spoke| permille(&spoke.own)).collect();
    drawing.path(&circle.path(&compared), MUTED, 2, true);
    drawing.path(&circle.path(&own), INK, 3, false);
    for (place, spoke) in radar.spokes.iter().enumerate() {
        drawing.told(&words(radar, spoke), |drawing| {
            if let Some(permille) = compared[place] {
                drawing.mark(Shape::Circle, circle.point(place, permille), 4, MUTED, true);
            }
            if let Some(permille) = own[place] {
                drawing.mark(Shape::Diamond, circle.point(place, permille), 5, INK, false);
            }
        });
    }
    let below = circle.centre.1 + radius;
    let mut y = match (numbered, frame.layout) {
        (false, _) => below + 84,
        (true, Layout::Wide) => {
            let beside = (circle.centre.0 + radius + 56, circle.centre.1 - radius);
            draw_names(&mut drawing, &radar.spokes, beside, width).max(below + 34) + 18
        }
        (true, Layout::Narrow) => draw_names(&mut drawing, &radar.spokes, (0, below + 52), width) + 10,
    };
    let ends = (radar.axis.words(from), radar.axis.words(to));
    let lines = [
        format!("◆ 実線 {}、○ 破線 {}", radar.own, radar.compared),
        format!("中心が{}、外側が{}", ends.0, ends.1),
        "面積は値に比例しません。比べるときは表を見てください。".to_owned(),
    ];
    for line in lines.iter().flat_map(|line| wrapped(line, LABEL, width, 2)) {
        drawing.text((0, y), &line, TextStyle::new(LABEL, MUTED));
        y += 18;
    }
    let description: Vec<String> = radar.spokes.iter().map(|spoke| format!("{}。", words(radar, spoke))).collect();
    let description = if description.is_empty() {
        "表示できる値がありません。".to_owned()
    } else {
        description.concat()
    };
    drawing.finish(frame, y - 8, title, &description)
}

/// Writes an axis's number outside it.
fn draw_number(drawing: &mut Drawing, circle: &Circle, place: usize) {
    let (x, y) = circle.point(place, 1000 + 1000 * 16 / circle.radius);
    let style = TextStyle::new(LABEL, INK).anchored(Anchor::Middle);
    drawing.text((x, y + 5), &(place + 1).to_string(), style);
}

/// Writes what the numbers stand for, a line each, from there on; gives where the next line is.
fn draw_names(drawing: &mut Drawing, spokes: &[Spoke], (x, top): (i32, i32), width: i32) -> i32 {
    let mut y = top;
    for (number, spoke) in (1..).zip(spokes) {
        drawing.text(
            (x, y),
            &shortened(&format!("{number} {}", spoke.label), LABEL, width - x),
            TextStyle::new(LABEL, INK),
        );
        y += 18;
    }
    y
}

/// Writes a name outside its axis, in lines that stay inside the picture.
fn draw_label(drawing: &mut Drawing, circle: &Circle, place: usize, label: &str, width: i32) {
    let (x, y) = circle.point(place, 1000);
    let away = circle.angle(place).sin();
    let (anchor, x) = if away > 0.2 {
        (Anchor::Start, x + 8)
    } else if away < -0.2 {
        (Anchor::End, x - 8)
    } else {
        (Anchor::Middle, x)
    };
    let room = match anchor {
        Anchor::Start => width - x,
        Anchor::End => x,
        Anchor::Middle => 2 * circle.radius,
    };
    let lines = wrapped(label, LABEL, room, 3);
    let height = 16 * i32::try_from(lines.len()).unwrap_or(1);
    let first = match anchor {
        Anchor::Middle if y < circle.centre.1 => y - height + 8,
        Anchor::Middle => y + 18,
        Anchor::Start | Anchor::End => y - height / 2 + 12,
    };
    for (line, y) in lines.iter().zip((first..).step_by(16)) {
        drawing.text((x, y), line, TextStyle::new(LABEL, INK).anchored(anchor));
    }
}

fn words(radar: &Radar, spoke: &Spoke) -> String {
    let said = |mark: &Option<Mark>| mark.as_ref().map_or_else(|| "値なし".to_owned(), |mark| mark.words.clone());
    let (own, compared) = (said(&spoke.own), said(&spoke.compared));
    format!("{}：{} {own}、{} {compared}", spoke.label, radar.own, radar.compared)
}
