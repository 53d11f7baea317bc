//! The trait, method by method: which statements run on a reader, which in a transaction.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::AtomicU64;

use async_trait::async_trait;
use shared::boundary::Boundaries;
use shared::fiscal_year::FiscalYear;
use shared::indicator::{Definition, ReferenceCount};
use shared::kpi::Kpi;
use shared::municipality::{Municipality, MunicipalityCode};
use shared::publication::{Publication, ReleasePlan};
use shared::questionnaire::Questionnaire;
use shared::roadmap::Item;
use shared::round::RoundState;
use shared::time::Timestamp;

use super::super::{Driver, is_transient};
use super::{
    accounts, answers, api_tokens, approval, audit, boundaries, extensions, imports, indicators, inquiries,
    invitations, jobs, kpis, mail, municipalities, peer_groups, publications, question_use, questionnaires,
    questions_and_answers, reference, release_plans, responses, returns, roadmap, rounds, second_factor, section_tasks,
    sessions, settings,
};
use crate::store::{
    AccountChange, AccountId, AccountRecord, AnswerChange, AnswerValues, ApiTokenId, ApiTokenRecord, AuditEntry,
    AuditFilter, Author, ChainEnd, ChangeDates, Changed, Checkpoint, Extension, ImpliedEntries, ImportResponses,
    Inquiry, InquiryId, Job, JobEnd, KeptPublication, KpiRecord, KpiValueRecord, LedgerChange, Mail, MailStep,
    NewAccount, NewApiToken, NewBoundaries, NewExtensionEvent, NewInquiry, NewInquiryMessage, NewInvitation, NewJob,
    NewQuestionAndAnswer, NewReferenceFigures, NewReminder, NewReturn, NewRound, NewSecondFactor, NewSectionTask,
    PeerGroup, PublishedRound, QuestionAndAnswer, QuestionUse, QuestionnaireId, ReferenceFigure, ReferenceSource,
    ReleasePlanRecord, Reminder, ReplaceQuestionnaire, ResponseEvent, ResponseRecord, ResponseStep, Result,
    ReturnedQuestion, RoadmapChange, RoadmapRecord, RoadmapReviewRecord, RoundDates, RoundEvent, RoundRecord,
    SaveAnswers, SaveOutcome, SecondFactorRecord, SectionTask, SessionRecord, Settled, SignIn, Store, StoredAnswers,
    Submission, TakenJob, Written,
};

/// How often a transaction that the database gave up (deadlock, serialization) is tried in all.
const ATTEMPTS: u32 = 5;

/// Runs a statement function on a reader.
macro_rules! read {
    ($store:ident, $resource:ident::$statement:ident($($argument:expr),*)) => {{
        let mut connection = $store.reader().await?;
        $resource::$statement(&mut connection $(, $argument)*).await
    }};
}

/// Runs a statement function in a transaction. Dropped before its commit, a transaction rolls back: an error, a
/// cancelled caller and a crash all leave nothing behind.
macro_rules! change {
    ($store:ident, $resource:ident::$statement:ident($($argument:expr),*)) => {{
        let mut attempt = 1;
        loop {
            let mut transaction = $store.begin().await?;
            let outcome = match $resource::$statement(&mut transaction $(, $argument)*).await {
                Ok(done) => transaction.commit().await.map(|()| done).map_err(Into::into),
                Err(error) => Err(error),
            };
            match outcome {
                Err(error) if attempt < ATTEMPTS && is_transient(&error) => attempt += 1,
                settled => break settled,
            }
        }
    }};
}

#[async_trait]
impl Store for Driver {
    async fn migrate(&self) -> Result<()> {
        self.bring_up_to_date().await
    }
    async fn close(&self) {
        self.close_pools().await;
    }
    async fn write_check(&self, at: Timestamp) -> Result<()> {
        change!(self, settings::write_check(at))
    }
    async fn setting(&self, key: &str) -> Result<Option<String>> {
        read!(self, settings::get(key))
    }
    async fn set_setting(&self, key: &str, value: &str) -> Result<()> {
        change!(self, settings::set(key, value))
    }

    async fn municipalities(&self, prefecture: Option<&str>) -> Result<Vec<Municipality>> {
        read!(self, municipalities::all(prefecture))
    }
    async fn put_municipalities(&self, municipalities: &[Municipality], by: &Author, at: Timestamp) -> Result<()> {
        change!(self, municipalities::put(municipalities, by, at))
    }

    async fn add_questionnaire(&self, questionnaire: &Questionnaire, at: Timestamp) -> Result<QuestionnaireId> {
        change!(self, questionnaires::add(questionnaire, at))
    }
    async fn questionnaire(&self, id: QuestionnaireId) -> Result<Option<Questionnaire>> {
        read!(self, questionnaires::get(id))
    }
    async fn find_questionnaire(&self, form_id: &str, version: &str) -> Result<Option<QuestionnaireId>> {
        read!(self, questionnaires::find(form_id, version))
    }

    async fn add_round(&self, round: &NewRound) -> Result<()> {
        change!(self, rounds::add(round))
    }
    async fn add_closed_round(&self, round: &NewRound, dates: RoundDates) -> Result<()> {
        change!(self, rounds::add_closed(round, dates))
    }
    async fn replace_questionnaire(&self, replace: &ReplaceQuestionnaire) -> Result<Changed> {
        change!(self, rounds::replace_questionnaire(replace))
    }
    async fn rounds(&self) -> Result<Vec<RoundRecord>> {
        read!(self, rounds::all())
    }

    async fn changes(&self) -> Result<BTreeMap<FiscalYear, i64>> {
        read!(self, rounds::changes())
    }
    async fn round(&self, year: FiscalYear) -> Result<Option<RoundRecord>> {
        read!(self, rounds::get(year))
    }
    async fn open_round(&self, year: FiscalYear, dates: RoundDates, by: &Author, at: Timestamp) -> Result<Changed> {
        change!(self, rounds::open(year, dates, by, at))
    }
    async fn change_dates(&self, change: &ChangeDates) -> Result<Changed> {
        change!(self, rounds::change_dates(change))
    }
    async fn advance_round(
        &self,
        year: FiscalYear,
        from: RoundState,
        to: RoundState,
        by: &Author,
        at: Timestamp,
    ) -> Result<Changed> {
        change!(self, rounds::advance(year, from, to, by, at))
    }
    async fn publish_round(&self, publication: &Publication, release_plan: u32, by: &Author) -> Result<Changed> {
        change!(self, publications::publish(publication, release_plan, by))
    }
    async fn reopen_round(&self, year: FiscalYear, reason: &str, by: &Author, at: Timestamp) -> Result<Changed> {
        change!(self, rounds::reopen(year, reason, by, at))
    }
    async fn withdraw_publication(
        &self,
        year: FiscalYear,
        revision: u32,
        reason: &str,
        by: &Author,
        at: Timestamp,
    ) -> Result<Changed> {
        change!(self, publications::withdraw(year, revision, reason, by, at))
    }
    async fn release_plan(&self, year: FiscalYear) -> Result<Option<ReleasePlanRecord>> {
        read!(self, release_plans::latest(year))
    }
    async fn save_release_plan(
        &self,
        year: FiscalYear,
        revision: u32,
        plan: &ReleasePlan,
        by: &Author,
        at: Timestamp,
    ) -> Result<Changed> {
        change!(self, release_plans::save(year, revision, plan, by, at))
    }
    async fn round_events(&self, year: FiscalYear) -> Result<Vec<RoundEvent>> {
        read!(self, rounds::events(year))
    }

    async fn responses(&self, year: FiscalYear) -> Result<Vec<ResponseRecord>> {
        read!(self, responses::of_round(year))
    }
    async fn response(&self, year: FiscalYear, code: MunicipalityCode) -> Result<Option<ResponseRecord>> {
        read!(self, responses::get(year, code))
    }
    async fn answers(&self, year: FiscalYear, code: MunicipalityCode) -> Result<StoredAnswers> {
        read!(self, answers::of_response(year, code))
    }
    async fn answer_values_of_round(&self, year: FiscalYear) -> Result<Vec<(MunicipalityCode, AnswerValues)>> {
        read!(self, answers::values_of_round(year))
    }
    async fn answers_of_round(&self, year: FiscalYear) -> Result<Vec<(MunicipalityCode, StoredAnswers)>> {
        read!(self, answers::of_round(year))
    }
    async fn save_answers(&self, save: &SaveAnswers) -> Result<Vec<SaveOutcome>> {
        change!(self, answers::save(save))
    }
    async fn answer_history(&self, year: FiscalYear, code: MunicipalityCode) -> Result<Vec<AnswerChange>> {
        read!(self, answers::history(year, code))
    }
    async fn submit(&self, submission: &Submission) -> Result<Changed> {
        change!(self, responses::submit(submission))
    }
    async fn move_response(&self, step: &ResponseStep) -> Result<Changed> {
        change!(self, responses::step(step))
    }
    async fn response_events(&self, year: FiscalYear, code: MunicipalityCode) -> Result<Vec<ResponseEvent>> {
        read!(self, responses::events(year, code))
    }
    async fn return_response(&self, new: &NewReturn) -> Result<Changed> {
        change!(self, returns::add(new))
    }
    async fn returned_questions(&self, year: FiscalYear, code: MunicipalityCode) -> Result<Vec<ReturnedQuestion>> {
        read!(self, returns::latest(year, code))
    }
    async fn import_responses(&self, imports: &[ImportResponses]) -> Result<Changed> {
        change!(self, imports::responses(imports))
    }

    async fn section_tasks(&self, year: FiscalYear, code: MunicipalityCode) -> Result<Vec<SectionTask>> {
        read!(self, section_tasks::latest(year, code))
    }
    async fn save_section_task(&self, task: &NewSectionTask) -> Result<Changed> {
        change!(self, section_tasks::save(task))
    }
    async fn approval_setting(&self, code: MunicipalityCode) -> Result<Option<bool>> {
        read!(self, approval::get(code))
    }
    async fn set_approval_setting(
        &self,
        code: MunicipalityCode,
        required: bool,
        by: &Author,
        at: Timestamp,
    ) -> Result<()> {
        change!(self, approval::set(code, required, by, at))
    }

    async fn add_extension_event(&self, new: &NewExtensionEvent) -> Result<Changed> {
        change!(self, extensions::add(new))
    }
    async fn extensions(
        &self,
        year: FiscalYear,
        code: Option<MunicipalityCode>,
    ) -> Result<BTreeMap<MunicipalityCode, Extension>> {
        read!(self, extensions::of_round(year, code))
    }
    async fn add_inquiry(&self, new: &NewInquiry) -> Result<InquiryId> {
        change!(self, inquiries::add(new))
    }
    async fn add_inquiry_message(&self, new: &NewInquiryMessage) -> Result<Changed> {
        change!(self, inquiries::add_message(new))
    }
    async fn inquiry(&self, id: InquiryId) -> Result<Option<Inquiry>> {
        read!(self, inquiries::get(id))
    }
    async fn inquiries(&self, year: FiscalYear, code: Option<MunicipalityCode>) -> Result<Vec<Inquiry>> {
        read!(self, inquiries::of_round(year, code))
    }
    async fn questions_and_answers(&self, year: FiscalYear) -> Result<Vec<QuestionAndAnswer>> {
        read!(self, questions_and_answers::of_round(year))
    }
    async fn add_question_and_answer(&self, new: &NewQuestionAndAnswer) -> Result<i64> {
        change!(self, questions_and_answers::add(new))
    }
    async fn withdraw_question_and_answer(
        &self,
        year: FiscalYear,
        id: i64,
        by: &Author,
        at: Timestamp,
    ) -> Result<Changed> {
        change!(self, questions_and_answers::withdraw(year, id, by, at))
    }

    async fn add_boundaries(&self, new: &NewBoundaries) -> Result<Changed> {
        change!(self, boundaries::add(new))
    }
    async fn boundaries_revision(&self) -> Result<i64> {
        read!(self, boundaries::revision())
    }
    async fn boundaries(&self) -> Result<Option<Boundaries>> {
        read!(self, boundaries::latest())
    }
    async fn add_reference_figures(&self, new: &NewReferenceFigures) -> Result<Changed> {
        change!(self, reference::add(new))
    }
    async fn reference_sources(&self) -> Result<Vec<ReferenceSource>> {
        read!(self, reference::sources())
    }
    async fn reference_figures(&self, code: MunicipalityCode) -> Result<Vec<ReferenceFigure>> {
        read!(self, reference::figures(code))
    }

    async fn audit(&self, filter: &AuditFilter) -> Result<Vec<AuditEntry>> {
        read!(self, audit::matching(filter))
    }
    async fn check_audit(&self, at: Timestamp) -> Result<Changed> {
        change!(self, audit::check(at))
    }
    async fn audit_ends(&self) -> Result<Vec<ChainEnd>> {
        read!(self, audit::ends())
    }
    async fn audit_chains(&self) -> Result<Vec<String>> {
        read!(self, audit::chains())
    }
    async fn audit_of_chain(&self, chain: &str) -> Result<Vec<AuditEntry>> {
        read!(self, audit::of_chain(chain))
    }
    async fn audit_implied(&self) -> Result<Vec<ImpliedEntries>> {
        let since = self.audited_since().await?;
        read!(self, audit::implied(since))
    }
    async fn audit_checkpoints(&self) -> Result<Vec<Checkpoint>> {
        read!(self, audit::checkpoints())
    }
    async fn schema_version(&self) -> Result<(Option<i64>, i64)> {
        self.versions().await
    }
    async fn append_only_tables(&self) -> Result<Vec<String>> {
        self.guarded_tables().await
    }
    async fn add_reminder(&self, new: &NewReminder) -> Result<Changed> {
        change!(self, mail::add(new))
    }
    async fn reminders(&self, year: FiscalYear) -> Result<Vec<Reminder>> {
        read!(self, mail::reminders(year))
    }
    async fn written_by(&self, request: &str) -> Result<Option<Written>> {
        read!(self, mail::written(request))
    }
    async fn mails(&self, year: FiscalYear) -> Result<Vec<Mail>> {
        read!(self, mail::of_round(year))
    }
    async fn take_mail(&self, now: Timestamp) -> Result<Option<Mail>> {
        change!(self, mail::take(now))
    }
    async fn settle_mail(&self, settled: &Settled) -> Result<Changed> {
        change!(self, mail::settle(settled))
    }
    async fn note_interrupted_mail(&self, reason: &str, at: Timestamp) -> Result<()> {
        change!(self, mail::interrupted(reason, at))
    }
    async fn step_mail(&self, step: &MailStep) -> Result<Changed> {
        change!(self, mail::step(step))
    }

    async fn add_job(&self, new: &NewJob) -> Result<()> {
        change!(self, jobs::add(new))
    }
    async fn job(&self, id: &str) -> Result<Option<Job>> {
        read!(self, jobs::get(id))
    }
    async fn jobs(&self) -> Result<Vec<Job>> {
        read!(self, jobs::all())
    }
    async fn take_job(&self, owned: bool, at: Timestamp) -> Result<Option<TakenJob>> {
        change!(self, jobs::take(owned, at))
    }
    async fn end_job(&self, end: &JobEnd) -> Result<Changed> {
        change!(self, jobs::end(end))
    }
    async fn add_accounts_of_job(&self, new: &[NewAccount], end: &JobEnd, added: &AtomicU64) -> Result<Changed> {
        change!(self, jobs::add_accounts(new, end, added))
    }
    async fn stop_job(&self, id: &str, at: Timestamp) -> Result<Changed> {
        change!(self, jobs::stop(id, at))
    }
    async fn resume_jobs(&self, most: i64, outcome: &str, at: Timestamp) -> Result<()> {
        change!(self, jobs::resume(most, outcome, at))
    }
    async fn remove_job(&self, id: &str) -> Result<()> {
        change!(self, jobs::remove(id))
    }

    async fn peer_groups(&self, account: AccountId) -> Result<Vec<PeerGroup>> {
        read!(self, peer_groups::of_account(account))
    }
    async fn save_peer_group(&self, account: AccountId, group: &PeerGroup, at: Timestamp) -> Result<()> {
        change!(self, peer_groups::save(account, group, at))
    }
    async fn remove_peer_group(&self, account: AccountId, name: &str) -> Result<Changed> {
        change!(self, peer_groups::remove(account, name))
    }

    async fn publications(&self) -> Result<Vec<Publication>> {
        read!(self, publications::latest())
    }
    async fn published(&self) -> Result<Vec<PublishedRound>> {
        read!(self, publications::published())
    }
    async fn revisions(&self) -> Result<Vec<PublishedRound>> {
        read!(self, publications::revisions())
    }
    async fn publication(&self, year: FiscalYear, revision: u32) -> Result<Option<Publication>> {
        read!(self, publications::of_revision(year, revision))
    }
    async fn kept_publications(&self) -> Result<Vec<KeptPublication>> {
        read!(self, publications::kept())
    }
    async fn definitions(&self) -> Result<Vec<Definition>> {
        read!(self, indicators::definitions())
    }
    async fn add_definitions(&self, definitions: &[Definition]) -> Result<()> {
        change!(self, indicators::add_definitions(definitions))
    }
    async fn add_question_use(&self, new: &QuestionUse, at: Timestamp) -> Result<()> {
        change!(self, question_use::add(new, at))
    }
    async fn questions_used(&self, year: FiscalYear) -> Result<BTreeSet<String>> {
        read!(self, question_use::of_round(year))
    }
    async fn reference_counts(&self) -> Result<Vec<ReferenceCount>> {
        read!(self, indicators::reference_counts())
    }
    async fn add_reference_counts(&self, counts: &[ReferenceCount]) -> Result<()> {
        change!(self, indicators::add_reference_counts(counts))
    }
    async fn kpis(&self) -> Result<Vec<KpiRecord>> {
        read!(self, kpis::latest())
    }
    async fn kpi_history(&self, id: &str) -> Result<Vec<KpiRecord>> {
        read!(self, kpis::history(id))
    }
    async fn add_kpis(&self, kpis: &[Kpi], by: &Author, at: Timestamp) -> Result<()> {
        change!(self, kpis::add(kpis, by, at))
    }
    async fn kpi_values(&self) -> Result<Vec<KpiValueRecord>> {
        read!(self, kpis::latest_values())
    }
    async fn kpi_value_history(&self, id: &str) -> Result<Vec<KpiValueRecord>> {
        read!(self, kpis::value_history(id))
    }
    async fn save_ledger(&self, change: &LedgerChange) -> Result<Changed> {
        change!(self, kpis::save(change))
    }
    async fn roadmap(&self) -> Result<Vec<RoadmapRecord>> {
        read!(self, roadmap::latest())
    }
    async fn roadmap_history(&self, id: &str) -> Result<Vec<RoadmapRecord>> {
        read!(self, roadmap::history(id))
    }
    async fn add_roadmap(&self, items: &[Item], by: &Author, at: Timestamp) -> Result<()> {
        change!(self, roadmap::add(items, by, at))
    }
    async fn roadmap_reviews(&self) -> Result<Vec<RoadmapReviewRecord>> {
        read!(self, roadmap::latest_reviews())
    }
    async fn roadmap_review_history(&self, id: &str) -> Result<Vec<RoadmapReviewRecord>> {
        read!(self, roadmap::review_history(id))
    }
    async fn save_roadmap(&self, change: &RoadmapChange) -> Result<Changed> {
        change!(self, roadmap::save(change))
    }

    async fn add_account(&self, account: &NewAccount) -> Result<AccountId> {
        change!(self, accounts::add(account))
    }
    async fn add_accounts(&self, accounts: &[NewAccount]) -> Result<()> {
        change!(self, accounts::add_all(accounts))
    }
    async fn account(&self, id: AccountId) -> Result<Option<AccountRecord>> {
        read!(self, accounts::get(id))
    }
    async fn account_by_login(&self, login_name: &str) -> Result<Option<AccountRecord>> {
        read!(self, accounts::by_login(login_name))
    }
    async fn accounts(&self) -> Result<Vec<AccountRecord>> {
        read!(self, accounts::all())
    }
    async fn note_login(&self, id: AccountId, sign_in: SignIn, at: Timestamp) -> Result<()> {
        change!(self, accounts::note_login(id, sign_in, at))
    }
    async fn change_account(&self, id: AccountId, change: &AccountChange, by: &Author, at: Timestamp) -> Result<()> {
        change!(self, accounts::change(id, change, by, at))
    }
    async fn set_password(&self, id: AccountId, password_hash: &str, by: &Author, at: Timestamp) -> Result<()> {
        change!(self, accounts::set_password(id, password_hash, by, at))
    }
    async fn disable_account(&self, id: AccountId, by: &Author, at: Timestamp) -> Result<Changed> {
        change!(self, accounts::disable(id, by, at))
    }
    async fn hand_over(&self, id: AccountId, successor: &NewAccount) -> Result<Option<AccountId>> {
        change!(self, accounts::hand_over(id, successor))
    }
    async fn invite(&self, request: &str, invitations: &[NewInvitation], at: Timestamp) -> Result<Changed> {
        change!(self, invitations::add_all(request, invitations, at))
    }
    async fn invited(&self, code_hash: &[u8], at: Timestamp) -> Result<Option<AccountId>> {
        read!(self, invitations::invited(code_hash, at))
    }
    async fn accept_invitation(
        &self,
        code_hash: &[u8],
        password_hash: &str,
        at: Timestamp,
    ) -> Result<Option<AccountId>> {
        change!(self, invitations::accept(code_hash, password_hash, at))
    }
    async fn second_factor(&self, account: AccountId) -> Result<Option<SecondFactorRecord>> {
        read!(self, second_factor::get(account))
    }
    async fn set_second_factor(&self, new: &NewSecondFactor) -> Result<Changed> {
        change!(self, second_factor::set(new))
    }
    async fn remove_second_factor(&self, account: AccountId, by: &Author, at: Timestamp) -> Result<Changed> {
        change!(self, second_factor::remove(account, by, at))
    }
    async fn use_step(&self, account: AccountId, step: i64) -> Result<Changed> {
        change!(self, second_factor::use_step(account, step))
    }
    async fn use_recovery_code(&self, account: AccountId, hash: &[u8; 32], at: Timestamp) -> Result<Changed> {
        change!(self, second_factor::use_recovery_code(account, hash, at))
    }
    async fn replace_recovery_codes(
        &self,
        account: AccountId,
        hashes: &[[u8; 32]],
        by: &Author,
        at: Timestamp,
    ) -> Result<Changed> {
        change!(self, second_factor::replace_recovery_codes(account, hashes, by, at))
    }
    async fn require_second_factor(&self, required: bool, by: &Author, at: Timestamp) -> Result<()> {
        change!(self, second_factor::require(required, by, at))
    }
    async fn add_session(&self, session: &SessionRecord) -> Result<bool> {
        change!(self, sessions::add(session))
    }
    async fn session(&self, id_hash: &[u8]) -> Result<Option<SessionRecord>> {
        read!(self, sessions::get(id_hash))
    }
    async fn save_session(&self, session: &SessionRecord) -> Result<()> {
        change!(self, sessions::save(session))
    }
    async fn touch_session(&self, id_hash: &[u8], at: Timestamp) -> Result<()> {
        change!(self, sessions::touch(id_hash, at))
    }
    async fn delete_session(&self, id_hash: &[u8]) -> Result<()> {
        change!(self, sessions::delete(id_hash))
    }
    async fn delete_stale_sessions(&self, created: Timestamp, used: Timestamp) -> Result<()> {
        change!(self, sessions::delete_stale(created, used))
    }

    async fn add_api_token(&self, new: &NewApiToken) -> Result<ApiTokenId> {
        change!(self, api_tokens::add(new))
    }
    async fn api_tokens(&self, account: AccountId) -> Result<Vec<ApiTokenRecord>> {
        read!(self, api_tokens::of_account(account))
    }
    async fn api_token(&self, hash: &[u8; 32]) -> Result<Option<ApiTokenRecord>> {
        read!(self, api_tokens::by_hash(hash))
    }
    async fn touch_api_token(&self, id: ApiTokenId, at: Timestamp) -> Result<()> {
        change!(self, api_tokens::touch(id, at))
    }
    async fn revoke_api_token(&self, account: AccountId, id: ApiTokenId, at: Timestamp) -> Result<Changed> {
        change!(self, api_tokens::revoke(account, id, at))
    }
}
