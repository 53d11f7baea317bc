//! Notes whose results are opened: the page, the pictures, the API and the exploration of single questions.
//!
//! It stands in front of the routes that people ask. Previews and the public pages as files have routes of their own:
//! what is written there was opened by nobody. Neither was what a crawler fetches: one of them would open every question
//! for good.

use axum::extract::rejection::RawPathParamsRejection;
use axum::extract::{MatchedPath, RawPathParams, Request, State};
use axum::http::{HeaderMap, Method, header};
use axum::middleware::Next;
use axum::response::Response;
use shared::fiscal_year::FiscalYear;

use super::state::AppState;
use crate::store::{QuestionUse, Way};

/// What crawlers have in the names they give themselves, in lower case.
const CRAWLERS: [&str; 4] = ["bot", "crawl", "spider", "slurp"];

/// Middleware: notes the questions of a request that was answered.
pub async fn note(
    State(state): State<AppState>,
    route: Option<MatchedPath>,
    parameters: Result<RawPathParams, RawPathParamsRejection>,
    request: Request,
    next: Next,
) -> Response {
    let opened = match (route, parameters) {
        (Some(route), Ok(parameters)) if request.method() == Method::GET && !is_of_crawler(request.headers()) => {
            let query = request.uri().query().unwrap_or_default();
            opened(route.as_str(), &parameters.iter().collect::<Vec<_>>(), query)
        }
        _ => Vec::new(),
    };
    let response = next.run(request).await;
    if response.status().is_success() {
        for question in opened {
            state.service.note_question_use(question);
        }
    }
    response
}

/// Whether the request says that a crawler sends it. Programs that somebody uses to read results (`curl`, libraries) count
/// as readers, and so does who says nothing; a crawler that calls itself a browser is not told apart.
fn is_of_crawler(headers: &HeaderMap) -> bool {
    let name =
        headers.get(header::USER_AGENT).map(|name| String::from_utf8_lossy(name.as_bytes()).to_ascii_lowercase());
    name.is_some_and(|name| CRAWLERS.iter().any(|word| name.contains(word)))
}

/// The questions whose results an address shows.
fn opened(route: &str, parameters: &[(&str, &str)], query: &str) -> Vec<QuestionUse> {
    let one = |name: &str| parameters.iter().find(|(known, _)| *known == name).map(|(_, value)| *value);
    // In the address of a picture the year is a part of its path, and the concept may hold slashes.
    let picture: Vec<&str> = one("path").unwrap_or_default().split('/').collect();
    let (way, year, concept, chosen) = match (route, picture.as_slice()) {
        ("/results/{year}/{concept}" | "/results/{year}/{concept}/computation", _) => {
            (Way::Page, one("year"), one("concept").map(str::to_owned), &[("cross", "")][..])
        }
        ("/pictures/{*path}", ["results", year, concept @ .., _]) => {
            (Way::Picture, Some(*year), Some(concept.join("/")), &[("cross", "")][..])
        }
        (
            "/api/v1/results/{year}/questions/{concept}"
            | "/api/v1/results/{year}/questions/{concept}/values"
            | "/api/v1/results/{year}/transitions/{concept}"
            | "/api/v1/exhibits/results/{year}/{concept}/{name}",
            _,
        ) => (Way::Api, one("year"), one("concept").map(str::to_owned), &[("by", "question:")][..]),
        ("/results/{year}/explore" | "/api/v1/results/{year}/exploration", _) => {
            (Way::Exploration, one("year"), None, &[("of", "q."), ("by", "q.")][..])
        }
        _ => return Vec::new(),
    };
    let Some(year) = year.and_then(|year| year.parse::<FiscalYear>().ok()) else { return Vec::new() };
    let pairs = form_urlencoded::parse(query.as_bytes());
    let beside = pairs.filter_map(|(name, value)| {
        let (_, before) = chosen.iter().find(|(known, _)| *known == name)?;
        value.strip_prefix(before).map(str::to_owned)
    });
    let concepts = concept.into_iter().chain(beside).filter(|concept| !concept.is_empty());
    concepts.map(|concept| QuestionUse { year, concept, way }).collect()
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    fn told(route: &str, parameters: &[(&str, &str)], query: &str) -> Vec<(u16, String, Way)> {
        opened(route, parameters, query).into_iter().map(|one| (one.year.year(), one.concept, one.way)).collect()
    }

    #[test]
    fn crawlers_are_known_by_their_names_and_readers_are_none() {
        let is_of_crawler = |name: &'static str| {
            let headers: HeaderMap = [(header::USER_AGENT, HeaderValue::from_static(name))].into_iter().collect();
            is_of_crawler(&headers)
        };
        for name in [
            "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
            "Mozilla/5.0 (compatible; Baiduspider/2.0)",
            "Mozilla/5.0 (compatible; Yahoo! Slurp)",
            "SomeCrawler",
        ] {
            assert!(is_of_crawler(name), "{name}");
        }
        for name in ["Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0", "curl/8.5.0", ""] {
            assert!(!is_of_crawler(name), "{name}");
        }
        assert!(!super::is_of_crawler(&HeaderMap::new()));
    }

    #[test]
    fn an_address_tells_whose_results_it_shows() {
        let asked = [("year", "2025"), ("concept", "stage.industry")];
        let page = told("/results/{year}/{concept}", &asked, "region=tosei&cross=organization.plan&by=question%3Ax");
        let of = |concept: &str, way| (2025, concept.to_owned(), way);
        assert_eq!(page, [of("stage.industry", Way::Page), of("organization.plan", Way::Page)]);
        let path = [("path", "results/2025/a/b/by-year.csv")];
        assert_eq!(told("/pictures/{*path}", &path, "cross="), [of("a/b", Way::Picture)]);
        assert_eq!(told("/pictures/{*path}", &[("path", "home/fields")], ""), []);
        let api = told("/api/v1/results/{year}/questions/{concept}", &asked, "by=question%3Ax");
        assert_eq!(api, [of("stage.industry", Way::Api), of("x", Way::Api)]);
        assert_eq!(
            told("/results/{year}/explore", &[("year", "2025")], "of=q.x&by=region"),
            [of("x", Way::Exploration)]
        );
        assert_eq!(told("/results/{year}", &[("year", "2025")], "cross=x"), []);
        assert_eq!(told("/results/{year}/{concept}", &[("year", "x"), ("concept", "y")], ""), []);
    }
}
