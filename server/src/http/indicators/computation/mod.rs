//! どう計算したか: one definition's figure in one year.
pub mod answers;
pub mod get;

use axum::extract::Query;
use serde::Deserialize;
use shared::fiscal_year::FiscalYear;
use shared::publication::Publication;

use super::located::Located;
use crate::http::refusal::Refusal;
use crate::http::state::AppState;

/// Which version, where two were computed.
#[derive(Debug, Clone, Copy, Deserialize)]
pub struct Version {
    version: Option<u16>,
}

/// The figure that an address names, or a sentence on what there is instead.
pub async fn locate<'p>(
    state: &AppState,
    publications: &'p [Publication],
    id: &str,
    year: &str,
    Query(Version { version }): Query<Version>,
) -> Result<Located<'p>, Refusal> {
    let definitions = state.service.definitions().await?;
    let Some(definition) = definitions.iter().find(|definition| definition.id == id) else {
        return missing("このIDの指標はありません。指標のページ（/indicators）の一覧から選んでください。");
    };
    let Ok(year) = year.parse::<FiscalYear>() else {
        return missing("年度は西暦の4桁（2019〜2100）で指定してください。");
    };
    if publications.iter().all(|publication| publication.year != year) {
        let counts = state.service.reference_counts().await?;
        return missing(if counts.iter().any(|count| count.year == year) {
            format!(
                "{year}は分野ごとの団体数だけが公表されています。指標のページ（/indicators）の「公表値（参考）」を見てください。"
            )
        } else {
            format!("{year}の結果は、まだ公表されていません。")
        });
    }
    match Located::find(publications, year, id, version) {
        Some(located) => Ok(located),
        None => missing(format!("{year}には、指標「{}」のこの版による結果がありません。", definition.title)),
    }
}

fn missing<T>(sentence: impl Into<String>) -> Result<T, Refusal> {
    Err(Refusal::Missing(sentence.into()))
}
