//! A page's links made to lead to the files; what needs somebody who answers is left out.

use std::cell::RefCell;

use lol_html::html_content::Element;
use lol_html::{HandlerResult, RewriteStrSettings, element, rewrite_str};

use super::address::Target;

/// The page with its links changed, and the files that it leads to. Links to anything else lead to `live`.
pub fn page(html: &str, own: &Target, live: &str) -> Result<(String, Vec<Target>), String> {
    let found = RefCell::new(Vec::new());
    let follow = |attribute: &'static str| {
        let found = &found;
        move |element: &mut Element<'_, '_>| -> HandlerResult {
            if let Some(link) = element.get_attribute(attribute)
                && let Some(changed) = changed(&link, own, live, &mut found.borrow_mut())
            {
                element.set_attribute(attribute, &changed)?;
            }
            Ok(())
        }
    };
    let rewritten = rewrite_str(
        html,
        RewriteStrSettings {
            element_content_handlers: vec![
                element!("[href]", follow("href")),
                element!("[src]", follow("src")),
                element!("form", |form| {
                    form.remove();
                    Ok(())
                }),
            ],
            ..RewriteStrSettings::new()
        },
    );
    let rewritten = rewritten.map_err(|error| error.to_string())?;
    Ok((rewritten, found.into_inner()))
}

/// The link as it stands in the file; `None` where it stays as it is.
fn changed(link: &str, own: &Target, live: &str, found: &mut Vec<Target>) -> Option<String> {
    if !link.starts_with('/') {
        return None;
    }
    let Some(target) = Target::of_link(link) else { return Some(format!("{live}{link}")) };
    let place = link.split_once('#').map_or(String::new(), |(_, place)| format!("#{place}"));
    let way = if target == *own && !place.is_empty() { place } else { own.way_to(&target) + &place };
    found.push(target);
    Some(way)
}

/// A page that leads on to where an address of the installation leads, and the file that this is.
pub fn forwarding(leads_to: &str, own: &Target, live: &str) -> (String, Vec<Target>) {
    let mut found = Vec::new();
    let way = changed(leads_to, own, live, &mut found).unwrap_or_else(|| leads_to.to_owned());
    let page = format!(
        "<!DOCTYPE html><html lang=\"ja\"><head><meta charset=\"utf-8\"><title>移動します</title>\
         <meta http-equiv=\"refresh\" content=\"0; url={way}\"></head>\
         <body><p><a href=\"{way}\">次のページへ</a></p></body></html>"
    );
    (page, found)
}

/// A style sheet, which lies beside the fonts' folder, and the files that it names.
pub fn style(css: &str) -> (String, Vec<Target>) {
    const ASSETS: &str = "url(/assets/";
    let named = css.split(ASSETS).skip(1).filter_map(|rest| rest.split(')').next());
    let found = named.filter_map(|name| Target::of_link(&format!("/assets/{name}"))).collect();
    (css.replace(ASSETS, "url("), found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_lead_to_files_or_to_the_installation() {
        let html = r##"<a href="/results">結果</a><a href="/login">ログイン</a><a href="#main">本文</a>
            <form action="/results"><input name="q"></form><img src="/assets/favicon.svg">"##;
        let own = Target::of_link("/indicators").unwrap();
        let (changed, found) = page(html, &own, "https://example.org").unwrap();
        for words in [
            r#"href="../results/index.html""#,
            r#"href="https://example.org/login""#,
            r##"href="#main""##,
            r#"src="../assets/favicon.svg""#,
        ] {
            assert!(changed.contains(words), "{words}: {changed}");
        }
        assert!(!changed.contains("<form") && !changed.contains("<input"), "{changed}");
        assert_eq!(found, ["/results", "/assets/favicon.svg"].map(|link| Target::of_link(link).unwrap()));
    }

    #[test]
    fn an_address_that_leads_on_is_a_page_that_does() {
        let own = Target::of_link("/results").unwrap();
        let (html, found) = forwarding("/results/2025", &own, "https://example.org");
        assert!(html.contains("url=../results/2025/index.html"), "{html}");
        assert_eq!(found, [Target::of_link("/results/2025").unwrap()]);
    }

    #[test]
    fn a_style_sheet_names_its_fonts() {
        let (changed, found) = style("a{src: url(/assets/fonts/a.woff2) format('woff2')}");
        assert_eq!(changed, "a{src: url(fonts/a.woff2) format('woff2')}");
        assert_eq!(found, [Target::of_link("/assets/fonts/a.woff2").unwrap()]);
    }
}
