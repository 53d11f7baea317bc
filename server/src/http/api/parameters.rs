//! Parameters of several operations, as the API's description says them. Their values come from the lists that handlers
//! read them by, so that the description is true.

use shared::municipality::{Kind, Region};
use shared::tabulation::PopulationBand;
use utoipa::IntoParams;
use utoipa::openapi::path::{Parameter, ParameterBuilder, ParameterIn};
use utoipa::openapi::schema::{Array, ArrayBuilder, Object, ObjectBuilder, Schema, Type};
use utoipa::openapi::{RefOr, Required};

/// The year in an address.
#[derive(IntoParams)]
#[into_params(parameter_in = Path)]
#[expect(dead_code, reason = "it describes what handlers parse")]
pub struct Year {
    /// 年度（西暦）
    #[param(minimum = 2019, maximum = 2100, example = 2025)]
    year: u16,
}

/// The municipality in an address.
#[derive(IntoParams)]
#[into_params(parameter_in = Path)]
#[expect(dead_code, reason = "it describes what handlers parse")]
pub struct Code {
    /// 全国地方公共団体コード（6桁）
    #[param(pattern = "^[0-9]{6}$", example = "022012")]
    code: String,
}

/// The question of a questionnaire in an address.
#[derive(IntoParams)]
#[into_params(parameter_in = Path)]
#[expect(dead_code, reason = "it describes what handlers parse")]
pub struct QuestionInPath {
    /// 設問名
    #[param(min_length = 1, example = "org_1")]
    question: String,
}

/// The question over the years in an address.
#[derive(IntoParams)]
#[into_params(parameter_in = Path)]
#[expect(dead_code, reason = "it describes what handlers parse")]
pub struct Concept {
    /// 概念ID
    #[param(min_length = 1, example = "organization.plan")]
    concept: String,
}

/// The indicator in an address.
#[derive(IntoParams)]
#[into_params(parameter_in = Path)]
#[expect(dead_code, reason = "it describes what handlers parse")]
pub struct IndicatorId {
    /// 指標のID
    #[param(min_length = 1, example = "engaged-any")]
    id: String,
}

/// Which version of an indicator's definition.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "it describes what handlers parse")]
pub struct Version {
    /// 定義の版。省略時は、その年度に適用した版
    #[param(nullable = false, minimum = 0, maximum = 65535)]
    version: Option<u16>,
}

/// Which municipalities are counted.
pub struct Conditions;

impl IntoParams for Conditions {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        vec![
            query("region", "地域", one_of(Region::ALL.map(Region::code))),
            query("kind", "市町村の別", one_of(Kind::ALL.map(Kind::code))),
            query("band", "人口規模", one_of(PopulationBand::ALL.map(PopulationBand::code))),
            query("prefecture", "都道府県（2桁のコード）", text("^(0[1-9]|[1-3][0-9]|4[0-7])$")),
        ]
    }
}

/// A parameter of a query that may be left out.
pub fn query(name: &str, description: &str, schema: impl Into<RefOr<Schema>>) -> Parameter {
    let builder = ParameterBuilder::new().name(name).parameter_in(ParameterIn::Query).required(Required::False);
    builder.description(Some(description)).schema(Some(schema)).build()
}

/// A part of an address.
pub fn part(name: &str, description: &str, schema: impl Into<RefOr<Schema>>, example: &str) -> Parameter {
    let builder = ParameterBuilder::new().name(name).parameter_in(ParameterIn::Path).required(Required::True);
    builder.description(Some(description)).schema(Some(schema)).example(Some(example.into())).build()
}

/// One of those words.
pub fn one_of<'c>(codes: impl IntoIterator<Item = &'c str>) -> Object {
    ObjectBuilder::new().schema_type(Type::String).enum_values(Some(codes)).build()
}

/// A text of that pattern.
pub fn text(pattern: &str) -> Object {
    ObjectBuilder::new().schema_type(Type::String).pattern(Some(pattern)).build()
}

/// Several of that schema.
pub fn several(of: Object) -> Array {
    ArrayBuilder::new().items(of).build()
}
