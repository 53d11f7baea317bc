//! Lists in pages: `page` from 1 and `per_page`, and a `Link` header to the other pages (RFC 8288).
//!
//! Every list has an order that stays: by code, by year or as in the questionnaire.

use std::ops::Range;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderName, HeaderValue, header};
use axum::response::{IntoResponseParts, ResponseParts};
use utoipa::IntoParams;

use crate::http::refusal::Refusal;

/// Entries of a page, where nothing else is asked for.
const USUAL: usize = 100;
/// Entries of a page at most.
const MOST: usize = 1000;
/// How many entries there are on all pages.
const TOTAL: HeaderName = HeaderName::from_static("shirabe-total-count");

/// The parameters of every list, for its description.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "it describes what Paging reads")]
pub struct PageParameters {
    /// ページ（1から）
    #[param(minimum = 1, maximum = 1_000_000, default = 1, nullable = false)]
    page: Option<u32>,
    /// 1ページの件数
    #[param(minimum = 1, maximum = 1000, default = 100, nullable = false)]
    per_page: Option<u32>,
}

/// Which page is asked for. An extractor.
pub struct Paging {
    page: usize,
    per_page: usize,
    path: String,
    others: Vec<(String, String)>,
}

impl<S: Send + Sync> FromRequestParts<S> for Paging {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Refusal> {
        Self::of(parts.uri.path(), parts.uri.query().unwrap_or_default())
    }
}

impl Paging {
    fn of(path: &str, query: &str) -> Result<Self, Refusal> {
        let mut paging = Self { page: 1, per_page: USUAL, path: path.to_owned(), others: Vec::new() };
        for (name, value) in form_urlencoded::parse(query.as_bytes()) {
            match &*name {
                "page" => paging.page = number("page", &value, 1_000_000)?,
                "per_page" => paging.per_page = number("per_page", &value, MOST)?,
                _ => paging.others.push((name.into_owned(), value.into_owned())),
            }
        }
        Ok(paging)
    }

    /// The page of a list of so many entries; none of them where it lies behind the end.
    pub fn of_total(&self, total: usize) -> Page {
        let last = total.div_ceil(self.per_page).max(1);
        let start = ((self.page - 1) * self.per_page).min(total);
        let end = (start + self.per_page).min(total);
        let mut links = Vec::new();
        let mut link =
            |page: usize, relation: &str| links.push(format!("<{}>; rel=\"{relation}\"", self.address(page)));
        if last > 1 || self.page > 1 {
            link(1, "first");
            if self.page > 1 {
                link((self.page - 1).min(last), "prev");
            }
            if self.page < last {
                link(self.page + 1, "next");
            }
            link(last, "last");
        }
        Page { range: start..end, total, links: links.join(", ") }
    }

    fn address(&self, page: usize) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.extend_pairs(&self.others);
        query.append_pair("page", &page.to_string()).append_pair("per_page", &self.per_page.to_string());
        format!("{}?{}", self.path, query.finish())
    }
}

fn number(name: &str, text: &str, most: usize) -> Result<usize, Refusal> {
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let number = digits.then(|| text.parse::<usize>().ok()).flatten().filter(|number| (1..=most).contains(number));
    number.ok_or_else(|| Refusal::BadRequest(format!("{name} には1〜{most}の数を指定してください。")))
}

/// One page of a list. Part of a response: it brings the headers.
pub struct Page {
    /// Places of its entries in the list.
    pub range: Range<usize>,
    total: usize,
    links: String,
}

impl Page {
    /// The entries of the page.
    pub fn part<T>(&self, all: impl IntoIterator<Item = T>) -> Vec<T> {
        all.into_iter().skip(self.range.start).take(self.range.len()).collect()
    }
}

impl IntoResponseParts for Page {
    type Error = std::convert::Infallible;

    fn into_response_parts(self, mut response: ResponseParts) -> Result<ResponseParts, Self::Error> {
        response.headers_mut().insert(TOTAL, HeaderValue::from(self.total));
        if let Ok(links) = HeaderValue::from_str(&self.links)
            && !links.is_empty()
        {
            response.headers_mut().insert(header::LINK, links);
        }
        Ok(response)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(query: &str, total: usize) -> Page {
        Paging::of("/api/v1/x", query).unwrap().of_total(total)
    }

    #[test]
    fn a_list_is_read_page_by_page() {
        let all: Vec<usize> = (0..250).collect();
        let mut read = Vec::new();
        for number in 1..=3 {
            read.extend(page(&format!("page={number}&region=三八"), all.len()).part(all.clone()));
        }
        assert_eq!(read, all);
        let second = page("region=%E4%B8%89%E5%85%AB&page=2", 250);
        let address = "/api/v1/x?region=%E4%B8%89%E5%85%AB";
        assert_eq!(
            second.links,
            format!(
                "<{address}&page=1&per_page=100>; rel=\"first\", <{address}&page=1&per_page=100>; rel=\"prev\", \
                 <{address}&page=3&per_page=100>; rel=\"next\", <{address}&page=3&per_page=100>; rel=\"last\""
            )
        );
        assert!(!page("page=3", 250).links.contains("next"));
    }

    #[test]
    fn one_page_has_no_links_and_beyond_the_end_is_nothing() {
        assert_eq!(page("", 100).links, "");
        assert_eq!(page("", 0).range, 0..0);
        assert_eq!(page("page=9", 250).range, 250..250);
        assert!(page("page=9", 250).links.contains("page=3&per_page=100>; rel=\"prev\""));
    }

    #[test]
    fn what_is_no_page_is_refused() {
        for query in [
            "page=0",
            "page=-1",
            "page=x",
            "page=",
            "page=+1",
            "per_page=0",
            "per_page=1001",
            "page=99999999999999999999",
        ] {
            assert!(matches!(Paging::of("/", query), Err(Refusal::BadRequest(_))), "{query}");
        }
    }
}
