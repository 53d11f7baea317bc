//! The pictures: each in both layouts, and what they must never draw.

use app::chart::bars::{Bar, bars};
use app::chart::tile_map::tile_map;
use app::chart::trend::trend;
use app::chart::{Frame, Layout};
use app::figures::{FieldCount, Places};
use app::pages::home::map_values;
use shared::indicator::Outcome;
use shared::share::Share;

use super::sample::{by_region, places, published, year};

fn frame(layout: Layout) -> Frame<'static> {
    Frame { id: "sample", layout, demonstration: true, around: None }
}

/// One element a line, checked against the rules of every picture.
fn checked(svg: &str) -> String {
    assert!(!svg.contains("NaN") && !svg.contains(" style="));
    assert!(svg.contains(r#"role="img" aria-labelledby="sample-title sample-desc""#));
    assert!(svg.contains("デモデータ（架空の回答）"));
    for size in svg.split("font-size=\"").skip(1) {
        let size: u32 = size.split('"').next().unwrap().parse().unwrap();
        assert!(size >= 12, "text of {size} units");
    }
    svg.replace("><", ">\n<")
}

#[test]
fn a_suppressed_bar_has_no_length_and_nothing_counted_has_no_bar() {
    let Places::ByRegion(regions) = by_region() else { panic!("regions were asked for") };
    assert!(regions.iter().any(|region| region.outcome.is_none()));
    let bar = |outcome| Bar { label: "東青".to_owned(), field: None, outcome, remark: String::new() };
    let suppressed = checked(&bars(frame(Layout::Wide), "地域", &[bar(None)]));
    assert!(suppressed.contains("秘匿") && !suppressed.contains("fill-ramp-6"));
    let empty = checked(&bars(frame(Layout::Wide), "地域", &[bar(Some(Outcome::default()))]));
    assert!(empty.contains("－") && !empty.contains("fill-ramp-6"));
}

#[test]
fn a_target_is_drawn_only_where_one_was_entered() {
    let mut sample = published().trend;
    assert!(!trend(frame(Layout::Wide), "推移", &sample).contains("目標"));
    sample.target = Some(Share::new(36, 40));
    assert!(checked(&trend(frame(Layout::Wide), "推移", &sample)).contains("目標 90.0％（2028年度）"));
}

#[test]
fn lines_join_only_consecutive_years_of_one_definition() {
    let lines = |svg: &str| svg.matches(r#"stroke-width="3""#).count();
    let mut sample = published().trend;
    assert_eq!(lines(&trend(frame(Layout::Wide), "推移", &sample)), 2);
    sample.breaks.push(year(2025));
    assert_eq!(lines(&trend(frame(Layout::Wide), "推移", &sample)), 1);
    sample.breaks.pop();
    sample.years.remove(1);
    assert_eq!(lines(&trend(frame(Layout::Wide), "推移", &sample)), 0);
}

#[test]
fn a_trend_without_any_year_is_drawn_without_points() {
    let mut sample = published().trend;
    sample.years.clear();
    sample.reference = None;
    let svg = checked(&trend(frame(Layout::Wide), "推移", &sample));
    assert!(!svg.contains("<circle") && !svg.contains("fill-administration"));
}

#[test]
fn the_tile_map_shades_what_is_certain() {
    insta::assert_snapshot!("tile_map", checked(&tile_map(frame(Layout::Wide), "市町村", &map_values(&places()))));
    let of = |name: &str| FieldCount::of(places().iter().find(|p| p.municipality.name == name).unwrap());
    assert_eq!(of("階上町"), FieldCount::NotSubmitted);
    assert_eq!(of("藤崎町"), FieldCount::Between(0, 1));
    assert_eq!(of("青森市"), FieldCount::Known(3));
}
