//! The typeface in two weights, cut by unicode-range so that a page loads the characters it shows.

use super::css;
use crate::repository;
use anyhow::{Context, Result, ensure};
use std::fmt::Write;
use std::fs;

const PACKAGE: &str = "node_modules/@fontsource/biz-udgothic";
const WEIGHTS: [&str; 2] = ["400", "700"];

/// The `@font-face` rules of both weights; their addresses are below `/assets/fonts/`.
pub fn stylesheet() -> Result<String> {
    let version = version()?;
    WEIGHTS.iter().map(|weight| rules(&read(&format!("{weight}.css"))?, &version)).collect()
}

/// Every font file with the name that the stylesheet gives it.
pub fn files() -> Result<Vec<(String, Vec<u8>)>> {
    let version = version()?;
    let folder = repository::path(PACKAGE).join("files");
    // The Open Font License goes with the fonts.
    let mut files = vec![("LICENSE.txt".to_owned(), read("LICENSE")?.into_bytes())];
    for entry in fs::read_dir(&folder).with_context(|| folder.display().to_string())? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if WEIGHTS.iter().any(|weight| name.ends_with(&format!("-{weight}-normal.woff2"))) {
            files.push((versioned(&version, &name), fs::read(&path).with_context(|| path.display().to_string())?));
        }
    }
    Ok(files)
}

/// The package's rules with woff2 only: every browser that runs WebAssembly reads it, and older ones show their own
/// font.
fn rules(css: &str, version: &str) -> Result<String> {
    let mut sheet = String::new();
    for line in css::compact(css).lines() {
        let Some(sources) = line.strip_prefix("src: ") else {
            sheet.push_str(line);
            sheet.push('\n');
            continue;
        };
        let woff2 = sources
            .split(['(', ')'])
            .find_map(|part| part.strip_prefix("./files/").filter(|_| part.ends_with("woff2")));
        let name = woff2.with_context(|| format!("no woff2 in the font rule “{line}”"))?;
        let _ = writeln!(sheet, "src: url(/assets/fonts/{}) format('woff2');", versioned(version, name));
    }
    ensure!(sheet.contains("font-display: swap"), "the font rules no longer say font-display: swap");
    Ok(sheet)
}

/// A font's file name never means other content: the package's version is in it.
fn versioned(version: &str, name: &str) -> String {
    format!("{version}-{name}")
}

fn version() -> Result<String> {
    let package: serde_json::Value = serde_json::from_str(&read("package.json")?)?;
    package["version"].as_str().map(str::to_owned).with_context(|| format!("no version in {PACKAGE}/package.json"))
}

fn read(file: &str) -> Result<String> {
    let path = repository::path(PACKAGE).join(file);
    fs::read_to_string(&path).with_context(|| path.display().to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn a_rule_keeps_woff2_only() {
        let css = "/* [0] */\n@font-face {\n  font-display: swap;\n  src: url(./files/a-0-400-normal.woff2) format('woff2'), \
                   url(./files/a-0-400-normal.woff) format('woff');\n  unicode-range: U+41;\n}";
        assert_eq!(
            rules(css, "5.3.0").unwrap(),
            "@font-face {\nfont-display: swap;\nsrc: url(/assets/fonts/5.3.0-a-0-400-normal.woff2) format('woff2');\n\
             unicode-range: U+41;\n}\n"
        );
        assert!(rules("@font-face {\nsrc: url(./files/a.woff) format('woff');\n}", "1").is_err());
    }

    #[test]
    fn rules_and_files_name_the_same_fonts() {
        let sheet = stylesheet().unwrap();
        let named: BTreeSet<_> =
            sheet.split("/assets/fonts/").skip(1).filter_map(|rest| rest.split(')').next()).collect();
        let files = files().unwrap();
        let there: BTreeSet<_> = files.iter().map(|(name, _)| name.as_str()).collect();
        assert!(named.len() > 200 && named.is_subset(&there), "{:?}", named.difference(&there).collect::<Vec<_>>());
    }
}
