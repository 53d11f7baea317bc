//! What a comparison is asked by, as the API's description says it.

use shared::comparison::NearBy;
use shared::maturity::ScaleKind;
use utoipa::IntoParams;
use utoipa::openapi::path::{Parameter, ParameterIn};
use utoipa::openapi::schema::{Object, ObjectBuilder, Type};

use crate::http::api::parameters::{one_of, query, several, text};
use crate::http::compare::query::{GROUPS, MEANS, RANKS, ROWS};

/// The parameters of `/compare` and of the API alike; weights of maturity are `w.` and the code of a field or an area.
pub struct ComparisonParameters;

impl IntoParams for ComparisonParameters {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        let code = || text("^[0-9]{6}$");
        vec![
            query("municipality", "市町村コード。省略時は自団体", code()),
            query("year", "年度（西暦）。省略時は、確定した最後の年度", whole(2019, 2100)),
            query("since", "変化を見る前の年度（西暦）", whole(2019, 2100)),
            query("group", "比較グループ", one_of(GROUPS.map(|(code, _)| code))),
            query("by", "near のとき：近さの条件", several(one_of(NearBy::ALL.map(NearBy::code)))),
            query("count", "near のとき：団体の数", whole(1, 60)),
            query("peer", "chosen のとき：市町村コード", several(code())),
            query("rows", "行", one_of(ROWS.map(|(_, code, _)| code))),
            query("section", "この分野だけ", text(".")),
            query("question", "rows=question のとき：この設問だけ", several(text("."))),
            query("quartile", "四分位の求め方（type）", one_of(["7", "6"])),
            query("scale", "成熟度の物差し", one_of(ScaleKind::ALL.map(ScaleKind::code))),
            query("mean", "成熟度の平均", one_of(MEANS.map(|(_, code, _)| code))),
            query("ranks", "順位の幅の求め方", one_of(RANKS.map(|(code, _)| code))),
            query("seed", "順位の幅で引く重みの乱数の種", whole(0, i64::MAX)),
        ]
    }
}

fn whole(least: i64, most: i64) -> Object {
    ObjectBuilder::new().schema_type(Type::Integer).minimum(Some(least)).maximum(Some(most)).build()
}
