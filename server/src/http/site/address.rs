//! Which addresses become files, and under which names.

use percent_encoding::percent_decode_str;

use crate::http::page::is_within;

/// What becomes files, with what lies below it. Pictures stand in their pages; each by itself is left to the installation.
const PARTS: [&str; 6] = ["/indicators", "/results", "/roadmap", "/publications", "/data", "/assets"];

/// An address of the installation that becomes a file: a path, and a query where the file depends on it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Target {
    path: String,
    query: Option<String>,
}

impl Target {
    /// Where everything begins.
    pub fn beginning() -> Self {
        Self { path: "/".to_owned(), query: None }
    }

    /// The address that a link leads to, without the place within it; `None` where that is no file.
    pub fn of_link(link: &str) -> Option<Self> {
        let link = link.split('#').next().unwrap_or_default();
        let (path, query) = link.split_once('?').map_or((link, None), |(path, query)| (path, Some(query)));
        if path != "/" && !is_within(path, &PARTS) {
            return None;
        }
        // Of each dataset the CSV file; the other forms and encodings of the same are left to the installation.
        let encoded = query.is_some_and(|query| query.contains("encoding="));
        let kept = !encoded && [".csv", "-metadata.json", ".jsonld"].iter().any(|ending| path.ends_with(ending));
        if path.starts_with("/data/") && is_file(path) && !kept {
            return None;
        }
        // How a page is sorted or narrowed down needs somebody who answers; a revision of a file is a file of its own.
        let query = query.filter(|_| path.starts_with("/data/") || is_file(path)).map(str::to_owned);
        Some(Self { path: path.to_owned(), query })
    }

    /// As it is asked for.
    pub fn address(&self) -> String {
        match &self.query {
            Some(query) => format!("{}?{query}", self.path),
            None => self.path.clone(),
        }
    }

    /// The file's path within the folder.
    pub fn file(&self) -> String {
        percent_decode_str(&self.encoded()).decode_utf8_lossy().into_owned()
    }

    /// The way from this page to another file.
    pub fn way_to(&self, other: &Self) -> String {
        format!("{}{}", "../".repeat(self.encoded().matches('/').count()), other.encoded())
    }

    /// The file's path as it stands in links.
    fn encoded(&self) -> String {
        let path = self.path.trim_matches('/');
        if !is_file(path) {
            return if path.is_empty() { "index.html".to_owned() } else { format!("{path}/index.html") };
        }
        let Some(query) = &self.query else { return path.to_owned() };
        let query: String = query.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
        match path.rsplit_once('.') {
            Some((name, ending)) => format!("{name}.{query}.{ending}"),
            None => format!("{path}.{query}"),
        }
    }
}

/// Whether the last part of a path names a file of a format, and no page: `answers.csv`, not `engaged.industry`.
fn is_file(path: &str) -> bool {
    const ENDINGS: [&str; 15] = [
        "css", "csv", "ico", "js", "json", "jsonld", "ndjson", "parquet", "png", "svg", "txt", "wasm", "woff2", "xlsx",
        "zip",
    ];
    path.rsplit('/').next().and_then(|name| name.rsplit_once('.')).is_some_and(|(_, end)| ENDINGS.contains(&end))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn target(link: &str) -> Target {
        Target::of_link(link).unwrap()
    }

    #[test]
    fn pages_are_folders_and_files_keep_their_names() {
        for (link, file) in [
            ("/", "index.html"),
            ("/results/2025#living", "results/2025/index.html"),
            ("/roadmap#field", "roadmap/index.html"),
            ("/results/2025/engaged.industry?sort=table.1", "results/2025/engaged.industry/index.html"),
            ("/data/2025/answers.csv", "data/2025/answers.csv"),
            ("/data/2025/answers.csv?revision=1", "data/2025/answers.revision-1.csv"),
            ("/data/2025/answers.csv-metadata.json", "data/2025/answers.csv-metadata.json"),
            ("/data/2025/%E5%9C%B0%E5%9B%B3.csv", "data/2025/地図.csv"),
        ] {
            assert_eq!(target(link).file(), file, "{link}");
        }
        for link in [
            "/login",
            "/desk",
            "/pictures/home/map.svg",
            "/api/v1/rounds",
            "https://example.org/",
            "/resultsx",
            "/data/2025/answers.xlsx",
            "/data/2025/answers.csv?encoding=cp932",
            "#main",
        ] {
            assert_eq!(Target::of_link(link), None, "{link}");
        }
    }

    #[test]
    fn ways_are_relative() {
        let page = target("/results/2025/x");
        assert_eq!(page.way_to(&target("/")), "../../../index.html");
        assert_eq!(page.way_to(&target("/assets/style.css")), "../../../assets/style.css");
        assert_eq!(target("/").way_to(&page), "results/2025/x/index.html");
    }
}
