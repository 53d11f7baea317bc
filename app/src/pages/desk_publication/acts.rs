//! Previewing, publishing, correcting, taking back.

use leptos::prelude::*;
use shared::round::RoundState;

use super::{DeskPublication, Reasoned};
use crate::components::question::TextArea;

/// Who reads the reason of a correction and of a withdrawal.
const READ_BY_ALL: &str = "公表の履歴に表示され、誰でも読めます。";

/// The whole site as others would see it.
pub fn preview(model: &DeskPublication) -> AnyView {
    let year = model.year.year();
    if model.state < RoundState::Closed {
        return ().into_any();
    }
    let municipalities = model
        .municipalities
        .iter()
        .cloned()
        .map(|(code, name)| view! { <option value=code>{name} "の回答者"</option> })
        .collect_view();
    view! {
        <section class="section screen-only" aria-labelledby="preview">
            <h2 id="preview">"2．プレビュー"</h2>
            <p>"いま公表したとして、だれにどう見えるかを、サイト全体で確かめます。ほかの人には見えません。"</p>
            <form class="filter" method="post" action=format!("/desk/{year}/preview")>
                <div class="form-field">
                    <label for="as">"だれとして見るか"</label>
                    <select class="select-field" id="as" name="as">
                        <option value="public">"一般の人"</option>
                        <option value="member">"協議会の会員"</option>
                        {municipalities}
                    </select>
                </div>
                <button class="button" type="submit">"プレビューを始める"</button>
            </form>
        </section>
    }
    .into_any()
}

/// What may be done now.
pub fn acts(model: &DeskPublication) -> AnyView {
    let year = model.year.year();
    let publish = match model.state {
        RoundState::Finalized if model.history.is_empty() => view! {
            <form method="post" action=format!("/desk/{year}/state")>
                <input type="hidden" name="to" value="published" />
                <p>"公開範囲に従って、結果が誰でも見られるようになります。"</p>
                <p class="actions"><button class="button button--primary" type="submit">"結果を公表する"</button></p>
            </form>
        }
        .into_any(),
        RoundState::Finalized => view! {
            <form method="post" action=format!("/desk/{year}/state")>
                <input type="hidden" name="to" value="published" />
                <p>"新しい版として公表します。前の版も、履歴から読めます。"</p>
                {reason(model, Reasoned::Publication, "公表する理由（何を訂正したか）", READ_BY_ALL)}
                <p class="actions"><button class="button button--primary" type="submit">"訂正版を公表する"</button></p>
            </form>
        }
        .into_any(),
        RoundState::Published => view! { <p>"公表しています。"</p> }.into_any(),
        RoundState::Draft | RoundState::Open | RoundState::Closed => view! {
            <p>"公表できるのは、回答を確定した後です。"</p>
        }
        .into_any(),
    };
    let reopen = model.state.may_be_reopened().then(|| {
        view! {
            <h3>"訂正のために確認に戻す"</h3>
            <form method="post" action=format!("/desk/{year}/publication/reopening")>
                <p>
                    "県の確認の段階に戻り、回答の差戻しと受理ができるようになります。公表している版は、訂正版を公表するまでそのまま見られます。"
                </p>
                {reason(model, Reasoned::Reopening, "戻す理由", "監査記録に残ります。公表の履歴には表示されません。")}
                <p class="actions"><button class="button" type="submit">"確認に戻す"</button></p>
            </form>
        }
    });
    view! {
        <section class="section" aria-labelledby="acts">
            <h2 id="acts">"3．公表と訂正"</h2>
            {publish}
            {reopen}
            {withdrawal(model)}
            <h3>"公開ページをファイルにする"</h3>
            <p>"公開ページ一式（HTML、zip）は、県のサイトにそのまま置けます。"</p>
            <form method="post" action="/desk/site">
                <p class="actions"><button class="button" type="submit">"公開ページ一式を作る"</button></p>
            </form>
        </section>
    }
    .into_any()
}

/// Taking a revision back: the one that everybody sees, or one that a correction replaced.
fn withdrawal(model: &DeskPublication) -> Option<AnyView> {
    let latest = model.kept_public().next()?.revision;
    let chosen = model.chosen_for_withdrawal().unwrap_or(latest);
    let revisions = model.kept_public().map(|row| {
        let words = format!("第{}版（{}）", row.revision, row.standing());
        view! { <option value=row.revision selected=row.revision == chosen>{words}</option> }
    });
    let revisions = revisions.collect_view();
    let shown = view! {
        <h3>"公表を取り下げる"</h3>
        <form method="post" action=format!("/desk/{}/publication/withdrawal", model.year.year())>
            <p>
                "選んだ版のページ、データ、APIは、すぐに県の担当者以外から見られなくなります。取り下げた日時と理由は、履歴に表示されます。公表中の版を取り下げると、この年度の公表中の版はなくなります。前の版は公表中に戻りませんが、履歴からは読めます。読めないようにするには、その版も取り下げてください。"
            </p>
            <p>
                "利用者がすでに作ったデータのファイルは、最長で1日残ります。すでにダウンロードされたものには及びません。公開ページ一式をほかのサイトに置いているときは、作り直して置き換えてください。"
            </p>
            <div class="form-field">
                <label for="withdrawal-revision">"取り下げる版"</label>
                <select class="select-field" id="withdrawal-revision" name="revision">{revisions}</select>
            </div>
            {reason(model, Reasoned::Withdrawal(chosen), "取り下げる理由", READ_BY_ALL)}
            <p class="actions"><button class="button" type="submit">"取り下げる"</button></p>
        </form>
    };
    Some(shown.into_any())
}

/// The reason of an act; `hint` says who reads it. Only the one that was typed comes back, with what is wrong with it.
fn reason(model: &DeskPublication, act: Reasoned, label: &'static str, hint: &'static str) -> AnyView {
    let typed = model.reason.as_ref().filter(|(of, _)| *of == act).map(|(_, text)| text.clone());
    let error = typed.as_ref().and_then(|_| model.problem("reason"));
    let invalid = error.is_some();
    let id = act.id();
    view! {
        <div class="form-field">
            <label for=id>{label} " " <span class="mark mark--required">"※必須"</span></label>
            <p class="question-hint" id=format!("h-{id}")>{hint}</p>
            <TextArea
                id=id.to_owned()
                name="reason".to_owned()
                text=typed.unwrap_or_default()
                rows=2
                described_by=format!("h-{id} e-{id}")
                required=true
                invalid
            />
            <p class="question-error" id=format!("e-{id}") hidden=!invalid>{error}</p>
        </div>
    }
    .into_any()
}
