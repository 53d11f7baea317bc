//! Entries in words: names, labels and what differs, instead of numbers, codes and JSON. The log keeps what is stored, and
//! its files give that.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use app::components::question::in_words;
use app::pages::desk_audit::AuditItem;
use shared::audit::Act;
use shared::fiscal_year::FiscalYear;
use shared::municipality::{Kind, Region};
use shared::questionnaire::Questionnaire;
use shared::response::{AnswerValue, ResponseState, SectionTaskState};
use shared::roadmap::Status;
use shared::round::RoundState;
use shared::visibility::Visibility;

use super::differing::differing;
use crate::access::Role;
use crate::export::dataset::{kpis, roadmap};
use crate::export::table::Column;
use crate::http::desk::accounts::typed::Names;
use crate::http::refusal::Refusal;
use crate::http::state::AppState;
use crate::service::Error;
use crate::service::checking::words::question_words;
use crate::store::AuditEntry;

/// Names of the fields of a municipality on the register.
const REGISTER: [(&str, &str); 9] = [
    ("code", "団体コード"),
    ("name", "市町村名"),
    ("kana", "市町村名の読み"),
    ("kind", "市町村の別"),
    ("region", "地域"),
    ("population", "人口"),
    ("area", "面積（ヘクタール）"),
    ("tile/column", "地図での列"),
    ("tile/row", "地図での行"),
];

/// What numbers, codes and names in entries stand for.
pub struct Words {
    names: Names,
    /// Name and login name of each account.
    accounts: BTreeMap<i64, String>,
    questionnaires: BTreeMap<FiscalYear, Arc<Questionnaire>>,
}

impl Words {
    /// Reads what those entries need.
    pub async fn of(state: &AppState, names: Names, entries: &[AuditEntry]) -> Result<Self, Refusal> {
        let accounts = state.service.accounts().await?.into_iter();
        let accounts =
            accounts.map(|account| (account.id.0, format!("{}（{}）", account.display_name, account.login_name)));
        let years: BTreeSet<FiscalYear> = entries.iter().filter_map(|entry| year_of(&entry.chain)).collect();
        let mut questionnaires = BTreeMap::new();
        for year in years {
            match state.service.questionnaire_of(year).await {
                Ok(questionnaire) => {
                    questionnaires.insert(year, questionnaire);
                }
                Err(Error::NotFound) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Ok(Self { names, accounts: accounts.collect(), questionnaires })
    }

    /// An entry as the page shows it.
    pub fn item(&self, entry: AuditEntry) -> AuditItem {
        let act = Act::of_code(&entry.act);
        let questionnaire = year_of(&entry.chain).and_then(|year| self.questionnaires.get(&year));
        let questionnaire: Option<&Questionnaire> = questionnaire.map(Arc::as_ref);
        let (from, to) = self.values(act, questionnaire, &entry);
        let AuditEntry { chain, act: stored, object, by, at, .. } = entry;
        AuditItem {
            at,
            author: by.name,
            act: act.map_or(stored, |act| act.label().to_owned()),
            about: self.about(&chain),
            object: part(act, questionnaire, &object).unwrap_or(object),
            from,
            to,
        }
    }

    /// A chain in words; as it is stored where there are none.
    fn about(&self, chain: &str) -> String {
        let year = |text: &str| text.parse::<FiscalYear>().map_or_else(|_| text.to_owned(), |year| year.to_string());
        let parts: Vec<&str> = chain.split('/').collect();
        match parts.as_slice() {
            ["response", of, code] => format!("{} {}の回答", year(of), self.municipality(code)),
            ["round", of] => format!("{}の調査", year(of)),
            ["municipality", code] => self.municipality(code),
            ["account", id] => match id.parse::<i64>().ok().and_then(|id| self.accounts.get(&id)) {
                Some(account) => format!("アカウント {account}"),
                None => format!("アカウント番号 {id}"),
            },
            ["kpi", id] => format!("KPI {id}"),
            ["roadmap", id] => format!("工程表 {id}"),
            ["installation"] => "登録した資料".to_owned(),
            _ => chain.to_owned(),
        }
    }

    fn municipality(&self, code: &str) -> String {
        self.names.name(code.parse().ok()).unwrap_or_else(|| code.to_owned())
    }

    /// The values before and after; of values with fields, only the fields that differ.
    fn values(
        &self,
        act: Option<Act>,
        questionnaire: Option<&Questionnaire>,
        entry: &AuditEntry,
    ) -> (Option<String>, Option<String>) {
        let (from, to) = (entry.from.as_deref(), entry.to.as_deref());
        let has_fields = |act: &Act| matches!(act, Act::Kpi | Act::Roadmap | Act::ReleasePlan | Act::Register);
        let fields = act.filter(has_fields).and_then(|act| Some((act, differing(from, to)?)));
        if let Some((act, (old, new))) = fields {
            return (from.map(|_| lines(act, questionnaire, &old)), to.map(|_| lines(act, questionnaire, &new)));
        }
        let words =
            |stored: &str| self.value(act, questionnaire, &entry.object, stored).unwrap_or_else(|| stored.to_owned());
        (from.map(words), to.map(words))
    }

    /// A value in words; `None` where there are none.
    fn value(
        &self,
        act: Option<Act>,
        questionnaire: Option<&Questionnaire>,
        object: &str,
        stored: &str,
    ) -> Option<String> {
        match act? {
            Act::Answer => answer(questionnaire, object, stored),
            Act::ResponseState => response_state(questionnaire, stored),
            // In brackets stand the dates that it was opened with.
            Act::RoundState => before_bracket(stored, |code| RoundState::of_code(code).map(RoundState::label)),
            Act::RoadmapReview => before_bracket(stored, |code| Status::of_code(code).map(Status::label)),
            Act::SectionTask => section_task(stored),
            Act::Approval => yes_or_no(stored, ["true", "false"], ["必要", "不要"]),
            Act::SecondFactorRequired => yes_or_no(stored, ["1", "0"], ["必須にする", "必須にしない"]),
            Act::AccountAdded | Act::AccountChanged => self.account(stored),
            _ => None,
        }
    }

    /// Name, roles, municipality and address of an account.
    fn account(&self, stored: &str) -> Option<String> {
        // A name may hold the mark between the parts.
        let mut parts = stored.rsplitn(4, '、');
        let (email, code, roles, name) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
        let role = |code: &str| Role::of_code(code).map_or_else(|| code.to_owned(), |role| role.label().to_owned());
        let roles: Vec<String> = roles.split('・').map(role).collect();
        let (roles, municipality) = (roles.join("・"), self.municipality(code));
        let parts = [name, roles.as_str(), municipality.as_str(), email];
        Some(parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("、"))
    }
}

/// The round that a chain belongs to.
fn year_of(chain: &str) -> Option<FiscalYear> {
    let mut parts = chain.split('/');
    matches!(parts.next(), Some("response" | "round")).then(|| parts.next()?.parse().ok()).flatten()
}

/// Number and text of a question.
fn question(questionnaire: Option<&Questionnaire>, name: &str) -> Option<String> {
    let questionnaire = questionnaire?;
    let words = question_words(questionnaire, questionnaire.find(name)?);
    (!words.is_empty()).then_some(words)
}

/// What of its object an entry is about, where it is named in the questionnaire.
fn part(act: Option<Act>, questionnaire: Option<&Questionnaire>, object: &str) -> Option<String> {
    match act? {
        Act::Answer | Act::Inquiry => question(questionnaire, object),
        Act::SectionTask => Some(questionnaire?.section(object)?.title.clone()),
        _ => None,
    }
}

/// An answer, by the labels of its choices where the question is known.
fn answer(questionnaire: Option<&Questionnaire>, name: &str, stored: &str) -> Option<String> {
    let value: AnswerValue = serde_json::from_str(stored).ok()?;
    let asked = questionnaire.and_then(|questionnaire| Some(questionnaire.question(questionnaire.find(name)?)));
    if let Some(question) = asked {
        return Some(in_words(question, &value));
    }
    let raw = value.raw();
    Some(if raw.unknown { "不明".to_owned() } else { raw.values.join("、") })
}

/// A response's state; below it stand the reasons of a return, each with its question.
fn response_state(questionnaire: Option<&Questionnaire>, stored: &str) -> Option<String> {
    let mut lines = stored.split('\n');
    let mut words = ResponseState::of_code(lines.next()?)?.label().to_owned();
    for line in lines {
        let named = line.split_once('：').and_then(|(name, reason)| Some((question(questionnaire, name)?, reason)));
        words.push('\n');
        words.push_str(&named.map_or_else(|| line.to_owned(), |(question, reason)| format!("{question}：{reason}")));
    }
    Some(words)
}

/// The word for the code before the first bracket, and the rest as it is.
fn before_bracket(stored: &str, label: impl Fn(&str) -> Option<&'static str>) -> Option<String> {
    let (code, rest) = stored.split_at(stored.find('（').unwrap_or(stored.len()));
    Some(format!("{}{rest}", label(code)?))
}

/// Who fills a section, and in brackets how far that is.
fn section_task(stored: &str) -> Option<String> {
    let (assignee, code) = stored.strip_suffix('）')?.rsplit_once('（')?;
    Some(format!("{assignee}（{}）", SectionTaskState::of_code(code)?.label()))
}

fn yes_or_no(stored: &str, codes: [&str; 2], words: [&str; 2]) -> Option<String> {
    codes.iter().zip(words).find(|(code, _)| **code == stored).map(|(_, word)| word.to_owned())
}

/// Fields, one a line.
fn lines(act: Act, questionnaire: Option<&Questionnaire>, fields: &[(String, String)]) -> String {
    if fields.is_empty() {
        return "変更なし".to_owned();
    }
    let line = |(name, value): &(String, String)| {
        let (label, value) = match act {
            Act::Kpi => of_column(&kpis::columns(), name, value),
            Act::Roadmap => of_column(&roadmap::columns(), name, value),
            Act::Register => of_register(name, value),
            _ => of_plan(questionnaire, name, value),
        };
        format!("{label}：{}", if value.is_empty() { "（空欄）" } else { value.as_str() })
    };
    fields.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// Label and value of a field that is a column of a dataset.
fn of_column(columns: &[Column], name: &str, value: &str) -> (String, String) {
    let Some(column) = columns.iter().find(|column| column.name == name) else {
        return (name.to_owned(), value.to_owned());
    };
    let meaning = column.codes.iter().find(|(code, _)| code == value).map(|(_, meaning)| meaning.clone());
    (column.label.clone(), meaning.unwrap_or_else(|| value.to_owned()))
}

/// Label and value of a field of the register.
fn of_register(name: &str, value: &str) -> (String, String) {
    let label = REGISTER.iter().find(|(known, _)| *known == name).map_or(name, |(_, label)| *label);
    let meaning = match name {
        "kind" => Kind::of_code(value).map(Kind::label),
        "region" => Region::of_code(value).map(Region::label),
        _ => None,
    };
    (label.to_owned(), meaning.unwrap_or(value).to_owned())
}

/// Label and value of a field of a plan of disclosure.
fn of_plan(questionnaire: Option<&Questionnaire>, name: &str, value: &str) -> (String, String) {
    let parts: Vec<&str> = name.split('/').collect();
    match parts.as_slice() {
        ["narrowed", asked, values] => {
            let asked = question(questionnaire, asked).unwrap_or_else(|| (*asked).to_owned());
            let values = if *values == "named" { "市町村別の値" } else { "集計値" };
            let seen = Visibility::of_code(value).map_or("回答時に示した範囲", Visibility::label);
            (format!("「{asked}」の{values}"), seen.to_owned())
        }
        ["small_cells", "whole"] => ("少数の秘匿（全市町村の表）".to_owned(), value.to_owned()),
        ["small_cells", "groups"] => ("少数の秘匿（区分ごとの表）".to_owned(), value.to_owned()),
        _ => (name.to_owned(), value.to_owned()),
    }
}
