//! The municipality's own approval, and its switch.

use leptos::prelude::*;
use shared::fiscal_year::FiscalYear;
use shared::time::Timestamp;

/// An approval that is awaited.
#[derive(Debug, Clone)]
pub struct AwaitedApproval {
    /// Since when.
    pub since: Timestamp,
    /// Who asked for it.
    pub asked_by: String,
    /// Who may give it.
    pub approvers: Vec<String>,
}

/// Whether the municipality has its responses approved.
#[derive(Debug, Clone, Default)]
pub struct ApprovalSetting {
    /// Only an approver can hand in.
    pub required: bool,
    /// Who may approve; nobody makes approval impossible.
    pub approvers: Vec<String>,
    /// The viewer may: shows the switch.
    pub is_approver: bool,
}

/// 「承認待ち」 with who asked and who may give it.
#[component]
pub fn Awaiting(
    /// The approval.
    awaiting: AwaitedApproval,
) -> impl IntoView {
    let AwaitedApproval { since, asked_by, approvers } = awaiting;
    view! {
        <p class="notice">
            {asked_by} "さんが " {since.date_time()} " に承認を依頼しました。承認者：" {approvers.join("、")}
        </p>
    }
    .into_any()
}

/// Whether approval is required, and for approvers the switch.
///
/// Posts `act=require` or `act=waive` to `/answer/{year}/approval`.
#[component]
pub fn ApprovalSwitch(
    /// The round.
    year: FiscalYear,
    /// The setting.
    setting: ApprovalSetting,
) -> impl IntoView {
    let ApprovalSetting { required, approvers, is_approver } = setting;
    if approvers.is_empty() {
        return ().into_any();
    }
    let (state, act, button) = if required {
        ("提出には承認者の承認が必要です。", "waive", "承認なしで提出できるようにする")
    } else {
        ("承認なしで提出できます。", "require", "提出に承認を必要にする")
    };
    let form = is_approver.then(|| {
        view! {
            <form method="post" action=format!("/answer/{}/approval", year.year())>
                <p>"この設定は来年度以降も続き、県の担当にも表示されます。"</p>
                <p class="actions"><button class="button" type="submit" name="act" value=act>{button}</button></p>
            </form>
        }
    });
    view! {
        <section class="section" aria-labelledby="approval-heading">
            <h2 id="approval-heading">"庁内の承認"</h2>
            <p>{state} "承認者：" {approvers.join("、")}</p>
            {form}
        </section>
    }
    .into_any()
}
