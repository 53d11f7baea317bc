//! What is typed of an account.

use std::collections::BTreeSet;

use leptos::prelude::*;
use shared::wire::FieldProblem;

use super::form_field::{FormField, InputKind};

/// An account as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AccountTyped {
    /// `login_name`
    pub login_name: String,
    /// `display_name`
    pub display_name: String,
    /// `role`, once for each: codes of roles.
    pub roles: BTreeSet<String>,
    /// `municipality`: a code or a name.
    pub municipality: String,
    /// `email`
    pub email: String,
}

/// A role to choose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RoleChoice {
    /// Its code.
    pub code: &'static str,
    /// The word for it.
    pub label: &'static str,
}

/// The fields' names and words, for the summary of errors.
pub const ACCOUNT_FIELDS: [(&str, &str); 5] = [
    ("login_name", "ログイン名"),
    ("display_name", "表示名"),
    ("role", "役割"),
    ("municipality", "市町村"),
    ("email", "メールアドレス"),
];

/// The fields of an account; the login name only where it is new.
#[component]
pub fn AccountFields(
    /// What was typed.
    typed: AccountTyped,
    /// The roles to choose from.
    roles: Vec<RoleChoice>,
    /// Whether the login name is asked for.
    new: bool,
    /// What is wrong.
    problems: Vec<FieldProblem>,
) -> impl IntoView {
    let AccountTyped { login_name, display_name, roles: chosen, municipality, email } = typed;
    let login_name = new.then(|| {
        view! {
            <FormField
                name="login_name"
                label="ログイン名"
                kind=InputKind::Code
                hint="半角英数字と . _ - @ の3〜64文字。あとから変えられません。"
                value=login_name
                required=true
                problems=problems.clone()
            />
        }
    });
    let error = problems.iter().find(|problem| problem.field == "role").map(|p| format!("＊{}", p.message));
    let invalid = error.is_some();
    let boxes = roles
        .into_iter()
        .enumerate()
        .map(|(place, RoleChoice { code, label })| {
            let checked = chosen.contains(code);
            let id = (place == 0).then_some("role");
            view! {
                <label class="choice">
                    <input type="checkbox" id=id name="role" value=code checked=checked />
                    " "
                    {label}
                </label>
            }
        })
        .collect_view();
    view! {
        {login_name}
        <FormField
            name="display_name"
            label="表示名"
            kind=InputKind::Line
            hint="所属と名字など。回答や変更の記録に、この名前で残ります。"
            value=display_name
            required=true
            problems=problems.clone()
        />
        <fieldset class="form-field" aria-describedby="e-role">
            <legend>"役割 " <span class="mark mark--required">"※必須"</span></legend>
            <div class="account-roles">{boxes}</div>
            <p class="question-error" id="e-role" hidden=!invalid>{error}</p>
        </fieldset>
        <FormField
            name="municipality"
            label="市町村"
            kind=InputKind::Line
            hint="回答者と承認者には必要です。名前か、6桁のコードで入力してください。"
            value=municipality
            required=false
            problems=problems.clone()
        />
        <FormField
            name="email"
            label="メールアドレス"
            kind=InputKind::Email
            hint="催促などの連絡を受け取るアドレスです。"
            value=email
            required=false
            problems
        />
    }
    .into_any()
}
