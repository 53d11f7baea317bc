//! ログイン
//!
//! - [`get`], [`post`]: the verbs
//! - [`sign_in`]: signing in, wherever name and password come from
pub mod get;
pub mod post;
mod sign_in;

use app::pages::login::DemoAccount;
use shared::municipality::MunicipalityCode;

use super::state::AppState;
use crate::service::demonstration;

pub use sign_in::{Attempt, sign_in};

/// Accounts that anybody may try, in demonstrations only.
pub fn demo_accounts(state: &AppState) -> Vec<DemoAccount> {
    if !state.site.demonstration {
        return Vec::new();
    }
    let account = |login_name: String, label: &str| DemoAccount {
        login_name,
        password: demonstration::PASSWORD.to_owned(),
        label: label.to_owned(),
    };
    let codes = [("022012", "青森市 回答者"), ("024121", "おいらせ町 回答者・協議会会員")];
    let respondents = codes.into_iter().filter_map(|(code, label)| {
        let code: MunicipalityCode = code.parse().ok()?;
        Some(account(demonstration::respondent(code), label))
    });
    let staff = demonstration::STAFF.into_iter().map(|(login, label, _)| account(login.to_owned(), label));
    respondents.chain(staff).collect()
}
