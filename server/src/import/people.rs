//! Accounts in a table: login name, name shown, roles, municipality, e-mail address.

use std::collections::BTreeSet;

use shared::email::EmailAddress;
use shared::municipality::MunicipalityCode;

use super::fault::Faults;
use super::register::Register;
use super::sheet::{Row, Sheet};
use super::{ImportError, decode};
use crate::access::Role;
use crate::service::accounts::AccountRequest;

/// Most accounts in one file.
pub const MOST: usize = 5000;

/// The columns: their heading and a plainer one. The first three must be there.
const COLUMNS: [(&str, &str); 5] = [
    ("ログイン名", "login_name"),
    ("表示名", "display_name"),
    ("役割", "role"),
    ("市町村", "municipality"),
    ("メールアドレス", "email"),
];
/// Columns that must be there.
const NEEDED: usize = 3;

/// An account of a file.
#[derive(Debug, Clone)]
pub struct Person {
    /// The line it begins on, counted from 1.
    pub line: u64,
    /// What is asked for.
    pub request: AccountRequest,
}

/// Reads all of them, or says every fault.
pub fn read(file: &str, bytes: &[u8], register: &Register, prefecture: &str) -> Result<Vec<Person>, ImportError> {
    let (_, text) = decode(file, bytes, None)?;
    let mut faults = Faults::new(file);
    let people = people(&text, register, prefecture, &mut faults);
    if faults.is_empty() { Ok(people) } else { Err(ImportError::Faults(faults)) }
}

fn people(text: &str, register: &Register, prefecture: &str, faults: &mut Faults) -> Vec<Person> {
    let mut people: Vec<Person> = Vec::new();
    let Some(mut sheet) = Sheet::read(text, faults) else { return people };
    let columns = COLUMNS.map(|(words, code)| sheet.headings.iter().position(|name| name == words || name == code));
    for ((words, _), _) in COLUMNS.iter().zip(columns).take(NEEDED).filter(|(_, column)| column.is_none()) {
        faults.whole(format!("「{words}」の列がありません。1行目に見出しを付けてください。"));
    }
    if !faults.is_empty() {
        return people;
    }
    while let Some(row) = sheet.next_row(faults) {
        if people.len() >= MOST {
            faults.row(row.line, format!("一度に追加できるのは{MOST}件までです。ファイルを分けてください。"));
            break;
        }
        if let Some(request) = request(&row, columns, register, prefecture, faults) {
            if people.iter().any(|person| person.request.login_name == request.login_name) {
                faults.cell(row.line, COLUMNS[0].0, "同じログイン名がこのファイルに2つ以上あります。");
            }
            people.push(Person { line: row.line, request });
        }
    }
    if faults.is_empty() && people.is_empty() {
        faults.whole("アカウントが1件もありません。見出しの下の行に書いてください。");
    }
    people
}

/// The row's account; none where a cell cannot be read.
fn request(
    row: &Row,
    columns: [Option<usize>; 5],
    register: &Register,
    prefecture: &str,
    faults: &mut Faults,
) -> Option<AccountRequest> {
    let [login_name, display_name, roles, municipality, email] =
        columns.map(|column| column.map_or("", |column| row.cell(column)).to_owned());
    let mut fault = |place: usize, message: String| faults.cell(row.line, COLUMNS[place].0, message);
    let roles = parse_roles(&roles).map_err(|message| fault(2, message));
    let municipality = parse_municipality(&municipality, register, prefecture).map_err(|message| fault(3, message));
    let email = parse_email(&email).map_err(|message| fault(4, message));
    let (Ok(roles), Ok(municipality), Ok(email)) = (roles, municipality, email) else { return None };
    Some(AccountRequest { login_name, display_name, password: None, email, municipality, roles })
}

fn parse_roles(text: &str) -> Result<BTreeSet<Role>, String> {
    let words = text.split(|c: char| c.is_whitespace() || "・、,/／，;；".contains(c)).filter(|word| !word.is_empty());
    words.map(parse_role).collect()
}

fn parse_role(word: &str) -> Result<Role, String> {
    Role::ALL.into_iter().find(|role| role.code() == word || role.label() == word).ok_or_else(|| {
        let labels: Vec<_> = Role::ALL.iter().map(|role| role.label()).collect();
        format!("「{word}」という役割はありません。{} のどれかを入力してください。", labels.join("、"))
    })
}

/// A municipality's code or name as typed; none where nothing was typed.
pub fn parse_municipality(
    typed: &str,
    register: &Register,
    prefecture: &str,
) -> Result<Option<MunicipalityCode>, String> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Ok(None);
    }
    let is_code = typed.chars().all(|c| c.is_ascii_digit() || ('０'..='９').contains(&c));
    let found = if is_code { register.of_code(typed) } else { register.of_name(typed, prefecture) };
    found.map(Some).map_err(|unresolved| unresolved.to_string())
}

/// An e-mail address as typed; none where nothing was typed.
pub fn parse_email(typed: &str) -> Result<Option<EmailAddress>, String> {
    let typed = typed.trim();
    if typed.is_empty() { Ok(None) } else { typed.parse().map(Some).map_err(|error| format!("{error}")) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::seeds::Seeds;

    fn register() -> Register {
        Register::new(Seeds::Embedded.municipalities().unwrap(), "02")
    }

    fn faults(text: &str) -> String {
        read("a.csv", text.as_bytes(), &register(), "02").unwrap_err().to_string()
    }

    #[test]
    fn accounts_are_read_by_either_heading_in_any_order() {
        let text = "役割,ログイン名,表示名,メールアドレス,市町村,備考\n\
                    回答者・承認者,aomori,企画課 佐藤,dx@city.aomori.jp,青森市,x\n\
                    analyst,ito,分析 伊藤,,,\n";
        let people = read("a.csv", text.as_bytes(), &register(), "02").unwrap();
        let [first, second] = people.as_slice() else { panic!("{people:?}") };
        assert_eq!((first.line, second.line), (2, 3));
        assert_eq!(first.request.roles, BTreeSet::from([Role::Respondent, Role::Approver]));
        assert_eq!(first.request.municipality.unwrap().as_str(), "022012");
        assert_eq!(first.request.email.as_ref().unwrap().as_str(), "dx@city.aomori.jp");
        assert_eq!((second.request.municipality, second.request.roles.len()), (None, 1));
        let plain = "login_name,display_name,role,municipality\nabc,甲,member,22012\n";
        assert_eq!(read("a.csv", plain.as_bytes(), &register(), "02").unwrap_err().to_string().lines().count(), 1);
    }

    #[test]
    fn every_fault_is_said_with_its_place() {
        let said = faults(
            "ログイン名,表示名,役割,市町村,メールアドレス\nab,甲,王,津軽市,x\nab2,乙,分析者,,\nab2,丙,分析者,,\n",
        );
        for words in ["2行目 役割列: 「王」", "2行目 市町村列", "2行目 メールアドレス列", "4行目 ログイン名列: 同じ"]
        {
            assert!(said.contains(words), "{words}: {said}");
        }
        assert!(faults("表示名\n甲\n").contains("「ログイン名」の列がありません"));
        assert!(faults("ログイン名,表示名,役割\n").contains("1件もありません"));
    }
}
