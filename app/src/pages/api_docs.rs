//! `/api/docs`: the API's description, read and tried out with Swagger UI.

use leptos::nonce::use_nonce;
use leptos::prelude::*;

/// What `/api/docs` shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiDocs {
    /// Address of Swagger UI's style.
    pub style: String,
    /// Address of Swagger UI.
    pub script: String,
    /// Somebody is signed in and may make tokens.
    pub signed_in: bool,
}

/// Starts Swagger UI. Its validator would be asked on another site.
const START: &str = "SwaggerUIBundle({\
    url: '/api/v1/openapi.json', dom_id: '#swagger-ui', deepLinking: true, validatorUrl: null, \
    docExpansion: 'list', defaultModelsExpandDepth: 0, displayRequestDuration: true});";

/// The API's description.
#[component]
pub fn ApiDocsPage(
    /// What it shows.
    model: ApiDocs,
) -> impl IntoView {
    let ApiDocs { style, script, signed_in } = model;
    let tokens = if signed_in {
        view! { <a class="button" href="/tokens">"APIトークンを作る"</a> }.into_any()
    } else {
        view! { <a class="button" href="/login?next=%2Ftokens">"ログインしてAPIトークンを作る"</a> }.into_any()
    };
    view! {
        <link rel="stylesheet" href=style />
        <p class="page-context"><a href="/data">"データ"</a></p>
        <h1>"API"</h1>
        <p class="page-lead">"結果とデータをJSONで取得できます。公表した結果は、だれでも取得できます。"</p>
        <p>
            "仕様の全体は、"<a href="/api/v1/openapi.json">"OpenAPI 3.1の文書（/api/v1/openapi.json）"</a>"にあります。"
        </p>
        <p class="actions">{tokens}</p>
        <section class="section" aria-labelledby="operations">
            <h2 id="operations">"操作の一覧"</h2>
            <noscript><p>"一覧の表示にはJavaScriptが必要です。OpenAPIの文書には、同じ内容があります。"</p></noscript>
            <div id="swagger-ui"></div>
        </section>
        <script src=script nonce=use_nonce()></script>
        <script nonce=use_nonce() inner_html=START></script>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::components::question::samples::plain;

    #[test]
    fn everything_comes_from_this_site() {
        let model = ApiDocs { style: "/api/docs/a/x.css".into(), script: "/api/docs/b/x.js".into(), signed_in: false };
        let html = plain(view! { <ApiDocsPage model=model.clone() /> });
        assert!(html.contains("src=\"/api/docs/b/x.js\"") && html.contains("href=\"/login?next=%2Ftokens\""), "{html}");
        assert!(html.contains("validatorUrl: null") && !html.contains("//") && !html.contains(" style="), "{html}");
        let html = plain(view! { <ApiDocsPage model=ApiDocs { signed_in: true, ..model } /> });
        assert!(html.contains("href=\"/tokens\""));
    }
}
