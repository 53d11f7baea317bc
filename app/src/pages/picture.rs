//! `/pictures/…`: one exhibit by itself, to be linked and shown inside other sites.

use leptos::prelude::*;

use crate::components::exhibit::ExhibitSection;
use crate::exhibit::Exhibit;

/// An exhibit by itself.
#[derive(Debug, Clone, PartialEq)]
pub struct PictureModel {
    /// The exhibit.
    pub exhibit: Exhibit,
    /// Address of the page that it belongs to.
    pub page: String,
    /// The absolute address by which other sites show it; `None` for what is not public.
    pub embed: Option<String>,
}

/// An exhibit by itself.
#[component]
pub fn PicturePage(
    /// What it shows.
    model: PictureModel,
) -> impl IntoView {
    let PictureModel { exhibit, page, embed } = model;
    let embed = embed.map(|address| {
        let snippet = format!(
            r#"<iframe src="{address}" title="{}" width="100%" height="900" loading="lazy"></iframe>"#,
            exhibit.sentence()
        );
        view! {
            <details>
                <summary>"ほかのサイトに埋め込む"</summary>
                <p>"次のHTMLをページに貼り付けます。値が公表し直されると、埋め込んだ図も新しくなります。"</p>
                <pre class="embed-code" tabindex="0"><code>{snippet}</code></pre>
            </details>
        }
    });
    view! {
        <ExhibitSection exhibit alone=true />
        {embed}
        <p><a href=page target="_top">"この図のあるページ"</a></p>
    }
    .into_any()
}
