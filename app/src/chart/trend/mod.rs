//! The plan's years: the official indicator and the three fields, towards the plan's last year.
//!
//! A year known only as counts stands apart with hollow marks and, for the official indicator, an interval and
//! never a point. Lines join consecutive years of one definition only.

mod describe;
mod labels;

use shared::fiscal_year::FiscalYear;
use shared::indicator::{Field, Outcome};
use shared::share::Share;

use self::labels::{draw_labels, legend};
use super::drawing::{Anchor, Area, Drawing, TextStyle};
use super::palette::{GRID, INK, MUTED, PAGE, Paint, Shape, field_paint, field_shape};
use super::scale::Scale;
use super::{Frame, Layout};
use crate::figures::{Reference, Trend, TrendYear};

/// Draws the trend.
pub fn trend(frame: Frame<'_>, title: &str, trend: &Trend) -> String {
    let series = series_of(trend);
    let plot = Plot::new(frame.layout, trend, &series);
    let mut drawing = Drawing::new(frame);
    draw_axes(&mut drawing, &plot, trend);
    draw_target(&mut drawing, &plot, trend);
    if let Some(reference) = &trend.reference {
        draw_reference(&mut drawing, &plot, reference);
    }
    for line in series.iter().filter(|line| line.headline) {
        draw_band(&mut drawing, &plot, trend, line);
    }
    for line in &series {
        draw_series(&mut drawing, &plot, trend, line);
    }
    draw_labels(&mut drawing, &plot, &series);
    let height = match frame.layout {
        Layout::Wide => plot.bottom + 48,
        Layout::Narrow => legend(&mut drawing, plot.bottom + 62, &series),
    };
    drawing.finish(frame, height, title, &describe::description(trend))
}

/// One line: the official indicator or a field.
struct Series {
    name: String,
    paint: Paint,
    shape: Shape,
    headline: bool,
    points: Vec<(FiscalYear, Outcome)>,
}

fn series_of(trend: &Trend) -> Vec<Series> {
    let of_field = |year: &TrendYear, field: Field| {
        year.fields.iter().find(|(f, _)| *f == field).map(|(_, outcome)| (year.year, *outcome))
    };
    let fields = Field::ALL.into_iter().map(|field| Series {
        name: field.label().to_owned(),
        paint: field_paint(field),
        shape: field_shape(field),
        headline: false,
        points: trend.years.iter().filter_map(|year| of_field(year, field)).collect(),
    });
    let headline = Series {
        name: trend.headline.clone(),
        paint: INK,
        shape: Shape::Square,
        headline: true,
        points: trend.years.iter().map(|year| (year.year, year.headline)).collect(),
    };
    fields.chain([headline]).collect()
}

/// Where everything lies.
struct Plot {
    layout: Layout,
    left: i32,
    right: i32,
    bottom: i32,
    years: Scale,
    shares: Scale,
}

impl Plot {
    const TOP: i32 = 44;

    fn new(layout: Layout, trend: &Trend, series: &[Series]) -> Self {
        let (left, bottom, width) = match layout {
            Layout::Wide => (48, 330, layout.width()),
            Layout::Narrow => (38, 300, layout.width()),
        };
        let (first, last) = (i32::from(trend.first.year()), i32::from(trend.last.year()));
        let inset = match layout {
            Layout::Wide => 44,
            Layout::Narrow => 20,
        };
        // Labels stand beside the last point: room is needed only for what the years still to come do not give.
        let latest = trend.years.last().map_or(first, |year| i32::from(year.year.year()));
        let label = series.iter().map(|line| labels::width(layout, line)).max().unwrap_or(0) + 16;
        let ahead = last - latest;
        let span = (last - first).max(1);
        let unlabelled = width - left - 2 * inset;
        let free = unlabelled * ahead / span + inset;
        let right = width - (label - free).max(0);
        let pixels = (left + inset, right - inset);
        Self {
            layout,
            left,
            right,
            bottom,
            years: Scale::new((first, last), pixels),
            shares: Scale::of_shares((bottom, Self::TOP)),
        }
    }

    fn x(&self, year: FiscalYear) -> i32 {
        self.years.at(i32::from(year.year()))
    }

    /// Between a year and the one before, nearer to the later: the earlier one's words need the room.
    fn before(&self, year: FiscalYear) -> i32 {
        let year = i32::from(year.year());
        (self.years.at(year - 1) + 3 * self.years.at(year)) / 4
    }

    fn small(&self) -> i32 {
        match self.layout {
            Layout::Wide => 13,
            Layout::Narrow => 12,
        }
    }
}

fn draw_axes(drawing: &mut Drawing, plot: &Plot, trend: &Trend) {
    let small = TextStyle::new(plot.small(), MUTED);
    for permille in plot.shares.ticks(6) {
        let y = plot.shares.at(permille);
        let zero = permille == 0;
        drawing.line((plot.left, y), (plot.right, y), if zero { MUTED } else { GRID }, if zero { 2 } else { 1 }, false);
        let words = format!("{}{}", permille / 10, if permille == 1000 { "％" } else { "" });
        drawing.text((plot.left - 6, y + 5), &words, small.anchored(Anchor::End));
    }
    for year in trend.first.year()..=trend.last.year() {
        let Ok(year) = FiscalYear::new(year) else { continue };
        let middle = small.anchored(Anchor::Middle);
        let wareki = year.wareki();
        drawing.text((plot.x(year), plot.bottom + 20), &year.year().to_string(), middle);
        let era = wareki.trim_end_matches("年度");
        let era = if plot.layout == Layout::Narrow { era.replace("令和", "R") } else { era.to_owned() };
        drawing.text((plot.x(year), plot.bottom + 38), &era, middle);
    }
    for year in &trend.breaks {
        let x = plot.before(*year);
        drawing.line((x, 18), (x, plot.bottom), MUTED, 1, true);
        drawing.text((x + 6, 16), "ここから定義を変更", small);
    }
}

fn draw_target(drawing: &mut Drawing, plot: &Plot, trend: &Trend) {
    let Some((share, y)) = trend.target.and_then(|share| Some((share, plot.shares.at_share(share)?))) else { return };
    drawing.line((plot.left, y), (plot.right, y), INK, 2, true);
    let words = format!("目標 {share}（{}年度）", trend.last.year());
    drawing.text((plot.right, y - 6), &words, TextStyle::new(plot.small(), INK).anchored(Anchor::End));
}

fn draw_reference(drawing: &mut Drawing, plot: &Plot, reference: &Reference) {
    let small = TextStyle::new(plot.small(), MUTED);
    let (x, aside) = (plot.x(reference.year), if plot.layout == Layout::Wide { 22 } else { 8 });
    drawing.text((x, 16), "参考", small.anchored(Anchor::Middle));
    for count in &reference.counts {
        let Some(y) = plot.shares.at_share(Share::new(count.count, count.population)) else { continue };
        drawing.mark(field_shape(count.field), (x + aside, y), 5, field_paint(count.field), true);
    }
    let official = reference.intervals.iter().find(|interval| interval.definition.official);
    let ends = official.and_then(|interval| {
        Some((plot.shares.at_share(interval.bounds.lower)?, plot.shares.at_share(interval.bounds.upper)?))
    });
    let Some((lower, upper)) = ends else { return };
    drawing.hatched(Area(x - aside - 5, upper, 10, lower - upper));
    if let (Some(interval), Layout::Wide) = (official, plot.layout) {
        // The condition stands beside the interval: without it the numbers would say more than is known.
        let bounds = interval.bounds;
        let population = bounds.lower.denominator;
        let lines = [
            format!("{}〜{}", tenths(bounds.lower), bounds.upper),
            format!("全{population}団体が"),
            "回答したと".to_owned(),
            "仮定した値".to_owned(),
        ];
        drawing.rect(Area(x - aside + 7, upper, 74, 68), PAGE);
        for (line, y) in lines.iter().zip((upper + 12..).step_by(17)) {
            drawing.text((x - aside + 9, y), line, TextStyle::new(12, MUTED));
        }
    }
}

/// The bounds between consecutive years of one definition, from what is confirmed to all that is undetermined.
fn draw_band(drawing: &mut Drawing, plot: &Plot, trend: &Trend, series: &Series) {
    let placed = |(year, outcome): &(FiscalYear, Outcome)| {
        let (lower, upper) = (plot.shares.at_share(outcome.share())?, plot.shares.at_share(outcome.upper())?);
        Some((*year, plot.x(*year), lower, upper))
    };
    let points: Vec<_> = series.points.iter().filter_map(placed).collect();
    for pair in points.windows(2) {
        let [(earlier, from, from_lower, from_upper), (later, to, to_lower, to_upper)] = pair else { continue };
        if joined(trend, *earlier, *later) && (from_upper < from_lower || to_upper < to_lower) {
            let band = format!("M{from} {from_lower}L{from} {from_upper}L{to} {to_upper}L{to} {to_lower}Z");
            drawing.band(&band);
        }
    }
}

/// Whether a line leads from one year to the other: the next one, under the same definition.
fn joined(trend: &Trend, earlier: FiscalYear, later: FiscalYear) -> bool {
    later.year() == earlier.year() + 1 && !trend.breaks.contains(&later)
}

fn draw_series(drawing: &mut Drawing, plot: &Plot, trend: &Trend, series: &Series) {
    let placed = |(year, outcome): &(FiscalYear, Outcome)| {
        plot.shares.at_share(outcome.share()).map(|y| (*year, (plot.x(*year), y), *outcome))
    };
    let points: Vec<_> = series.points.iter().filter_map(placed).collect();
    let width = if series.headline { 3 } else { 2 };
    for pair in points.windows(2) {
        let [(earlier, from, _), (later, to, _)] = pair else { continue };
        if joined(trend, *earlier, *later) {
            drawing.line(*from, *to, series.paint, width, false);
        }
    }
    for (_, (x, y), outcome) in points {
        if let Some(upper) = plot.shares.at_share(outcome.upper()).filter(|upper| *upper < y) {
            drawing.line((x, y), (x, upper), series.paint, 1, false);
            drawing.line((x - 4, upper), (x + 4, upper), series.paint, 1, false);
        }
        drawing.mark(series.shape, (x, y), if series.headline { 5 } else { 4 }, series.paint, false);
    }
}

/// 「67.5」: a share whose unit stands elsewhere.
fn tenths(share: Share) -> String {
    share.to_string().trim_end_matches('％').to_owned()
}
