//! `/account/second-factor`: one's own second factor, set up or held.

use leptos::either::Either;
use leptos::prelude::*;
use shared::time::Timestamp;
use shared::wire::FieldProblem;

use crate::components::form_field::{FormField, InputKind, summary};
use crate::components::qr_code::QrPicture;
use crate::components::question::ErrorSummary;

/// Names and words of the fields.
const FIELDS: [(&str, &str); 2] = [("present", "現在のパスワード"), ("code", "確認コード")];

/// What `/account/second-factor` shows.
#[derive(Debug, Clone)]
pub struct SecondFactor {
    /// Login name.
    pub login_name: String,
    /// Whether officers must have one, and the account is one's.
    pub demanded: bool,
    /// The second factor, or what is needed to set it up.
    pub state: SecondFactorState,
    /// What is wrong with the form.
    pub problems: Vec<FieldProblem>,
}

/// Whether there is one.
#[derive(Debug, Clone)]
pub enum SecondFactorState {
    /// There is none. Posted to its own address: `secret`, `present` and `code`.
    Absent {
        /// What the picture says: `otpauth://…`
        address: String,
        /// The secret as it is typed, 32 letters and digits.
        secret: String,
    },
    /// There is one. Posted to `…/codes` and `…/removal`: `present`.
    Held {
        /// Since when.
        since: Timestamp,
        /// Recovery codes that are left.
        recovery_codes: i64,
        /// The form that was refused.
        refused: Option<HeldForm>,
    },
}

/// A form of a second factor that is held.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HeldForm {
    /// New recovery codes.
    Codes,
    /// Taking it away.
    Removal,
}

/// One's own second factor.
#[component]
pub fn SecondFactorPage(
    /// What it shows.
    model: SecondFactor,
) -> impl IntoView {
    let SecondFactor { login_name, demanded, state, problems } = model;
    let prefix = match &state {
        SecondFactorState::Held { refused: Some(form), .. } => prefix_of(*form),
        SecondFactorState::Held { .. } | SecondFactorState::Absent { .. } => "",
    };
    let errors = summary(&problems, prefix, &FIELDS);
    let body = match state {
        SecondFactorState::Absent { address, secret } => {
            Either::Left(view! { <Setup login_name address secret demanded problems /> })
        }
        SecondFactorState::Held { since, recovery_codes, refused } => {
            Either::Right(view! { <Held since recovery_codes demanded refused login_name problems /> })
        }
    };
    view! {
        <p class="page-context"><a href="/account">"アカウント"</a></p>
        <h1>"二要素認証"</h1>
        <ErrorSummary errors />
        {body}
    }
    .into_any()
}

fn prefix_of(form: HeldForm) -> &'static str {
    match form {
        HeldForm::Codes => "codes-",
        HeldForm::Removal => "removal-",
    }
}

#[component]
fn Setup(
    login_name: String,
    address: String,
    secret: String,
    demanded: bool,
    problems: Vec<FieldProblem>,
) -> impl IntoView {
    let demand = demanded.then(|| {
        view! { <p class="notice notice--attention">"県担当のアカウントには、二要素認証が必要です。設定を終えるまで、ほかの画面は使えません。"</p> }
    });
    view! {
        {demand}
        <p class="page-lead">
            "ログインのとき、パスワードに加えて、認証アプリに表示される6桁の確認コードを入力するようにします。パスワードを他人に知られても、それだけではログインされません。"
        </p>
        <section class="section">
            <h2>"1. 認証アプリに登録する"</h2>
            <p>"スマートフォンなどの認証アプリ（TOTP方式に対応するもの）で、このQRコードを読み取ってください。"</p>
            <QrPicture text=address label="認証アプリに登録するためのQRコード" />
            <p>"読み取れないときは、次のキーを認証アプリに入力してください。種類は「時間ベース」、6桁、30秒です。"</p>
            <p><code class="second-factor-key">{grouped(&secret)}</code></p>
        </section>
        <section class="section">
            <h2>"2. 表示された確認コードを入力する"</h2>
            <form class="login-form" method="post" action="/account/second-factor">
                <input type="hidden" name="username" autocomplete="username" value=login_name />
                <input type="hidden" name="secret" value=secret />
                <FormField
                    name="code"
                    label="確認コード"
                    kind=InputKind::OneTimeCode
                    hint="認証アプリに表示されている6桁の数字。"
                    required=true
                    problems=problems.clone()
                />
                <FormField
                    name="present"
                    label="現在のパスワード"
                    kind=InputKind::Password
                    hint="本人が設定していることを確かめます。"
                    required=true
                    problems
                />
                <p class="actions">
                    <button class="button button--primary" type="submit">"二要素認証を設定する"</button>
                </p>
            </form>
        </section>
    }
    .into_any()
}

/// In groups of four, to be typed.
fn grouped(secret: &str) -> String {
    let letters: Vec<char> = secret.chars().collect();
    letters.chunks(4).map(String::from_iter).collect::<Vec<_>>().join(" ")
}

#[component]
fn Held(
    since: Timestamp,
    recovery_codes: i64,
    demanded: bool,
    refused: Option<HeldForm>,
    login_name: String,
    problems: Vec<FieldProblem>,
) -> impl IntoView {
    let of = |form: HeldForm| if refused == Some(form) { problems.clone() } else { Vec::new() };
    let few = (recovery_codes < 3).then_some("残りが少ないため、作り直してください。");
    let after = if demanded {
        "解除すると、すぐに設定し直す画面になります。機種変更のときに使ってください。"
    } else {
        "解除すると、パスワードだけでログインするようになります。機種変更のときは、解除してから設定し直してください。"
    };
    view! {
        <p class="page-lead">"ログインのとき、パスワードに加えて、認証アプリの確認コードを入力します。"</p>
        <dl class="facts">
            <dt>"設定した日時"</dt>
            <dd>{since.date_time()}</dd>
            <dt>"予備コードの残り"</dt>
            <dd>{format!("{recovery_codes}個")} " " {few}</dd>
        </dl>
        <section class="section">
            <h2>"予備コードを作り直す"</h2>
            <p>"予備コードを10個作ります。前の予備コードは、残っていても使えなくなります。"</p>
            <PasswordForm
                form=HeldForm::Codes
                action="/account/second-factor/codes"
                button="予備コードを作り直す"
                login_name=login_name.clone()
                problems=of(HeldForm::Codes)
            />
        </section>
        <section class="section">
            <h2>"解除する"</h2>
            <p>{after} "ほかの画面のログインは終わります。"</p>
            <PasswordForm
                form=HeldForm::Removal
                action="/account/second-factor/removal"
                button="二要素認証を解除する"
                login_name
                problems=of(HeldForm::Removal)
            />
        </section>
    }
    .into_any()
}

#[component]
fn PasswordForm(
    form: HeldForm,
    action: &'static str,
    button: &'static str,
    login_name: String,
    problems: Vec<FieldProblem>,
) -> impl IntoView {
    view! {
        <form class="login-form" method="post" action=action>
            <input type="hidden" name="username" autocomplete="username" value=login_name />
            <FormField
                prefix=prefix_of(form)
                name="present"
                label="現在のパスワード"
                kind=InputKind::Password
                required=true
                problems
            />
            <p class="actions"><button class="button" type="submit">{button}</button></p>
        </form>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::components::question::samples::plain;

    const SECRET: &str = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

    fn none(demanded: bool) -> SecondFactor {
        SecondFactor {
            login_name: "officer".into(),
            demanded,
            state: SecondFactorState::Absent {
                address: format!("otpauth://totp/a?secret={SECRET}"),
                secret: SECRET.into(),
            },
            problems: vec![FieldProblem { field: "code".into(), message: "違います".into() }],
        }
    }

    #[test]
    fn the_secret_is_drawn_and_written_to_be_typed() {
        let html = plain(view! { <SecondFactorPage model=none(true) /> });
        assert!(html.contains("<svg") && html.contains("GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ"), "{html}");
        assert!(html.contains("必要です") && html.contains("href=\"#code\"") && html.contains("＊違います"), "{html}");
        assert!(!plain(view! { <SecondFactorPage model=none(false) /> }).contains("必要です"));
    }

    #[test]
    fn only_the_form_that_was_refused_says_so() {
        let state =
            SecondFactorState::Held { since: Timestamp(0), recovery_codes: 2, refused: Some(HeldForm::Removal) };
        let problems = vec![FieldProblem { field: "present".into(), message: "違います".into() }];
        let html = plain(view! { <SecondFactorPage model=SecondFactor { state, problems, ..none(false) } /> });
        assert!(html.contains("href=\"#removal-present\"") && html.matches("＊違います").count() == 1, "{html}");
        assert!(html.contains("2個") && html.contains("残りが少ない"), "{html}");
    }
}
