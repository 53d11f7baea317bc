//! `municipality,prefecture,band,population`, one line a municipality, numbered from 1 in order.

use std::collections::BTreeMap;
use std::path::Path;

use shared::municipality::{Kind, Municipality, MunicipalityCode};

/// The register, and each municipality's band.
pub struct Places {
    /// In the order of their numbers; where prefectures ascend, so do the codes.
    pub register: Vec<Municipality>,
    /// By place.
    pub bands: Vec<usize>,
}

/// Reads the file.
pub fn read(path: &Path) -> Result<Places, String> {
    let text = std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
    let mut lines = (1_usize..).zip(text.lines());
    let wrong = |line: usize, what: &str| format!("{} line {line}: {what}", path.display());
    if lines.next().map(|(_, header)| header) != Some("municipality,prefecture,band,population") {
        return Err(wrong(1, "not the header municipality,prefecture,band,population"));
    }
    let mut places = Places { register: Vec::new(), bands: Vec::new() };
    // How many of each prefecture there are so far.
    let mut of_prefecture: BTreeMap<u32, u32> = BTreeMap::new();
    for (line, text) in lines {
        let numbers: Result<Vec<u32>, _> = text.split(',').map(str::parse).collect();
        let Ok([number, prefecture, band, population]) = numbers.as_deref() else {
            return Err(wrong(line, "not four numbers"));
        };
        if usize::try_from(*number).ok() != Some(places.register.len() + 1) {
            return Err(wrong(line, "municipalities are not numbered in order"));
        }
        let place = of_prefecture.entry(*prefecture).or_default();
        *place += 1;
        let code = code(*prefecture + 1, *place).ok_or_else(|| wrong(line, "the prefecture has too many"))?;
        places.bands.push(usize::try_from(*band).map_err(|_| wrong(line, "no band"))?);
        places.register.push(Municipality {
            code,
            name: format!("{prefecture}-{number}"),
            kana: String::new(),
            kind: Kind::City,
            region: None,
            population: Some(*population),
            area: None,
            tile: None,
        });
    }
    Ok(places)
}

/// A code with the right check digit for an invented municipality.
fn code(prefecture: u32, place: u32) -> Option<MunicipalityCode> {
    (0..10).find_map(|digit| format!("{prefecture:02}{place:03}{digit}").parse().ok())
}
