//! From which data: version, publication, hash, and the command that computes it anew.

use leptos::prelude::*;

use super::Computation;

/// What identifies the figure.
#[component]
pub fn IdentitySection(model: Computation) -> impl IntoView {
    let Computation { year, reference_date, revision, published_at, sha256, definition, .. } = model;
    let command = format!("shirabe indicator verify --year {}", year.year());
    view! {
        <section class="section" aria-labelledby="identity">
            <h2 id="identity">"もとになるデータと検算"</h2>
            <dl class="facts">
                <dt>"調査"</dt>
                <dd>{format!("{year}、基準日 {}", reference_date.date())}</dd>
                <dt>"定義の版"</dt>
                <dd><code>{definition.id.clone()}</code> {format!(" {}", definition.version_label())}</dd>
                <dt>"公表"</dt>
                <dd>{format!("第{revision}版、{}", published_at.date_time())}</dd>
                <dt>"データのハッシュ（SHA-256）"</dt>
                <dd><code class="hash">{sha256}</code></dd>
                <dt>"検算のコマンド"</dt>
                <dd>
                    <code class="hash">{command}</code>
                    <br />
                    "公表時に固定したデータから、すべての値を計算し直して照合します。"
                </dd>
                <dt>"プログラムから"</dt>
                <dd>
                    <a href=format!("/api/v1/rounds/{}/indicators", year.year())>{format!("/api/v1/rounds/{}/indicators", year.year())}</a>
                    <br />
                    <a href=format!("/api/v1/indicators/{}", definition.id)>{format!("/api/v1/indicators/{}", definition.id)}</a>
                </dd>
            </dl>
        </section>
    }
    .into_any()
}
