//! The data a new database begins with, embedded in the binary or read from a folder of the same shape.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use rust_embed::Embed;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use shared::fiscal_year::FiscalYear;
use shared::indicator::{Definition, Field, ReferenceCount};
use shared::kpi::Kpi;
use shared::municipality::{Kind, Municipality, MunicipalityCode, Region, Tile};
use shared::roadmap::Item;
use shared::visibility::Visibility;

use crate::import::municipalities::hectares;

#[derive(Embed)]
#[folder = "../seeds"]
struct Embedded;

/// Where seeds are read from.
#[derive(Debug, Clone)]
pub enum Seeds {
    /// The ones in the binary.
    Embedded,
    /// A folder laid out like `seeds/`.
    Folder(PathBuf),
}

/// A seed file is missing or wrong. Names file and line.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{file}{}: {message}", line.map(|n| format!(" {n}行目")).unwrap_or_default())]
pub struct SeedError {
    /// The file, below the seeds' folder.
    pub file: String,
    /// The line, counted from 1, where one is at fault.
    pub line: Option<u64>,
    /// What is wrong and what to do.
    pub message: String,
}

impl SeedError {
    pub(crate) fn new(file: &str, line: Option<u64>, message: impl Into<String>) -> Self {
        Self { file: file.to_owned(), line, message: message.into() }
    }
}

type Result<T> = std::result::Result<T, SeedError>;

#[derive(Deserialize)]
struct AomoriRow {
    code: String,
    name: String,
    kana: String,
    kind: String,
    region: String,
    population_2020: u32,
    area_km2: String,
    tile_column: u8,
    tile_row: u8,
}

#[derive(Deserialize)]
struct JapanRow {
    code: String,
    name: String,
    kana: String,
}

#[derive(Deserialize)]
struct CountRow {
    fiscal_year: u16,
    field: String,
    count: u32,
    population: u32,
    respondents: Option<u32>,
    definition: String,
    source: String,
    note: String,
}

#[derive(Deserialize)]
struct RoadmapSeed {
    id: String,
    field: String,
    area: String,
    survey_area: String,
    measure: String,
}

impl Seeds {
    /// All municipalities of Japan; Aomori's with region, population and place on the tile map.
    pub fn municipalities(&self) -> Result<Vec<Municipality>> {
        let mut register: BTreeMap<MunicipalityCode, Municipality> = BTreeMap::new();
        let file = "municipalities/japan.csv";
        for (line, row) in self.csv::<JapanRow>(file)? {
            let code = parse_code(file, line, &row.code)?;
            let kind = Kind::of_name(&row.name)
                .ok_or_else(|| SeedError::new(file, Some(line), "市町村名は市・町・村・区で終わる必要があります。"))?;
            let (name, kana) = (row.name, row.kana);
            let (region, population, area, tile) = (None, None, None, None);
            let municipality = Municipality { code, name, kana, kind, region, population, area, tile };
            if register.insert(code, municipality).is_some() {
                return Err(SeedError::new(file, Some(line), format!("市町村コード {code} が重複しています。")));
            }
        }
        let file = "municipalities/aomori.csv";
        for (line, row) in self.csv::<AomoriRow>(file)? {
            let code = parse_code(file, line, &row.code)?;
            let region = Region::of_label(&row.region)
                .ok_or_else(|| SeedError::new(file, Some(line), format!("地域「{}」はありません。", row.region)))?;
            let kind = Kind::of_name(&row.kind)
                .ok_or_else(|| SeedError::new(file, Some(line), format!("種別「{}」はありません。", row.kind)))?;
            let municipality = Municipality {
                code,
                name: row.name,
                kana: row.kana,
                kind,
                region: Some(region),
                population: Some(row.population_2020),
                area: Some(hectares(&row.area_km2).ok_or_else(|| {
                    SeedError::new(file, Some(line), format!("面積「{}」は読み取れません。", row.area_km2))
                })?),
                tile: Some(Tile { column: row.tile_column, row: row.tile_row }),
            };
            register.insert(code, municipality);
        }
        Ok(register.into_values().collect())
    }

    /// Published counts of earlier years.
    pub fn reference_counts(&self) -> Result<Vec<ReferenceCount>> {
        let file = "reference/counts.csv";
        let rows = self.csv::<CountRow>(file)?.into_iter().map(|(line, row)| {
            Ok(ReferenceCount {
                year: FiscalYear::new(row.fiscal_year).map_err(|e| SeedError::new(file, Some(line), e.to_string()))?,
                field: Field::of_code(&row.field)
                    .ok_or_else(|| SeedError::new(file, Some(line), format!("分野「{}」はありません。", row.field)))?,
                count: row.count,
                population: row.population,
                respondents: row.respondents,
                definition: row.definition,
                source: row.source,
                note: row.note,
            })
        });
        rows.collect()
    }

    /// The plan's KPI ledger.
    pub fn kpis(&self) -> Result<Vec<Kpi>> {
        Ok(self.csv::<Kpi>("kpi.csv")?.into_iter().map(|(_, kpi)| kpi).collect())
    }

    /// The plan's measures; they were published with the plan.
    pub fn roadmap(&self) -> Result<Vec<Item>> {
        let item = |(_, row): (u64, RoadmapSeed)| Item {
            id: row.id,
            field: row.field,
            area: row.area,
            survey_area: row.survey_area,
            measure: row.measure,
            steps: Vec::new(),
            kpis: Vec::new(),
            visibility: Visibility::Public,
            note: String::new(),
        };
        Ok(self.csv::<RoadmapSeed>("roadmap.csv")?.into_iter().map(item).collect())
    }

    /// The definitions of indicators, by file name.
    pub fn definitions(&self) -> Result<Vec<Definition>> {
        let files = self.list("indicators", ".toml")?;
        let definitions = files.into_iter().map(|file| parse_definition(&file, &self.text(&file)?));
        definitions.collect()
    }

    /// The text of one file.
    pub fn text(&self, file: &str) -> Result<String> {
        let missing = || SeedError::new(file, None, "ファイルがありません。");
        let bytes = match self {
            Self::Embedded => Embedded::get(file).ok_or_else(missing)?.data.into_owned(),
            Self::Folder(folder) => std::fs::read(folder.join(file)).map_err(|error| match error.kind() {
                std::io::ErrorKind::NotFound => missing(),
                _ => SeedError::new(file, None, format!("読み取れません: {error}")),
            })?,
        };
        String::from_utf8(bytes).map_err(|_| SeedError::new(file, None, "UTF-8で保存してください。"))
    }

    fn list(&self, folder: &str, ending: &str) -> Result<Vec<String>> {
        let mut files: Vec<String> = match self {
            Self::Embedded => Embedded::iter().map(std::borrow::Cow::into_owned).collect(),
            Self::Folder(root) => names_in(&root.join(folder))
                .map_err(|e| SeedError::new(folder, None, format!("フォルダを読み取れません: {e}")))?
                .into_iter()
                .map(|name| format!("{folder}/{name}"))
                .collect(),
        };
        files.retain(|file| file.starts_with(folder) && file.ends_with(ending));
        files.sort();
        Ok(files)
    }

    /// Rows with their line numbers.
    pub(crate) fn csv<T: DeserializeOwned>(&self, file: &str) -> Result<Vec<(u64, T)>> {
        let text = self.text(file)?;
        let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
        let headers = reader.headers().map_err(|e| of_csv(file, &e))?.clone();
        let rows = reader.records().map(|record| {
            let record = record.map_err(|e| of_csv(file, &e))?;
            let line = record.position().map_or(0, csv::Position::line);
            let row = record
                .deserialize(Some(&headers))
                .map_err(|e| SeedError::new(file, Some(line), format!("列の値を読み取れません: {e}")))?;
            Ok((line, row))
        });
        rows.collect()
    }
}

/// A definition as TOML.
pub fn parse_definition(file: &str, text: &str) -> Result<Definition> {
    toml::from_str(text).map_err(|error| {
        let line = error.span().map(|span| 1 + text[..span.start].matches('\n').count() as u64);
        SeedError::new(file, line, error.message().to_owned())
    })
}

fn names_in(folder: &Path) -> std::io::Result<Vec<String>> {
    std::fs::read_dir(folder)?.map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned())).collect()
}

fn of_csv(file: &str, error: &csv::Error) -> SeedError {
    let line = error.position().map(csv::Position::line);
    let message = match error.kind() {
        csv::ErrorKind::UnequalLengths { expected_len, len, .. } => {
            format!("列の数が見出しと合いません（見出し{expected_len}列、この行{len}列）。")
        }
        _ => format!("CSVとして読み取れません: {error}"),
    };
    SeedError::new(file, line, message)
}

fn parse_code(file: &str, line: u64, code: &str) -> Result<MunicipalityCode> {
    code.parse().map_err(|e| SeedError::new(file, Some(line), format!("「{code}」: {e}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_register_holds_all_of_japan_and_aomori_in_detail() {
        let register = Seeds::Embedded.municipalities().unwrap();
        assert_eq!(register.len(), 1741);
        let aomori: Vec<_> = register.iter().filter(|m| m.code.prefecture() == "02").collect();
        assert_eq!(aomori.len(), 40);
        assert_eq!(aomori.iter().filter_map(|m| m.population).sum::<u32>(), 1_237_984);
        assert!(aomori.iter().all(|m| m.region.is_some() && m.tile.is_some()));
        assert!(aomori.iter().all(|m| m.area.is_some()));
        assert_eq!(aomori[0].area, Some(82_461));
    }

    #[test]
    fn exactly_one_definition_is_official_and_every_count_is_published() {
        let definitions = Seeds::Embedded.definitions().unwrap();
        assert_eq!(definitions.iter().filter(|d| d.official).count(), 1);
        let counts = Seeds::Embedded.reference_counts().unwrap();
        assert_eq!(
            counts.iter().map(|c| (c.field, c.count)).collect::<Vec<_>>(),
            [(Field::Industry, 6), (Field::Living, 11), (Field::Administration, 20),]
        );
        assert!(counts.iter().all(|c| c.respondents.is_none()));
    }

    #[test]
    fn no_kpi_value_is_invented() {
        let kpis = Seeds::Embedded.kpis().unwrap();
        assert_eq!(kpis.len(), 19);
        assert!(kpis.iter().all(|k| k.baseline.is_empty() && k.target_2028.is_empty()));
    }

    #[test]
    fn every_measure_of_the_plan_belongs_to_an_area_of_the_survey() {
        let roadmap = Seeds::Embedded.roadmap().unwrap();
        assert_eq!(roadmap.len(), 63);
        let survey = Seeds::Embedded.text("questionnaires/2026/survey.csv").unwrap();
        for item in &roadmap {
            assert!(survey.contains(&format!(",{}.", item.survey_area)), "{}", item.survey_area);
            assert!(survey.contains(&item.area), "{}", item.area);
            assert!(item.steps.is_empty() && item.kpis.is_empty(), "nothing is invented");
        }
    }

    #[test]
    fn a_broken_file_is_refused_with_file_and_line() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir_all(folder.path().join("indicators")).unwrap();
        std::fs::create_dir_all(folder.path().join("reference")).unwrap();
        let seeds = Seeds::Folder(folder.path().to_owned());
        std::fs::write(folder.path().join("kpi.csv"), "id,category\na,b\nc\n").unwrap();
        assert_eq!(
            seeds.kpis().unwrap_err().to_string(),
            "kpi.csv 2行目: 列の値を読み取れません: CSV deserialize error: record 1 (line: 2, byte: 12): missing field `label`"
        );
        std::fs::write(
            folder.path().join("reference/counts.csv"),
            "fiscal_year,field,count,population,respondents,definition,source,note\n2022,sea,1,40,,v0,s,n\n",
        )
        .unwrap();
        assert_eq!(
            seeds.reference_counts().unwrap_err().to_string(),
            "reference/counts.csv 2行目: 分野「sea」はありません。"
        );
        std::fs::write(folder.path().join("indicators/a.toml"), "id = \"a\"\nversion = \"one\"\n").unwrap();
        let error = seeds.definitions().unwrap_err();
        assert_eq!((error.file.as_str(), error.line), ("indicators/a.toml", Some(2)));
        assert_eq!(seeds.municipalities().unwrap_err().to_string(), "municipalities/japan.csv: ファイルがありません。");
    }
}
