//! `/compare/method`: how the figures of a comparison are computed, from one answer to a rank with its interval.

use leptos::prelude::*;

use crate::components::table_frame::TableFrame;

/// What the page says of one comparison; the method is the same for all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Method {
    /// Year and edition; `None` where nothing can be compared.
    pub context: Option<String>,
    /// Survey, revision and hash.
    pub source: Option<String>,
    /// What is compared: each section with the number of its practices.
    pub sections: Vec<(String, usize)>,
    /// Whom it is compared with.
    pub peers: Option<String>,
    /// The comparison's page.
    pub back: String,
    /// The same comparison question by question: each answer that the figures follow from.
    pub answers: String,
}

/// How the figures of a comparison are computed.
#[component]
pub fn MethodPage(
    /// What it shows.
    model: Method,
) -> impl IntoView {
    let Method { context, source, sections, peers, back, answers } = model;
    let all: usize = sections.iter().map(|(_, practices)| practices).sum();
    let sections = (!sections.is_empty()).then(|| {
        let rows = sections.into_iter().map(|(title, practices)| {
            view! { <tr><th scope="row">{title}</th><td class="number">{practices}</td></tr> }
        });
        view! {
            <TableFrame label="比べる取組の数">
                <table class="table">
                    <caption>"比べる取組の数（設問）"</caption>
                    <thead><tr><th scope="col">"分野"</th><th scope="col" class="number">"取組の数"</th></tr></thead>
                    <tbody>
                        {rows.collect_view()}
                        <tr><th scope="row">"すべての取組"</th><td class="number">{all}</td></tr>
                    </tbody>
                </table>
            </TableFrame>
        }
    });
    view! {
        <p class="page-context">"どう計算したか"{context.map(|context| format!("　{context}"))}</p>
        <h1>"比較と成熟度の計算"</h1>
        <p class="page-lead">
            "比較と成熟度は、市町村どうしが学び合うための参考です。順位と点は公表しません（協議会会員、県、その市町村だけが見ます）。"
        </p>
        {peers.map(|peers| view! { <p class="compare-peers">{peers}</p> })}
        <ul class="compare-links screen-only">
            <li><a href=back>"比較に戻る"</a></li>
            <li><a href=answers>"この比較のもとになった、設問ごとの回答（段階）を見る"</a></li>
        </ul>
        <section class="section" aria-labelledby="method-practices">
            <h2 id="method-practices">"比べる取組"</h2>
            <p>
                "取組は、段階（0 未着手、1 検討中、2 実施予定、3 一部実施・実証中、4 実施している）で答える設問のうち、市町村別の値の公開範囲が協議会以上のものです。誰が見ても同じ取組を数えます。"
            </p>
            {sections}
        </section>
        <Shares />
        <Suppression />
        <Maturity />
        <Ranks />
        <section class="section" aria-labelledby="method-sources">
            <h2 id="method-sources">"もとになるデータと出典"</h2>
            {source.map(|source| view! { <p>{source}</p> })}
            <ul>
                <li>
                    <cite lang="en">"OECD/JRC (2008) Handbook on Constructing Composite Indicators"</cite>
                    "（正規化、重みと合成、頑健性）"
                </li>
                <li>
                    <cite lang="en">"Saisana, M., Saltelli, A. & Tarantola, S. (2005) Journal of the Royal Statistical Society A 168, 307–323"</cite>
                    "（順位の不確かさ）"
                </li>
                <li>
                    <cite lang="en">"Devroye, L. (1986) Non-Uniform Random Variate Generation"</cite>
                    "（重みの引き方）"
                </li>
                <li>
                    <cite lang="en">"Steele, G. L., Lea, D. & Flood, C. H. (2014) Fast splittable pseudorandom number generators"</cite>
                    "（乱数列）"
                </li>
            </ul>
        </section>
    }
    .into_any()
}

#[component]
fn Shares() -> impl IntoView {
    view! {
        <section class="section" aria-labelledby="method-strips">
            <h2 id="method-strips">"実施率、中央値、順位"</h2>
            <ul>
                <li>
                    "実施率＝「一部実施・実証中」か「実施している」と答えた取組の数 ÷ その団体に関係する取組の数。該当なし、分岐による対象外、当年度設問なしは分母から除きます。無回答と不明は分母に残り、実施していない側に数えます。"
                </li>
                <li>
                    "中央値は、比べた団体のうち値のある団体だけから、分数のまま求めます（偶数のときは中央の2つの平均）。差は丸める前に引き、小数第2位を四捨五入します。自団体の無回答か不明の答えによって中央値を上回るか下回るかが変わるときは「未確定」とします。"
                </li>
                <li>"順位は高いほうから数え、同じ値は同じ順位です。自団体を含めて5団体に満たないときは付けません。"</li>
                <li>"「下からの位置」＝（自団体より低い団体の数＋同じ値の団体の数の半分）÷ほかの団体の数。"</li>
                <li>"四分位は、値のある団体が10以上のときだけ示します。求め方はtype 7かtype 6から選べます。"</li>
            </ul>
            <h3 id="method-radar">"レーダーチャート"</h3>
            <p>
                "同じ実施率と中央値を、調査票の順に並べた軸に描いたものです。中心が0％、外側が100％です。面積と形は軸の順番で変わるため、比べるときは表を見てください。"
            </p>
            <h3 id="method-areas">"項目と団体の表"</h3>
            <p>
                "各団体の項目ごとの実施率です。最も高い（低い）項目には、同じ値の団体がある項目を含め、全団体が同じ値の項目を含みません。"
            </p>
            <h3 id="method-elsewhere">"ほかの団体が実施している取組"</h3>
            <p>
                "自団体が「一部実施・実証中」か「実施している」と答えておらず、該当なしと対象外でもない取組（無回答と不明を含む）のうち、ほかの団体が実施しているものです。市町村別の値を見られるアカウントには比べた団体を名前で、ほかのアカウントには、だれと比べるときも、自団体を除き回答した全団体のうちの数を示します。その数か残りの数が3に満たないときは秘匿とします。設問ごとの結果は自団体も含めて数えるため、そこで示されている数がここでは秘匿になることがあります。"
            </p>
            <h3 id="method-changes">"前の年度から変わった取組"</h3>
            <p>
                "両年度で同じ聞き方をし、どちらにも段階の回答がある取組だけを、1つずつ段階の上がり下がりで数えます。無回答、不明、該当なしがある取組は、変わったとも変わらないとも数えません。"
            </p>
            <h3 id="method-course">"年度の変化"</h3>
            <p>
                "両年度で同じ聞き方をした取組だけを、両年度の分母と分子に数えます。差の下限＝今回の実施率−前回の無回答と不明をすべて実施とした実施率、差の上限＝今回の無回答と不明をすべて実施とした実施率−前回の実施率。下限と上限が0をまたぐ項目は「未確定」とし、上がったとも下がったとも数えません。"
            </p>
        </section>
    }
    .into_any()
}

#[component]
fn Suppression() -> impl IntoView {
    view! {
        <section class="section" aria-labelledby="method-suppression">
            <h2 id="method-suppression">"秘匿"</h2>
            <p>
                "市町村別の値を見られないアカウントには、値のある団体が5に満たない、全団体が同じ値である、又は設問が1つだけの行について、比べた団体の値、中央値、順位を示しません。市町村名を付けない個々の値を示すのは、だれにも同じ「人口規模の近い7団体」のときだけで、ほかの比較グループでは中央値だけを示し、順位、四分位と順位の幅は示しません。重なり合う2つのグループの違いが、回答した1〜4団体（行によっては、値のある1〜4団体）だけになる比較グループは選べないか、その行を秘匿とします。違いから1団体の値が分かることを防ぐためです。"
            </p>
        </section>
    }
    .into_any()
}

#[component]
fn Maturity() -> impl IntoView {
    let states = [
        ("該当なし、分岐により対象外、当年度設問なし", "数えない。その重みはほかの設問・項目が引き受ける"),
        ("無回答、不明", "未確定。0段階のときと4段階のときの点を幅で示す。順位もその幅から付ける"),
        ("未提出", "点も順位もない"),
    ];
    let states = states
        .map(|(state, treatment)| view! { <tr><th scope="row">{state}</th><td class="text">{treatment}</td></tr> });
    view! {
        <section class="section" aria-labelledby="method-maturity">
            <h2 id="method-maturity">"成熟度：回答から点まで"</h2>
            <ol>
                <li>"設問：段階 0（未着手）〜4（実施している）。"</li>
                <li>"項目：設問の段階の平均。設問の重みはすべて同じです。"</li>
                <li>
                    "物差し：項目どうしを比べられるようにします。「段階そのまま」（0を1点、4を100点とする。ふだん使うもの）、「最小〜最大」（比べる団体の最小を1点、最大を100点とする）、「標準得点」（平均から標準偏差の何倍離れているか）、「順位」（下から何割か）から選べます。"
                </li>
                <li>
                    "分野と全体：項目の重み付き平均と、分野の重み付き平均。平均は、算術、幾何、調和から選べます。弱い項目を強い項目でどこまで補えるとみるかの違いです。点を0からでなく1から始めるのは、幾何平均と調和平均が、0の項目が1つあるだけで0になるためです。"
                </li>
            </ol>
            <p>"重みはふだんすべて同じで、画面で変えて試せます。変えても、公表する値は何も変わりません。"</p>
            <TableFrame label="値のない回答の扱い">
                <table class="table">
                    <caption>"値のない回答の扱い"</caption>
                    <thead><tr><th scope="col">"状態"</th><th scope="col">"扱い"</th></tr></thead>
                    <tbody>{states.into_iter().collect_view()}</tbody>
                </table>
            </TableFrame>
            <p>
                "物差しは確認できた段階だけから作り、未確定の分では動かしません。そのため、未確定の回答が何になっても、点は示した幅に入ります。図では、印が下限、右へ伸びる線が上限までです。"
            </p>
            <p>"点は、1つの回答が1段階変わったときに動く大きさと、幅の大きさより細かい桁では示しません。"</p>
        </section>
    }
    .into_any()
}

#[component]
fn Ranks() -> impl IntoView {
    view! {
        <section class="section" aria-labelledby="method-ranks">
            <h2 id="method-ranks">"順位の幅"</h2>
            <p>
                "重みを2,000通り引き（分野の間、分野の中の項目の間で、あらゆる配分から一様に）、物差しと平均の組み合わせ10通り（標準得点は算術平均だけ）と掛け合わせた20,000通りで順位を付け、最も上から最も下までを示します。「項目を1つずつ除く」を選ぶと、すべての項目を同じ重みで使うときと、どれか1つの項目を除くときの順位の幅になります。どの団体も同じ段階の項目は、順位を変えないので除きます。"
            </p>
            <p>
                "未確定の回答がある団体の点は幅なので、順位も組み合わせごとに幅になります。最も上の順位＝点の下限が自団体の上限より高い団体の数＋1、最も下の順位＝点の上限が自団体の下限より高いほかの団体の数＋1。未確定の回答がどの団体にもなければ、2つは同じ順位です。中央の順位は、すべての組み合わせの最も上と最も下の順位の中央値です。"
            </p>
            <p>
                "順位の幅は、選び方によって順位がどれだけ変わるかを示すもので、偶然の誤差ではありません。乱数の種は画面とAPIに示します。同じ回答と同じ種からは、どの機械でも同じ結果になります。"
            </p>
        </section>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::components::question::samples::plain;

    #[test]
    fn every_exhibit_of_a_comparison_finds_its_method() {
        let model = Method {
            context: None,
            source: None,
            sections: vec![("行政経営".to_owned(), 21), ("暮らし・まち".to_owned(), 30)],
            peers: None,
            back: "/compare?rows=field".to_owned(),
            answers: "/compare?rows=question".to_owned(),
        };
        let html = plain(view! { <MethodPage model /> });
        for exhibit in ["strips", "radar", "areas", "elsewhere", "changes", "course", "maturity"] {
            assert!(html.contains(&format!("id=\"method-{exhibit}\"")), "{exhibit}");
        }
        assert!(html.contains(">51</td>") && html.contains("/compare?rows=question"));
    }
}
