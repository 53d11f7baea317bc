//! What the API's description says of the API as a whole, and of every operation alike.

use utoipa::OpenApi;
use utoipa::openapi::header::HeaderBuilder;
use utoipa::openapi::path::{Operation, Parameter, ParameterBuilder, ParameterIn, PathItem};
use utoipa::openapi::response::{Response, ResponseBuilder};
use utoipa::openapi::schema::{ObjectBuilder, Type};
use utoipa::openapi::security::{
    ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityRequirement, SecurityScheme,
};
use utoipa::openapi::{Components, ContentBuilder, Header, OpenApi as Document, Ref, RefOr, Required};

use crate::access::Scope;

/// The API as a whole.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "調べ（Shirabe）のAPI",
        description = "市町村DXアンケートの結果、指標、データ、回答と進捗を読み、回答を保存します。公表した結果は、だれでも取得できます。\n\n\
            **認証** プログラムは、APIトークンの画面（/tokens）で作ったトークンを `Authorization: Bearer shirabe_…` で送ります。\
            ブラウザのセッション（Cookie）でも使えますが、変更を行う要求には、このサイトの Origin ヘッダーが必要です。\
            トークンを送ると、Cookie は使いません。トークンは `/api/v1`、`/data/`、`/jobs/`、`/pictures/` で使えます。\n\n\
            **一覧** 1ページ100件（`per_page` で1,000件まで）です。次のページは `Link` ヘッダーの `rel=\"next\"`、\
            全体の件数は `Shirabe-Total-Count` ヘッダーで示します。並びは変わりません。\n\n\
            **変わったときだけ取得する** 応答の `ETag` を `If-None-Match` で送ると、変わっていなければ304を返します。\n\n\
            **回数の上限** トークン、アカウント、アドレスごとに、1分あたりの上限があります。超えると429を返し、\
            `Retry-After` に待つ秒数を示します。\n\n\
            **エラー** RFC 9457 の problem+json です。",
        license(name = "CC BY 4.0（公開データ）", url = "https://creativecommons.org/licenses/by/4.0/deed.ja"),
    ),
    servers((url = "/", description = "このサイト")),
    tags(
        (name = "results", description = "設問ごとの結果"),
        (name = "indicators", description = "指標とKPI"),
        (name = "data", description = "データとファイル"),
        (name = "rounds", description = "調査、回答、進捗"),
    ),
    components(schemas(shared::wire::Problem, shared::wire::IndicatorCounts)),
)]
pub struct Description;

/// Who may ask for the operations of a document: sessions, and tokens of that scope.
pub fn protect(document: &mut Document, scope: Scope) {
    for operation in operations(document) {
        let session = SecurityRequirement::new("session", [""; 0]);
        let token = SecurityRequirement::new("token", [scope.code()]);
        // What refuses nobody for not being signed in is open to everybody.
        let anybody = (!operation.responses.responses.contains_key("401")).then(SecurityRequirement::default);
        operation.security = Some(anybody.into_iter().chain([session, token]).collect());
    }
}

/// Says of every operation what holds for all of them.
pub fn complete(document: &mut Document) {
    let components = document.components.get_or_insert_with(Components::new);
    let bearer = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).bearer_format("shirabe_…");
    let bearer = bearer.description(Some("APIトークン。要る権限は read、answer、review です。")).build();
    let cookie = ApiKeyValue::with_description("shirabe", "ログインしたブラウザのセッション");
    components.security_schemes.insert("token".to_owned(), SecurityScheme::Http(bearer).into());
    components.security_schemes.insert("session".to_owned(), SecurityScheme::ApiKey(ApiKey::Cookie(cookie)).into());
    for refusal in refusals() {
        components.responses.insert(refusal.name.to_owned(), refusal.response.into());
    }
    for (address, path) in &mut document.paths.paths {
        if let Some(get) = path.get.as_mut() {
            describe_reading(get);
        }
        for (method, operation) in of_path(path) {
            operation.operation_id = Some(operation_id(method, address));
            describe_answers(operation, !address.starts_with("/api/"));
        }
    }
}

/// A name that no other operation has: programs that are generated call it so.
fn operation_id(method: &str, address: &str) -> String {
    let parts = address.split(['/', '{', '}', '.', '-']).filter(|part| !matches!(*part, "" | "api" | "v1"));
    std::iter::once(method).chain(parts).collect::<Vec<_>>().join("_")
}

/// Says in words what no handler has put in words. Files and pictures are refused with a page, to tokens only as the API does.
fn describe_answers(operation: &mut Operation, files: bool) {
    let responses = &mut operation.responses.responses;
    for response in responses.iter_mut().filter(|(status, _)| status.starts_with('2')).map(|(_, response)| response) {
        if let RefOr::T(response) = response
            && response.description.is_empty()
        {
            "成功".clone_into(&mut response.description);
        }
    }
    for refusal in refusals() {
        let known = responses.get(refusal.status);
        let described = matches!(known, Some(RefOr::T(response)) if !response.description.is_empty());
        if !described && (refusal.always || known.is_some()) {
            let mut response = refusal.response;
            let response = if files {
                response.content.insert("text/html".to_owned(), ContentBuilder::new().build().into());
                RefOr::T(response)
            } else {
                RefOr::Ref(Ref::from_response_name(refusal.name))
            };
            responses.insert(refusal.status.to_owned(), response);
        }
    }
}

/// A refusal that several operations know.
struct Shared {
    status: &'static str,
    name: &'static str,
    /// Whether every operation may refuse so.
    always: bool,
    response: Response,
}

fn refusals() -> Vec<Shared> {
    let shared = |status, name, always, description: &str| {
        let content = ContentBuilder::new().schema(Some(Ref::from_schema_name("Problem"))).build();
        let response = ResponseBuilder::new().description(description).content("application/problem+json", content);
        Shared { status, name, always, response: response.build() }
    };
    let mut too_many = shared("429", "TooManyRequests", true, "短い時間の要求が多すぎます。");
    let seconds = header("次の要求を送るまでに待つ秒数", Type::Integer);
    too_many.response.headers.insert("Retry-After".to_owned(), seconds.into());
    vec![
        shared("400", "BadRequest", true, "要求を読み取れません。"),
        shared("401", "Unauthorized", true, "ログインしていないか、トークンが使えません。"),
        shared("403", "Forbidden", true, "権限がないか、送信元を確認できません。"),
        shared("404", "NotFound", false, "ないか、見る権限がありません。"),
        shared("409", "Conflict", false, "現在の状態ではできません。"),
        shared("422", "Invalid", false, "入力に誤りがあります。"),
        too_many,
        shared("500", "InternalError", true, "サーバーの処理に失敗しました。"),
    ]
}

/// Entity tags, and the pages of lists.
fn describe_reading(get: &mut Operation) {
    let parameters = get.parameters.get_or_insert_default();
    let paged =
        parameters.iter().any(|parameter| matches!(parameter, RefOr::T(Parameter { name, .. }) if name == "per_page"));
    let known = ParameterBuilder::new()
        .name("If-None-Match")
        .parameter_in(ParameterIn::Header)
        .required(Required::False)
        .description(Some("手元にある応答のETag"))
        .schema(Some(ObjectBuilder::new().schema_type(Type::String).build()));
    parameters.push(known.build().into());
    let unchanged = ResponseBuilder::new().description("手元にある応答（If-None-Match）から変わっていません。");
    let tag = || header("応答の内容を表すタグ", Type::String);
    get.responses.responses.insert("304".to_owned(), unchanged.header("ETag", tag()).build().into());
    if let Some(RefOr::T(found)) = get.responses.responses.get_mut("200") {
        found.headers.insert("ETag".to_owned(), tag().into());
        if paged {
            found.headers.insert("Link".to_owned(), header("ほかのページ（RFC 8288）", Type::String).into());
            found.headers.insert("Shirabe-Total-Count".to_owned(), header("全体の件数", Type::Integer).into());
        }
    }
}

fn header(description: &str, kind: Type) -> Header {
    let schema = ObjectBuilder::new().schema_type(kind).build();
    HeaderBuilder::new().schema(Some(schema)).description(Some(description)).build()
}

fn operations(document: &mut Document) -> impl Iterator<Item = &mut Operation> {
    document.paths.paths.values_mut().flat_map(of_path).map(|(_, operation)| operation)
}

fn of_path(path: &mut PathItem) -> impl Iterator<Item = (&'static str, &mut Operation)> {
    let PathItem { get, put, post, delete, .. } = path;
    let all = [("get", get), ("put", put), ("post", post), ("delete", delete)];
    all.into_iter().filter_map(|(method, operation)| Some((method, operation.as_mut()?)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_operation_is_named_by_its_address() {
        assert_eq!(operation_id("get", "/api/v1/rounds/{year}/responses"), "get_rounds_year_responses");
        assert_eq!(operation_id("get", "/data/catalog.jsonld"), "get_data_catalog_jsonld");
    }
}
