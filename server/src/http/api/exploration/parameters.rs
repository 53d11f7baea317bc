//! What an exploration is asked by, as the API's description says it.

use serde_json::json;
use shared::exploration::request::{Adjustment, Comparison, Reading};
use shared::statistics::{Alternative, ChanceModel};
use utoipa::IntoParams;
use utoipa::openapi::Required;
use utoipa::openapi::path::{Parameter, ParameterBuilder, ParameterIn};

use crate::http::api::parameters::{one_of, query, several, text};

/// The parameters of `/results/{year}/explore` and of the API alike.
pub(super) struct ExplorationParameters;

impl IntoParams for ExplorationParameters {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        let example = |parameter, example| ParameterBuilder::from(parameter).example(Some(example));
        let required = |parameter, value| example(parameter, value).required(Required::True).build();
        let comparisons = one_of(Comparison::ALL.iter().map(|one| one.code()));
        let subjects = several(text(r"^[iq]\..+$"));
        let chances = one_of(ChanceModel::ALL.map(ChanceModel::code));
        let by = query("by", "組の分け方：`region`、`kind`、`band`、`prefecture`、`q.概念ID`", text("."));
        vec![
            required(query("compare", "何を調べるか", comparisons), json!("groups")),
            required(
                query("of", "比べるもの：`i.指標のID` 又は `q.概念ID`、4つまで", subjects),
                json!(["i.engaged-any"]),
            ),
            query("as", "1つを選ぶ設問の読み方", one_of(Reading::ALL.iter().map(|one| one.code()))),
            query("choice", "「はい」と数える選択肢：`概念ID:選択肢`", several(text(":"))),
            example(by, json!("region")).build(),
            query("since", "比べる年度（西暦）又は `all`", text("^([0-9]{4}|all)$")),
            required(query("chance", "この分析が前提とする偶然のしくみ", chances), json!("exchangeable")),
            query("sides", "検定の片側・両側", one_of(Alternative::ALL.iter().map(|one| one.code()))),
            query("adjust", "複数の検定の補正", one_of(Adjustment::ALL.iter().map(|one| one.code()))),
        ]
    }
}
