//! Groups, editions and findings in words.

use std::cmp::Ordering;

use shared::comparison::{Comparison, Group, Level, NearBy, Request};
use shared::tabulation::PopulationBand;

use crate::service::comparison::ComparedYear;
use crate::service::results::Edition;

/// 「人口規模の近い7団体」
pub fn group(request: &Request, comparison: &Comparison) -> String {
    let count = comparison.peers.len();
    let own = &comparison.own;
    match &request.group {
        Group::Near { by, .. } => {
            let by: Vec<&str> = by.iter().map(|by| by.label()).collect();
            let by = if by.is_empty() { NearBy::Population.label().to_owned() } else { by.join("と") };
            format!("{by}の近い{count}団体")
        }
        Group::Band => {
            let band = own.population.map_or("", |population| PopulationBand::of(population).label());
            format!("同じ人口規模（{band}）の{count}団体")
        }
        Group::Region => format!("同じ地域（{}）の{count}団体", own.region.map_or("", |region| region.label())),
        Group::Kind => format!("ほかの{}の{count}団体", own.kind.label()),
        Group::Chosen(_) => format!("選んだ{count}団体"),
    }
}

/// 「令和7年度（2025年度）確定値」
pub fn edition(year: &ComparedYear) -> String {
    let edition = match (year.provisional, &year.edition) {
        (true, _) => "速報（県が確認している途中の回答を含みます）",
        (false, Edition::Provisional) => "確定値（公表前）",
        (false, Edition::Published { .. }) => "確定値",
    };
    format!("{} {edition}", year.year)
}

/// 「DXの推進に関する市町村アンケート 令和7年度（2025年度） 第1版 データのSHA-256 1a2b…」
pub fn source(year: &ComparedYear) -> String {
    let what = match &year.edition {
        Edition::Published { revision, sha256, .. } => {
            let short: String = sha256.chars().take(12).collect();
            format!("公表第{revision}版、データのSHA-256 {short}…")
        }
        Edition::Provisional if year.provisional => "速報".to_owned(),
        Edition::Provisional => "公表前の確定値".to_owned(),
    };
    format!("出典：DXの推進に関する市町村アンケート {}（{what}）。順位、成熟度とこの比較は公表しません。", year.year)
}

/// The finding: what stands ahead and what behind, in phrases.
pub fn finding(request: &Request, comparison: &Comparison) -> Vec<String> {
    let name = &comparison.own.name;
    let whom = group(request, comparison);
    let (ahead, behind) = comparison.ahead_and_behind(2);
    let named = |topics: &[&shared::comparison::Topic]| {
        topics.iter().map(|topic| topic.label.clone()).collect::<Vec<_>>().join("と")
    };
    let begin = vec![format!("{name}は、"), format!("{whom}と比べて")];
    let of_sign = |sign: Ordering| comparison.rows.iter().filter(|(_, row)| row.gap_sign() == Some(sign)).count();
    let end = match (ahead.is_empty(), behind.is_empty()) {
        (false, _) | (_, false) if request.level == Level::Question => {
            vec![
                format!("段階の高い設問は{}、", of_sign(Ordering::Greater)),
                format!("低い設問は{}です", of_sign(Ordering::Less)),
            ]
        }
        _ if !comparison.responded => return vec![format!("{name}は"), "この年度の回答がありません".to_owned()],
        (false, false) => vec![format!("{}で進み、", named(&ahead)), format!("{}で遅れています", named(&behind))],
        (false, true) => vec![format!("{}で進んでいます", named(&ahead))],
        (true, false) => vec![format!("{}で遅れています", named(&behind))],
        (true, true) if comparison.rows.iter().any(|(_, row)| row.gap_is_open()) => {
            vec!["進んでいるか遅れているかは".to_owned(), "未確定です".to_owned()]
        }
        (true, true) if comparison.median_is_shown() => vec!["差がありません".to_owned()],
        (true, true) => return vec![format!("{name}と"), format!("{whom}の比較")],
    };
    begin.into_iter().chain(end).collect()
}
