//! 市町村の境界: GeoJSON (RFC 7946) or TopoJSON, keyed by municipality code.
//!
//! A feature's code is its `id`, or one of the usual properties ([`CODE_PROPERTIES`]); five digits get their check digit,
//! six are verified. Features of one municipality are put together. Positions are degrees, as both formats want it.
//!
//! Nothing is kept of a file before it is counted: neither features nor positions are without bound.
//!
//! - [`geojson`], [`topojson`]: either format to features with rings
//! - [`nested`]: positions in lists of lists; [`codes`]: what may be a code

mod codes;
mod geojson;
mod nested;
mod topojson;

use std::collections::BTreeMap;

use serde::Deserialize;
use shared::boundary::simplification::simplified;
use shared::boundary::{BoundaryArea, Position, Ring};
use shared::municipality::MunicipalityCode;

use self::codes::{Codes, Written};
use super::ImportError;
use super::fault::Faults;
use super::register::Register;

/// Largest file, in bytes: the boundaries of the whole country in some detail.
pub const LARGEST_FILE: u64 = 64 * 1024 * 1024;

/// Most positions: a file of the largest size has fewer where they have three decimals.
pub const MOST_POSITIONS: usize = 5_000_000;

/// Most features: the whole country, an island each, has less than half of them.
pub const MOST_FEATURES: usize = 300_000;

/// Properties that hold the code where a feature has no `id`, in this order (`N03_007`: 国土数値情報 行政区域データ).
pub const CODE_PROPERTIES: [&str; 5] = ["code", "code6", "code5", "N03_007", "市区町村コード"];

/// Where Japan lies, in hundred-thousandths of a degree: what lies elsewhere is no longitude and latitude.
const JAPAN: [(i32, i32); 2] = [(12_000_000, 15_500_000), (2_000_000, 4_700_000)];

/// Boundaries read from a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// One area a municipality, by code, simplified for drawing.
    pub areas: Vec<BoundaryArea>,
    /// How many positions the file had.
    pub positions: usize,
    /// The credit that the file itself names, where it does.
    pub attribution: Option<String>,
}

/// A feature of either format.
struct Feature {
    /// Where it stands: 「features[3]」.
    place: String,
    /// As it is written.
    code: Option<String>,
    rings: Result<Vec<Ring>, String>,
}

/// What both formats begin with.
#[derive(Deserialize)]
struct Head {
    #[serde(rename = "type")]
    kind: String,
}

/// Reads a file, all or nothing.
pub fn read(file: &str, bytes: &[u8], register: &Register) -> Result<Reading, ImportError> {
    let mut faults = Faults::new(file);
    let features = match features(bytes) {
        Ok(features) => features,
        Err(Unreadable { line, message }) => {
            match line {
                Some(line) => faults.row(line, message),
                None => faults.whole(message),
            }
            return Err(ImportError::Faults(faults));
        }
    };
    let mut areas: BTreeMap<MunicipalityCode, Vec<Ring>> = BTreeMap::new();
    for feature in features {
        match area(feature, register) {
            Ok((code, mut rings)) => areas.entry(code).or_default().append(&mut rings),
            Err(message) => faults.whole(message),
        }
    }
    if areas.is_empty() && faults.is_empty() {
        faults.whole("市町村の境界が1件もありません。");
    }
    if !faults.is_empty() {
        return Err(ImportError::Faults(faults));
    }
    let areas: Vec<BoundaryArea> = areas.into_iter().map(|(code, rings)| BoundaryArea { code, rings }).collect();
    let positions = areas.iter().flat_map(|area| &area.rings).map(Vec::len).sum();
    Ok(Reading { areas: simplified(&areas), positions, attribution: attribution(bytes) })
}

/// Why a file is neither format.
struct Unreadable {
    line: Option<u64>,
    message: String,
}

impl From<serde_json::Error> for Unreadable {
    fn from(error: serde_json::Error) -> Self {
        let line = (error.line() > 0).then(|| u64::try_from(error.line()).unwrap_or(u64::MAX));
        let message = match error.classify() {
            serde_json::error::Category::Eof => "途中で終わっています。ファイル全体を取得し直してください。".to_owned(),
            serde_json::error::Category::Syntax => {
                format!("{}文字目がJSONとして読めません。", error.column())
            }
            serde_json::error::Category::Data | serde_json::error::Category::Io => {
                format!("{}文字目がGeoJSONまたはTopoJSONの形になっていません。", error.column())
            }
        };
        Self { line, message }
    }
}

fn features(bytes: &[u8]) -> Result<Vec<Feature>, Unreadable> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    bounded(bytes)?;
    let head: Head = serde_json::from_slice(bytes)?;
    match head.kind.as_str() {
        "FeatureCollection" => geojson::features(bytes),
        "Topology" => topojson::features(bytes),
        other => Err(Unreadable {
            line: None,
            message: format!(
                "typeが「{other}」です。GeoJSONのFeatureCollectionか、TopoJSONのTopologyを指定してください。"
            ),
        }),
    }
}

/// Counts what a file would be read into.
fn bounded(bytes: &[u8]) -> Result<(), Unreadable> {
    let (mut objects, mut lists, mut commas) = (0, 0, 0);
    let (mut in_text, mut escaped) = (false, false);
    for byte in bytes {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = in_text,
            b'"' => in_text = !in_text,
            b'{' if !in_text => objects += 1,
            b'[' if !in_text => lists += 1,
            b',' if !in_text => commas += 1,
            _ => {}
        }
    }
    // A feature is three objects: itself, its properties and its geometry.
    if objects > 3 * MOST_FEATURES {
        let most = MOST_FEATURES / 10_000;
        let message =
            format!("地物が多すぎます（読み取れるのは{most}万件まで）。必要な市町村だけのファイルにしてください。");
        return Err(Unreadable { line: None, message });
    }
    // A position with its height has two commas within and one behind it.
    if lists > MOST_POSITIONS || commas > 3 * MOST_POSITIONS {
        return Err(too_many_positions());
    }
    Ok(())
}

fn too_many_positions() -> Unreadable {
    let message = format!(
        "座標が多すぎます（読み取れるのは{}万点まで）。線を簡略にするか、必要な市町村だけのファイルにしてください。",
        MOST_POSITIONS / 10_000
    );
    Unreadable { line: None, message }
}

/// The code of a feature: its `id`, or else a property.
fn written(id: Option<Written>, properties: Option<Codes>) -> Option<String> {
    id.or_else(|| properties?.0).map(|Written(text)| text)
}

/// The credit that a file names.
fn attribution(bytes: &[u8]) -> Option<String> {
    #[derive(Deserialize)]
    struct Credit {
        attribution: Option<String>,
    }
    serde_json::from_slice::<Credit>(bytes).ok()?.attribution
}

/// A feature's municipality and rings, or what is wrong with it.
fn area(feature: Feature, register: &Register) -> Result<(MunicipalityCode, Vec<Ring>), String> {
    let Feature { place, code: written, rings } = feature;
    let code = code(written.as_deref()).map_err(|reason| format!("{place}: {reason}"))?;
    let Some(municipality) = register.municipality(code) else {
        return Err(format!("{place}: コード{code}の市町村は登録されていません。"));
    };
    let named = |reason: String| format!("{place}（{}）: {reason}", municipality.name);
    let rings = rings.map_err(named)?;
    if rings.is_empty() {
        return Err(named("境界の線がありません。".to_owned()));
    }
    let [longitudes, latitudes] = JAPAN;
    let outside = rings
        .iter()
        .flatten()
        .find(|(x, y)| !(longitudes.0..=longitudes.1).contains(x) || !(latitudes.0..=latitudes.1).contains(y));
    match outside {
        Some((x, y)) => Err(named(format!(
            "座標（{}, {}）が日本の経度・緯度ではありません。座標は経度、緯度の順の度で指定してください。",
            degrees(*x),
            degrees(*y)
        ))),
        None => Ok((code, rings)),
    }
}

fn code(written: Option<&str>) -> Result<MunicipalityCode, String> {
    let Some(text) = written else {
        return Err(format!(
            "市町村コードがありません。idか、属性 {} のどれかに入れてください。",
            CODE_PROPERTIES.join("、")
        ));
    };
    let parsed = if text.len() == 5 { MunicipalityCode::of_five(text) } else { text.parse() };
    parsed.map_err(|reason| format!("市町村コード「{text}」: {reason}"))
}

fn degrees(position: i32) -> String {
    format!("{:.5}", f64::from(position) / 100_000.0)
}

/// A position as it is kept; `None` for what is no number of degrees.
#[expect(clippy::cast_possible_truncation, reason = "bounded before")]
fn position(longitude: f64, latitude: f64) -> Option<Position> {
    let within = |degrees: f64| (degrees.abs() <= 20_000.0).then(|| (degrees * 100_000.0).round() as i32);
    Some((within(longitude)?, within(latitude)?))
}

/// A closed ring as it is kept: its first position once, neighbours different.
fn ring(positions: impl Iterator<Item = Option<Position>>) -> Result<Option<Ring>, String> {
    let read: Option<Ring> = positions.collect();
    let Some(mut ring) = read else { return Err("座標が数ではありません。".to_owned()) };
    if ring.len() < 4 {
        return Err("環の点が4つより少なくなっています。".to_owned());
    }
    if ring.first() != ring.last() {
        return Err("環が閉じていません。最後の点を最初の点と同じにしてください。".to_owned());
    }
    ring.pop();
    ring.dedup();
    // What is smaller than the grid of positions cannot be drawn.
    Ok((ring.len() > 2).then_some(ring))
}

#[cfg(test)]
mod tests;
