//! What a form says of an account, read; and names of municipalities.

use std::collections::BTreeMap;

use app::components::account_fields::{AccountTyped, RoleChoice};
use shared::email::EmailAddress;
use shared::municipality::MunicipalityCode;
use shared::wire::FieldProblem;

use crate::access::Role;
use crate::http::refusal::Refusal;
use crate::http::state::AppState;
use crate::import::register::Register;
use crate::store::AccountChange;

/// Where names of municipalities are looked for while no round says it.
const PREFECTURE: &str = "02";

/// The register, to find municipalities by what was typed and names by their codes.
pub struct Names {
    by_code: BTreeMap<MunicipalityCode, String>,
    /// The same, to look up.
    pub register: Register,
}

impl Names {
    /// Reads the register.
    pub async fn of(state: &AppState) -> Result<Self, Refusal> {
        let municipalities = state.service.whole_register().await?;
        let round = state.service.current_round().await?;
        let prefecture = round.and_then(|round| round.prefecture).unwrap_or_else(|| PREFECTURE.to_owned());
        let by_code = municipalities.iter().map(|m| (m.code, m.name.clone())).collect();
        Ok(Self { by_code, register: Register::new(municipalities, &prefecture) })
    }

    /// The name of a code.
    pub fn name(&self, code: Option<MunicipalityCode>) -> Option<String> {
        Some(self.by_code.get(&code?).cloned().unwrap_or_else(|| code.map(|c| c.to_string()).unwrap_or_default()))
    }
}

/// The roles to choose from.
pub fn roles_to_choose() -> Vec<RoleChoice> {
    Role::ALL.into_iter().map(|role| RoleChoice { code: role.code(), label: role.label() }).collect()
}

/// The form as typed.
pub fn read(pairs: Vec<(String, String)>) -> AccountTyped {
    let mut typed = AccountTyped::default();
    for (name, value) in pairs {
        let value = value.trim().to_owned();
        match name.as_str() {
            "login_name" => typed.login_name = value,
            "display_name" => typed.display_name = value,
            "municipality" => typed.municipality = value,
            "email" => typed.email = value,
            "role" => {
                typed.roles.insert(value);
            }
            _ => {}
        }
    }
    typed
}

/// What is typed of an account, and problems of what cannot be read.
pub fn change(typed: &AccountTyped, names: &Names) -> (AccountChange, Vec<FieldProblem>) {
    let (email, mut problems) = email(typed);
    let municipality = names.register.of_code_or_name(&typed.municipality).unwrap_or_else(|unresolved| {
        problems.push(FieldProblem { field: "municipality".to_owned(), message: unresolved.to_string() });
        None
    });
    let roles = typed.roles.iter().filter_map(|code| Role::of_code(code)).collect();
    (AccountChange { display_name: typed.display_name.clone(), email, municipality, roles }, problems)
}

/// The address that is typed, and why it cannot be read.
pub fn email(typed: &AccountTyped) -> (Option<EmailAddress>, Vec<FieldProblem>) {
    match EmailAddress::optional(&typed.email) {
        Ok(email) => (email, Vec::new()),
        Err(invalid) => (None, vec![FieldProblem { field: "email".to_owned(), message: invalid.to_string() }]),
    }
}
