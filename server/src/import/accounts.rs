//! アカウント: a row an account, without passwords.

use std::collections::{BTreeMap, BTreeSet};

use shared::email::EmailAddress;
use shared::municipality::MunicipalityCode;

use super::ImportError;
use super::fault::Faults;
use super::file::TableFile;
use super::register::Register;
use super::sheet::{FORMULA, is_formula};
use super::whose::place;
use crate::access::Role;
use crate::export::text::unescaped;
use crate::service::accounts::AccountRequest;

/// Most accounts in a file: each password takes a moment to hash.
const MOST: usize = 5_000;

/// Column of login names.
pub const LOGIN_NAME: &str = "login_name";
/// Column of names.
pub const DISPLAY_NAME: &str = "display_name";
/// Column of roles.
pub const ROLES: &str = "roles";
/// Column of municipalities' codes or names.
pub const MUNICIPALITY: &str = "municipality_code";
/// Column of e-mail addresses.
pub const EMAIL: &str = "email";

/// Headings of each column besides its name in our own files.
const HEADINGS: [(&str, &[&str]); 5] = [
    (LOGIN_NAME, &[LOGIN_NAME, "ログイン名"]),
    (DISPLAY_NAME, &[DISPLAY_NAME, "表示名", "name", "氏名"]),
    (ROLES, &[ROLES, "role", "役割"]),
    (MUNICIPALITY, &[MUNICIPALITY, "団体コード", "市町村コード", "市町村", "市町村名"]),
    (EMAIL, &[EMAIL, "メールアドレス"]),
];
/// Headings that would hold a password.
const SECRETS: [&str; 4] = ["password", "パスワード", "初期パスワード", "initial_password"];

/// What a file says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// Headings of columns that are not used.
    pub unused: Vec<String>,
    /// The file's own heading of each column that is used, by its name in our files.
    pub headings: BTreeMap<&'static str, String>,
    /// The accounts, in the file's order.
    pub accounts: Vec<Named>,
    /// What could not be read. What is wrong besides is known only with it
    /// ([`Service::new_accounts`](crate::service::Service::new_accounts)).
    pub faults: Faults,
}

/// An account as it is named in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// Its line.
    pub line: u64,
    /// Login name, once in a file.
    pub login_name: String,
    /// Name shown.
    pub display_name: String,
    /// Its roles.
    pub roles: BTreeSet<Role>,
    /// Municipality it belongs to.
    pub municipality: Option<MunicipalityCode>,
    /// Where mail to it goes.
    pub email: Option<EmailAddress>,
    /// Its fields that could not be read.
    pub unread: Vec<&'static str>,
}

impl Reading {
    /// The file's own heading of a field of an account; the field itself where the file has no such column.
    pub fn heading<'h>(&'h self, field: &'h str) -> &'h str {
        let column = match field {
            "municipality" => MUNICIPALITY,
            "role" => ROLES,
            same => same,
        };
        self.headings.get(column).map_or(column, String::as_str)
    }
}

impl Named {
    /// The account as it is asked for, with that password or, until somebody accepts an invitation, without one.
    pub fn request(&self, password: Option<String>) -> AccountRequest {
        let Self { login_name, display_name, roles, municipality, email, .. } = self.clone();
        AccountRequest { login_name, display_name, password, email, municipality, roles }
    }
}

/// Reads a file, as far as it can be read; what is wrong with it as a whole is an error.
pub fn read(file: &TableFile, register: &Register) -> Result<Reading, ImportError> {
    let mut faults = Faults::new(&file.name);
    match read_all(file, register, &mut faults) {
        Some((unused, headings, accounts)) => Ok(Reading { unused, headings, accounts, faults }),
        None => Err(ImportError::Faults(faults)),
    }
}

/// Notes faults of one row, at most one of a field.
struct Row<'f> {
    faults: &'f mut Faults,
    line: u64,
    headings: &'f [String],
    unread: Vec<&'static str>,
}

impl Row<'_> {
    fn refuse(&mut self, field: &'static str, column: Option<usize>, message: impl Into<String>) {
        if !self.unread.contains(&field) {
            self.faults.cell(self.line, column.map_or(field, |column| &self.headings[column]), message);
            self.unread.push(field);
        }
    }

    fn take<T: Default>(
        &mut self,
        field: &'static str,
        column: Option<usize>,
        read: Result<T, impl std::fmt::Display>,
    ) -> T {
        read.unwrap_or_else(|unread| {
            self.refuse(field, column, unread.to_string());
            T::default()
        })
    }
}

/// Columns that are not used, headings of those that are, and the accounts.
type Read = (Vec<String>, BTreeMap<&'static str, String>, Vec<Named>);

fn read_all(file: &TableFile, register: &Register, faults: &mut Faults) -> Option<Read> {
    let mut sheet = file.sheet(faults)?;
    if let Some(secret) = place(&sheet.headings, &SECRETS) {
        let message =
            "パスワードの列は読み取りません。列を消してください。初期パスワードは新しく作り、ファイルに書き出します。";
        faults.cell(1, &sheet.headings[secret], message);
        return None;
    }
    let [login_name, display_name, roles, municipality, email] =
        HEADINGS.map(|(_, known)| place(&sheet.headings, known));
    let (Some(login_name), Some(display_name), Some(roles)) = (login_name, display_name, roles) else {
        faults.row(
            1,
            format!(
                "{LOGIN_NAME}、{DISPLAY_NAME}、{ROLES} の列が必要です（市町村のアカウントには {MUNICIPALITY} も）。"
            ),
        );
        return None;
    };
    let columns = [Some(login_name), Some(display_name), Some(roles), municipality, email];
    let unused = sheet.headings.iter().enumerate().filter(|(column, _)| !columns.contains(&Some(*column)));
    let unused = unused.map(|(_, heading)| heading.clone()).collect();
    let headings = HEADINGS.iter().zip(columns);
    let headings = headings.filter_map(|((name, _), column)| Some((*name, sheet.headings[column?].clone()))).collect();
    let mut lines: BTreeMap<String, u64> = BTreeMap::new();
    let mut accounts = Vec::new();
    let fields = ["login_name", "display_name", "role", "municipality", "email"];
    while let Some(row) = sheet.next_row(faults) {
        let mut noted = Row { faults: &mut *faults, line: row.line, headings: &sheet.headings, unread: Vec::new() };
        for (field, column) in fields.into_iter().zip(columns) {
            if column.is_some_and(|column| is_formula(row.cell(column))) {
                noted.refuse(field, column, FORMULA);
            }
        }
        let name = row.cell(login_name).to_owned();
        if let Some(before) = lines.insert(name.clone(), row.line) {
            noted.refuse("login_name", Some(login_name), format!("「{name}」は{before}行目にもあります。"));
        }
        let typed = |column: Option<usize>| column.map_or("", |column| row.cell(column));
        let shown = row.cell(display_name);
        let shown = if file.is_text() { unescaped(shown) } else { shown.to_owned() };
        accounts.push(Named {
            line: row.line,
            login_name: name,
            display_name: shown,
            roles: noted.take("role", Some(roles), roles_of(row.cell(roles))),
            municipality: noted.take("municipality", municipality, register.of_code_or_name(typed(municipality))),
            email: noted.take("email", email, EmailAddress::optional(typed(email))),
            unread: noted.unread,
        });
        if accounts.len() > MOST {
            faults.whole(format!("アカウントが多すぎます。1つのファイルは{MOST}件までにしてください。"));
            return None;
        }
    }
    if lines.is_empty() {
        faults.whole("見出しの下に行がありません。");
    }
    Some((unused, headings, accounts))
}

/// Roles by code or word, several divided by spaces, commas or 「、」.
fn roles_of(typed: &str) -> Result<BTreeSet<Role>, String> {
    let words = typed.split(|c: char| c.is_whitespace() || matches!(c, ',' | '、' | '，' | ';' | '・'));
    let role = |word: &str| {
        let known = Role::ALL.into_iter().find(|role| role.code() == word || role.label() == word);
        known.ok_or_else(|| {
            let all = Role::ALL.map(|role| format!("{}（{}）", role.code(), role.label())).join("、");
            format!("「{word}」という役割はありません。{all} のどれかにしてください。")
        })
    };
    words.filter(|word| !word.is_empty()).map(role).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::seeds::Seeds;

    fn read_text(text: &str) -> Result<Reading, String> {
        let register = Register::new(Seeds::Embedded.municipalities().unwrap(), "02");
        let file = TableFile::of_bytes("a.csv", text.as_bytes(), None).unwrap();
        let reading = read(&file, &register).map_err(|error| error.to_string())?;
        if reading.faults.is_empty() { Ok(reading) } else { Err(reading.faults.to_string()) }
    }

    #[test]
    fn accounts_are_read_by_code_or_word() {
        let read = read_text(
            "ログイン名,表示名,役割,市町村,課,メールアドレス\naomori,企画課,回答者・承認者,青森市,x,dx@city.aomori.jp\nito,分析 伊藤,analyst,,,\n",
        )
        .unwrap();
        assert_eq!(read.unused, ["課"]);
        let [aomori, ito] = read.accounts.as_slice() else { panic!("two") };
        assert_eq!((aomori.line, aomori.roles.len()), (2, 2));
        assert_eq!(aomori.municipality, Some("022012".parse().unwrap()));
        assert_eq!(aomori.email.as_ref().unwrap().as_str(), "dx@city.aomori.jp");
        assert_eq!((ito.municipality, ito.display_name.as_str()), (None, "分析 伊藤"));
    }

    #[test]
    fn a_row_with_several_faults_names_them_all() {
        let said =
            read_text("login_name,display_name,roles,municipality_code,email\nx,=1,king,津軽市,x\nx,x,officer,,\n");
        let said = said.unwrap_err();
        let places =
            ["2行目 display_name", "2行目 roles", "2行目 municipality_code", "2行目 email", "3行目 login_name"];
        assert_eq!(said.lines().count(), places.len(), "{said}");
        for (line, place) in said.lines().zip(places) {
            assert!(line.starts_with(&format!("a.csv {place}列: ")), "{said}");
        }
    }

    #[test]
    fn every_fault_is_named_with_its_place() {
        let heading = "login_name,display_name,roles,municipality_code\n";
        for (text, fault) in [
            ("login_name,roles\nx,officer\n".to_owned(), "a.csv 1行目: login_name、display_name、roles の列が必要"),
            (
                "login_name,display_name,roles,password\nx,x,officer,x\n".to_owned(),
                "a.csv 1行目 password列: パスワードの列は",
            ),
            (heading.to_owned(), "a.csv: 見出しの下に行がありません"),
            (format!("{heading}x,x,officer,\nx,x,officer,\n"), "a.csv 3行目 login_name列: 「x」は2行目にもあります"),
            (format!("{heading}x,x,king,\n"), "a.csv 2行目 roles列: 「king」という役割はありません"),
            (format!("{heading}x,x,respondent,22012\n"), "a.csv 2行目 municipality_code列: 「22012」は先頭の0が"),
            (format!("{heading}x,x,respondent,津軽市\n"), "a.csv 2行目 municipality_code列: 「津軽市」という市町村は"),
            (
                "login_name,display_name,roles,email\nx,x,officer,x\n".to_owned(),
                "a.csv 2行目 email列: メールアドレスは",
            ),
            (format!("{heading}x,=1,officer,\n"), "a.csv 2行目 display_name列: 数式のようです"),
        ] {
            let said = read_text(&text).unwrap_err();
            assert!(said.starts_with(fault), "{text:?}: {said}");
        }
    }
}
