//! How the figures were computed, from which data, and where to get them.

use leptos::prelude::*;

use super::Published;
use crate::components::format;

/// The rules in words, the data's identity, the way to the downloads.
#[component]
pub fn MethodSection(published: Published) -> impl IntoView {
    let Published { year, reference_date, revision, published_at, sha256, official, .. } = published;
    let outcome = official.outcome;
    let definition = official.definition;
    let share = outcome.share();
    let rules = [
        format!("分母は登録されている全{}市町村です。未提出の団体も含めます。", outcome.register),
        format!("分子は、定義に当てはまると回答し、県が回答を受理して確認した{}団体です。", outcome.engaged),
        format!("割合は {}÷{}＝{share} です（小数第2位を四捨五入）。", share.numerator, share.denominator),
        format!(
            "未提出・無回答・不明・県の確認前の回答は「未確定」（{}団体）とし、どちらにも数えません。「とりうる範囲」は、未確定の団体がすべて取り組んでいない場合から、すべて取り組んでいる場合までです。",
            outcome.undetermined()
        ),
        "前回との差は、四捨五入する前の割合から計算し、ポイントで表します。△は減少です。".to_owned(),
        "全市町村を対象とする調査のため、標本誤差はありません。".to_owned(),
    ];
    let rules = rules.into_iter().map(|rule| view! { <li>{rule}</li> }).collect_view();
    view! {
        <section class="section" aria-labelledby="method">
            <h2 id="method">"計算の方法とデータ"</h2>
            <ul>{rules}</ul>
            <p><a href=official.computation.clone()>"一つ一つの段階と、市町村ごとの回答までたどる"</a></p>
            <dl class="facts">
                <dt>"定義"</dt>
                <dd>
                    <a href=format::definition_href(&definition)>
                        {format!("{}（{}）", definition.title, definition.version_label())}
                    </a>
                </dd>
                <dt>"定義の出典"</dt>
                <dd>{definition.source.clone()}</dd>
                <dt>"調査"</dt>
                <dd>{format!("{year}、基準日 {}", reference_date.date())}</dd>
                <dt>"公表"</dt>
                <dd>{format!("第{revision}版、{}", published_at.date_time())}</dd>
                <dt>"データのハッシュ（SHA-256）"</dt>
                <dd><code class="hash">{sha256}</code></dd>
            </dl>
            <div class="actions">
                <a class="button button--primary" href="/data">"データをダウンロードする"</a>
                <a class="button" href=format!("/results/{}", year.year())>"設問ごとの結果を見る"</a>
            </div>
        </section>
    }
    .into_any()
}
