//! What was exported comes back to the letter; everything else is refused with its place.

use std::collections::BTreeSet;

use proptest::option;
use proptest::prelude::*;
use shared::fiscal_year::FiscalYear;
use shared::municipality::{Kind, Municipality, MunicipalityCode};
use shared::questionnaire::{QuestionName, Questionnaire};
use shared::response::answer::RawAnswer;
use shared::response::{AnswerValue, ResponseState};
use shared::time::Timestamp;
use shared::visibility::Visibility;
use tempfile::TempDir;

use super::*;
use crate::access::Role;
use crate::clock::Clock;
use crate::export::dataset::answers::Answers;
use crate::export::dataset::{Scope, Years};
use crate::export::format::{Encoding, Form, Format};
use crate::service::Service;
use crate::service::importing::{Fate, Import};
use crate::service::setup::system;
use crate::store::{AccountRecord, Changed, NewAccount, NewAnswer, RoundDates, connect};
use crate::xlsform::{compile, read_embedded};

const NOW: Timestamp = Timestamp(1_780_000_000_000);
const YEAR: u16 = 2025;

/// A prefecture of two municipalities, with the round of one year.
struct Prefecture {
    service: Service,
    year: FiscalYear,
    _directory: TempDir,
}

fn questionnaire() -> Questionnaire {
    let (survey, choices) =
        (include_str!("../../workbook/testdata/survey.csv"), include_str!("../../workbook/testdata/choices.csv"));
    let settings = "form_title,form_id,version\n市町村DXアンケート,dx,1\n";
    let compilation = compile(&read_embedded(survey, choices, settings).unwrap());
    compilation.questionnaire.unwrap_or_else(|| panic!("{:?}", compilation.findings))
}

impl Prefecture {
    async fn new() -> Self {
        let directory = tempfile::tempdir().unwrap();
        let store = connect(&format!("sqlite:{}", directory.path().join("test.db").display())).await.unwrap();
        store.migrate().await.unwrap();
        let municipality = |(code, name): (&str, &str)| Municipality {
            code: code.parse().unwrap(),
            name: name.to_owned(),
            kana: String::new(),
            kind: Kind::City,
            region: None,
            population: None,
            area: None,
            tile: None,
        };
        let register = [("022012", "青森市"), ("022021", "弘前市")].map(municipality);
        store.put_municipalities(&register, &system(), NOW).await.unwrap();
        store.add_definitions(&crate::seeds::Seeds::Embedded.definitions().unwrap()).await.unwrap();
        let service = Service::new(store, Clock::Fixed(NOW));
        Self { service, year: FiscalYear::new(YEAR).unwrap(), _directory: directory }
    }

    fn dates() -> RoundDates {
        RoundDates { reference_date: Timestamp(0), deadline: Timestamp(1) }
    }

    /// Where the answers of 青森市 were typed, handed in and accepted; 弘前市 did not respond.
    async fn answered(typed: &[(&str, Typed)]) -> Self {
        let new = Self::new().await;
        let officer = new.account("officer", Role::Officer, None).await;
        let respondent = new.account("aomori", Role::Respondent, Some("022012".parse().unwrap())).await;
        let id = new.service.add_questionnaire(&questionnaire()).await.unwrap();
        new.service.add_round(new.year, id, Some("02"), system()).await.unwrap();
        let dates = RoundDates { reference_date: Timestamp(0), deadline: Timestamp(NOW.0 + 1) };
        // Its questionnaire is read by no official indicator.
        assert_eq!(new.service.store().open_round(new.year, dates, &system(), NOW).await.unwrap(), Changed::Yes);
        for (name, typed) in typed {
            new.save(&respondent, name, typed).await;
        }
        new.service.submit(&respondent, new.year).await.unwrap();
        new.service.accept(&officer, new.year, "022012".parse().unwrap()).await.unwrap();
        new.service.close_round(&officer, new.year).await.unwrap();
        new
    }

    /// Where the round stands closed and empty.
    async fn closed() -> Self {
        let new = Self::new().await;
        let id = new.service.add_questionnaire(&questionnaire()).await.unwrap();
        new.service.add_closed_round(new.year, id, Some("02"), Self::dates(), system()).await.unwrap();
        new
    }

    async fn account(&self, login_name: &str, role: Role, municipality: Option<MunicipalityCode>) -> AccountRecord {
        let account = NewAccount {
            login_name: login_name.to_owned(),
            display_name: login_name.to_owned(),
            password_hash: "-".to_owned(),
            municipality,
            email: None,
            roles: BTreeSet::from([role]),
            by: system(),
            at: NOW,
        };
        let id = self.service.store().add_account(&account).await.unwrap();
        self.service.account(id).await.unwrap().unwrap()
    }

    async fn save(&self, respondent: &AccountRecord, name: &str, typed: &Typed) {
        let form = self.service.own_form(respondent, self.year).await.unwrap();
        let question = form.questionnaire.question(form.questionnaire.find(name).unwrap());
        let raw = RawAnswer { values: typed.values.clone(), unknown: typed.unknown };
        let value = AnswerValue::parse(&question.kind, question.may_be_unknown, &raw).unwrap();
        let name = QuestionName(name.to_owned());
        let change = |value, revision| vec![NewAnswer { question: name.clone(), value, revision, suggested: false }];
        self.service.save_answers(respondent, self.year, change(value, 0)).await.unwrap();
        if typed.cleared {
            self.service.save_answers(respondent, self.year, change(None, 1)).await.unwrap();
        }
    }

    async fn export(&self, form: Form) -> Vec<u8> {
        let scope =
            Scope { years: Years::One(self.year), reader: Visibility::Prefecture, unpublished: true, revision: None };
        let export = self.service.export(&Answers, scope).await.unwrap();
        let mut bytes = Vec::new();
        let rows = export.check(form).unwrap().rows;
        export.write(form, rows, &mut bytes).unwrap();
        bytes
    }

    async fn csv(&self) -> String {
        String::from_utf8(self.export(csv(Encoding::Utf8)).await).unwrap()
    }

    async fn read(&self, bytes: &[u8]) -> Result<Reading, String> {
        let file = TableFile::of_bytes("a.csv", bytes, None).map_err(|error| error.to_string())?;
        let target = self.service.import_target(self.year, None).await.unwrap();
        let register = Register::new(self.service.whole_register().await.unwrap(), "02");
        let wanted = Wanted {
            year: self.year,
            others: &BTreeSet::new(),
            questionnaire: &target.questionnaire,
            asked: &target.asked,
            register: &register,
            previous: &target.previous,
            demonstration: target.demonstration,
        };
        read(&file, &wanted).map_err(|error| error.to_string())
    }

    async fn import(&self, bytes: &[u8]) -> Result<Changed, String> {
        let reading = self.read(bytes).await?;
        let target = self.service.import_target(self.year, None).await.unwrap();
        let import = Import { target: &target, responses: &reading.responses };
        let done = self.service.import_responses(&[import], "a.csv").await;
        done.map_err(|error| error.to_string())
    }
}

fn csv(encoding: Encoding) -> Form {
    Form { encoding, ..Form::from(Format::Csv) }
}

#[derive(Debug, Clone, Default)]
struct Typed {
    values: Vec<String>,
    unknown: bool,
    /// Taken back after it was saved.
    cleared: bool,
}

fn typed(values: &[&str]) -> Typed {
    Typed { values: values.iter().map(|value| (*value).to_owned()).collect(), ..Typed::default() }
}

/// An answer of every kind.
fn sample() -> Vec<(&'static str, Typed)> {
    vec![
        ("stage", typed(&["1"])),
        ("topics", typed(&["a", "b"])),
        ("order", typed(&["b", "c", "a"])),
        ("staff", Typed { unknown: true, ..Typed::default() }),
        ("share", typed(&["12.5"])),
        ("since", typed(&["2025-11-05"])),
        ("code", typed(&["=1+1"])),
        ("outline", typed(&["一行目\n  二行目 ㈱①髙 \\n"])),
        ("sure", typed(&["OK"])),
    ]
}

fn any_text() -> impl Strategy<Value = String> {
    "['=+\\-@\\\\nr\n\t ＝＋あ\",;髙①_x0D]{0,12}"
}

fn any_answers() -> impl Strategy<Value = Vec<(&'static str, Typed)>> {
    let one = |values: &'static [&'static str]| prop::sample::select(values).prop_map(|value| typed(&[value]));
    let stage = one(&["1", "2"]);
    let topics = prop::sample::subsequence(vec!["a", "b"], 1..=2).prop_map(|names| typed(&names));
    let order = Just(vec!["a", "b", "c"]).prop_shuffle().prop_map(|names| typed(&names));
    let unknown = Just(Typed { unknown: true, ..Typed::default() });
    let staff = prop_oneof![(0_u32..1_000_000).prop_map(|n| typed(&[&n.to_string()])), unknown];
    let share = "-?(0|[1-9][0-9]{0,5})([.][0-9]{1,4})?".prop_map(|number| typed(&[&number]));
    let text = || any_text().prop_map(|text| typed(&[&text]));
    let contact =
        (any_text(), any::<bool>()).prop_map(|(text, cleared)| Typed { cleared, ..typed(&[&format!("課{text}")]) });
    let since = Just(typed(&["2025-02-28"]));
    (
        (stage, option::of(topics), option::of(order), option::of(staff), option::of(share)),
        (option::of(since), option::of(text()), option::of(text()), option::of(contact)),
    )
        .prop_map(|((stage, topics, order, staff, share), (since, code, outline, contact))| {
            let named = [
                ("stage", Some(stage)),
                ("topics", topics),
                ("order", order),
                ("staff", staff),
                ("share", share),
                ("since", since),
                ("code", code),
                ("outline", outline),
                ("contact", contact),
            ];
            named.into_iter().filter_map(|(name, typed)| Some((name, typed?))).collect()
        })
}

fn block_on<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap().block_on(future)
}

proptest! {
    #![proptest_config(ProptestConfig { max_shrink_iters: 40, ..ProptestConfig::with_cases(24) })]

    #[test]
    fn export_import_export_gives_the_same_bytes(answers in any_answers()) {
        block_on(async {
            let first = Prefecture::answered(&answers).await;
            let written = first.csv().await;
            for form in [csv(Encoding::Utf8), csv(Encoding::Utf8Bom), csv(Encoding::Cp932), Form::from(Format::Xlsx)] {
                let second = Prefecture::closed().await;
                second.import(&first.export(form).await).await.map(drop).map_err(TestCaseError::fail)?;
                prop_assert_eq!(second.csv().await, written.clone());
            }
            Ok(())
        })?;
    }
}

#[tokio::test]
async fn what_was_imported_has_its_history_and_the_same_file_changes_nothing() {
    let file = Prefecture::answered(&sample()).await.csv().await;
    let prefecture = Prefecture::closed().await;
    assert_eq!(prefecture.import(file.as_bytes()).await, Ok(Changed::Yes));
    let (year, code) = (prefecture.year, "022012".parse().unwrap());
    let store = prefecture.service.store();
    let before = (store.answer_history(year, code).await.unwrap(), store.response_events(year, code).await.unwrap());
    assert_eq!(before.0.len(), 10, "nine typed and a default that held");
    assert!(before.0.iter().all(|change| change.by.account.is_none() && change.by.name == "取り込み"));
    let states: Vec<ResponseState> = before.1.iter().map(|event| event.to).collect();
    assert_eq!(states, [ResponseState::InProgress, ResponseState::Submitted, ResponseState::Accepted]);
    assert_eq!(before.1[0].note, "a.csv");
    let receipt = store.response(year, code).await.unwrap().unwrap().receipt.unwrap();
    let respondent = prefecture.account("aomori", Role::Respondent, Some(code)).await;
    let form = prefecture.service.own_form(&respondent, year).await.unwrap();
    assert_eq!(receipt.content_hash, form.content_hash().unwrap());

    assert_eq!(prefecture.import(file.as_bytes()).await, Ok(Changed::No));
    let after = (store.answer_history(year, code).await.unwrap(), store.response_events(year, code).await.unwrap());
    assert_eq!(after, before);

    // A corrected file takes its place, with one more line of history for what it changes.
    let corrected = file.replace(",12.5,", ",13,");
    assert_eq!(prefecture.import(corrected.as_bytes()).await, Ok(Changed::Yes));
    assert_eq!(store.answer_history(year, code).await.unwrap().len(), 11);
    assert_eq!(prefecture.csv().await, corrected);
}

#[tokio::test]
async fn a_ranking_keeps_its_ranks_however_the_file_is_sorted() {
    let file = Prefecture::answered(&sample()).await.csv().await;
    let (heading, rows) = file.split_once("\r\n").unwrap();
    let mut rows: Vec<&str> = rows.trim_end().split("\r\n").collect();
    rows.sort_unstable();
    let sorted = format!("{heading}\r\n{}\r\n", rows.join("\r\n"));
    assert_ne!(sorted, file);
    let prefecture = Prefecture::closed().await;
    assert_eq!(prefecture.import(sorted.as_bytes()).await, Ok(Changed::Yes));
    assert_eq!(prefecture.csv().await, file);
    let ranked = rows.iter().find(|row| row.contains(",022012,青森市,order,")).unwrap();
    let place = heading.split(',').position(|name| name == "rank").unwrap();
    let with = |rank: &str| {
        let mut cells: Vec<&str> = ranked.split(',').collect();
        cells[place] = rank;
        file.replace(ranked, &cells.join(","))
    };
    for (rank, said) in [("", "順位ではありません"), ("0", "順位ではありません"), ("4", "1から順に")]
    {
        let refused = prefecture.import(with(rank).as_bytes()).await.unwrap_err();
        assert!(refused.contains("rank列") && refused.contains(said), "{rank}: {refused}");
    }
}

#[tokio::test]
async fn what_others_wrote_and_what_is_fixed_is_never_written_over() {
    let theirs = Prefecture::answered(&sample()).await;
    let file = theirs.csv().await;
    assert_eq!(theirs.import(file.as_bytes()).await, Ok(Changed::No), "the same is no change");
    let other = file.replace(",12.5,", ",13,");
    let said = theirs.import(other.as_bytes()).await.unwrap_err();
    assert!(said.contains("022012") && said.contains("市町村が提出した回答"), "{said}");
    let silent = theirs.read(file.as_bytes()).await.unwrap();
    let target = theirs.service.import_target(theirs.year, None).await.unwrap();
    assert!(silent.responses.iter().all(|response| target.fate(response) == Fate::Same));

    let imported = Prefecture::closed().await;
    assert_eq!(imported.import(file.as_bytes()).await, Ok(Changed::Yes));
    let officer = imported.account("officer", Role::Officer, None).await;
    imported.service.finalize_round(&officer, imported.year).await.unwrap();
    assert_eq!(imported.import(file.as_bytes()).await, Ok(Changed::No));
    assert!(imported.import(other.as_bytes()).await.unwrap_err().contains("確定しています"));
}

#[tokio::test]
async fn every_fault_is_named_with_its_place_and_nothing_is_written() {
    let file = Prefecture::answered(&sample()).await.csv().await;
    let prefecture = Prefecture::closed().await;
    let empty = prefecture.csv().await;
    let line =
        |name: &str| 1 + file.lines().position(|line| line.contains(&format!(",022012,青森市,{name},"))).unwrap();
    let row = |name: &str| file.lines().nth(line(name) - 1).unwrap().to_owned();
    let changed = |name: &str, from: &str, to: &str| {
        let before = row(name);
        assert!(before.contains(from), "{before}");
        file.replacen(&before, &before.replacen(from, to, 1), 1)
    };
    let staff = row("staff");
    for (text, fault) in [
        (changed("staff", "2025,", "2024,"), "fiscal_year列: 令和6年度（2024年度）の行です"),
        (changed("staff", ",022012,青森市,", ",022012,弘前市,"), "municipality_name列: コード 022012 は青森市ですが"),
        (changed("staff", ",022012,青森市,", ",023655,浪岡町,"), "municipality_code列: 「023655」は名簿にない"),
        (changed("staff", ",staff,", ",stuff,"), "question_name列: 「stuff」という設問は"),
        (changed("staff", ",unknown,不明,", ",わからない,,"), "state列: 「わからない」という状態はありません"),
        (changed("share", ",value,回答あり,,,12.5,", ",unknown,不明,,,,"), "この設問では選べない状態"),
        (changed("share", "12.5", "十二"), "number列: share: 数値で入力してください"),
        (changed("share", "12.5", "=12"), "number列: 数式のようです"),
        (changed("share", ",％,", ",人,"), "unit列: この調査票の単位は「％」です"),
        (changed("code", "'=1+1", "=1+1"), "text列: 数式のようです"),
        (changed("code", ",value,回答あり,,,,,'=1+1", ",value,回答あり,,,5,,"), "number列: この設問の値は text の列に"),
        (changed("stage", ",1,", ",7,"), "choice列: stage: 選択肢にない値です"),
        (changed("stage", ",value,", ",blank,"), "choice列: 値があります"),
        (file.replacen(&staff, &format!("{staff}\r\n{staff}"), 1), "022012 の staff: "),
        (file.replacen(&format!("{staff}\r\n"), "", 1), "市町村 022012 には、1問の行がありません（staff）"),
        (changed("staff", ",unknown,不明,", ",not_submitted,未提出,"), "市町村 022012 は、ほかの行では提出しています"),
        (
            changed("staff", ",unknown,不明,", ",skipped,分岐により対象外,"),
            "staff: ほかの回答によれば、この設問は回答の対象です",
        ),
        (changed("staff", ",unknown,不明,,,,", ",value,回答あり,,,-3,"), "staff: 0以上の整数で"),
        (changed("stage", ",1,", ",2,"), "choice_label列: 選択肢 2 は"),
    ] {
        let said = prefecture.import(text.as_bytes()).await.unwrap_err();
        assert!(said.starts_with("a.csv ") && said.contains("行目") && said.contains(fault), "{fault}: {said}");
    }
    assert_eq!(prefecture.csv().await, empty);
    let said = prefecture.import(b"a,b\n1,2\n").await.unwrap_err();
    assert!(said.starts_with("a.csv 1行目: fiscal_year、municipality_code、"), "{said}");
    let public = file.replace("デモデータ", "");
    let demonstration = public.replace("速報（未公表）,", "速報（未公表）,デモデータ（架空の回答）");
    assert!(prefecture.import(demonstration.as_bytes()).await.unwrap_err().contains("混ぜることはできません"));
}
