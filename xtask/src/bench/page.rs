//! What a page makes the browser load.

use std::collections::BTreeSet;

/// Addresses of the stylesheets, scripts and WebAssembly that the HTML names, each once.
pub fn assets(html: &str) -> BTreeSet<String> {
    html.split(['"', '\''])
        .filter(|text| text.starts_with("/assets/"))
        .filter(|text| kind(text).is_some_and(|kind| ["css", "js", "wasm"].contains(&kind)))
        .map(str::to_owned)
        .collect()
}

/// Whether an address is that of WebAssembly.
pub fn is_wasm(address: &str) -> bool {
    kind(address) == Some("wasm")
}

fn kind(address: &str) -> Option<&str> {
    address.rsplit_once('.').map(|(_, kind)| kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_asset_is_found_once() {
        let html = r#"<link rel="stylesheet" href="/assets/style-1.css"><link rel=preload href='/assets/a_bg.wasm'>
            <link rel="modulepreload" href="/assets/a.js"><script src="/assets/a.js"></script><a href="/data">x</a>
            <link rel="icon" href="/assets/icon.svg">"#;
        let found: Vec<_> = assets(html).into_iter().collect();
        assert_eq!(found, ["/assets/a.js", "/assets/a_bg.wasm", "/assets/style-1.css"]);
        assert!(is_wasm(&found[1]) && !is_wasm(&found[0]));
    }
}
