//! The store: everything that must survive a restart. One trait, two databases.
//!
//! SQL stands only in this folder and no driver type leaves it. Each statement is written once, in `statements/`, and
//! compiled for both databases; `sqlite.rs` and `postgres.rs` hold only what differs.

mod error;
mod migration;
mod postgres;
mod records;
mod sqlite;
mod values;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
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

pub use error::StoreError;
pub use records::*;

/// Result of a store operation.
pub type Result<T> = std::result::Result<T, StoreError>;

/// Opens the store at `sqlite:PATH` (the file is made when missing) or `postgres://…`.
pub async fn connect(url: &str) -> Result<Arc<dyn Store>> {
    if let Some(path) = url.strip_prefix("sqlite:") {
        // `sqlite:///var/lib/shirabe.db` is widely written for the same.
        let path = path.strip_prefix("//").unwrap_or(path);
        return Ok(Arc::new(sqlite::SqliteStore::connect(path).await?));
    }
    if url.starts_with("postgres://") || url.starts_with("postgresql://") {
        return Ok(Arc::new(postgres::PostgresStore::connect(url).await?));
    }
    // Only the scheme: what follows may hold a password.
    let address = url.split_once(':').map_or_else(|| "…".to_owned(), |(scheme, _)| format!("{scheme}:…"));
    let reason = "sqlite:PATH または postgres://… の形で指定してください。".to_owned();
    Err(StoreError::Connect { address, reason })
}

/// All that the use cases ask of a database. Every method that changes something is one transaction. What belongs to a
/// response, round, municipality or account that does not exist is refused ([`StoreError::NotFound`]).
#[async_trait]
pub trait Store: Send + Sync + 'static {
    // --- the database itself

    /// Brings the schema to this binary's version; refuses a newer database ([`StoreError::NewerThanBinary`]).
    async fn migrate(&self) -> Result<()>;
    /// The newest version that the database has, and the newest that this binary knows.
    async fn schema_version(&self) -> Result<(Option<i64>, i64)>;
    /// The tables whose rows the database lets nobody change or remove; they should be [`APPEND_ONLY`].
    async fn append_only_tables(&self) -> Result<Vec<String>>;
    /// Closes every connection; on SQLite the log is moved into the file. Nothing may be asked afterwards.
    async fn close(&self);
    /// Really writes, and reads it back.
    async fn write_check(&self, at: Timestamp) -> Result<()>;
    /// A note about the installation, e.g. `demonstration`.
    async fn setting(&self, key: &str) -> Result<Option<String>>;
    /// Sets such a note.
    async fn set_setting(&self, key: &str, value: &str) -> Result<()>;

    // --- municipalities

    /// The register, by code; of one prefecture (two digits) or of all Japan.
    async fn municipalities(&self, prefecture: Option<&str>) -> Result<Vec<Municipality>>;
    /// Adds municipalities or updates those of the same code, and notes when ([`REGISTER_CHANGED`]).
    async fn put_municipalities(&self, municipalities: &[Municipality], by: &Author, at: Timestamp) -> Result<()>;

    // --- boundaries

    /// Adds boundaries as a new revision, unless the latest one has the same hash (`sha256`).
    async fn add_boundaries(&self, new: &NewBoundaries) -> Result<Changed>;
    /// The latest revision's number, counted from 1; 0 when there is none.
    async fn boundaries_revision(&self) -> Result<i64>;
    /// The latest revision.
    async fn boundaries(&self) -> Result<Option<Boundaries>>;

    // --- questionnaires

    /// Adds a questionnaire; its `form_id` and `version` must be new ([`StoreError::Exists`]).
    async fn add_questionnaire(&self, questionnaire: &Questionnaire, at: Timestamp) -> Result<QuestionnaireId>;
    /// The questionnaire of that id.
    async fn questionnaire(&self, id: QuestionnaireId) -> Result<Option<Questionnaire>>;
    /// The id of `form_id` in `version`.
    async fn find_questionnaire(&self, form_id: &str, version: &str) -> Result<Option<QuestionnaireId>>;

    // --- rounds

    /// Adds a round in state draft; the year must be new ([`StoreError::Exists`]).
    async fn add_round(&self, round: &NewRound) -> Result<()>;
    /// Adds a round of an earlier year whose time for answers is over: with its dates, and a response for every
    /// municipality of its scope. The year must be new ([`StoreError::Exists`]).
    async fn add_closed_round(&self, round: &NewRound, dates: RoundDates) -> Result<()>;
    /// Lets a round ask another questionnaire, which is added unless it is there; only while the round is a draft and asks
    /// `from`. The version must be new or have just these contents ([`StoreError::Exists`]).
    async fn replace_questionnaire(&self, replace: &ReplaceQuestionnaire) -> Result<Changed>;
    /// All rounds, latest first.
    async fn rounds(&self) -> Result<Vec<RoundRecord>>;

    /// By round, a number that grows with every change of one of its responses.
    async fn changes(&self) -> Result<BTreeMap<FiscalYear, i64>>;
    /// The round of that year.
    async fn round(&self, year: FiscalYear) -> Result<Option<RoundRecord>>;
    /// Opens a draft round: sets its dates and makes a response for every municipality of its scope.
    async fn open_round(&self, year: FiscalYear, dates: RoundDates, by: &Author, at: Timestamp) -> Result<Changed>;
    /// Changes the dates of a round that is a draft, open or closed, unless they are no longer what was seen.
    async fn change_dates(&self, change: &ChangeDates) -> Result<Changed>;
    /// Closes or finalizes a round, unless it is no longer in `from`; none is finalized while a response that was handed in
    /// waits to be accepted. (Opening needs dates, publishing a snapshot: they have their own methods.)
    async fn advance_round(
        &self,
        year: FiscalYear,
        from: RoundState,
        to: RoundState,
        by: &Author,
        at: Timestamp,
    ) -> Result<Changed>;
    /// Finalized → published, together with the frozen snapshot, in one transaction, unless what is disclosed was decided
    /// anew after the revision `release_plan` (0 for none). The publication's revision must be new
    /// ([`StoreError::Exists`]).
    async fn publish_round(&self, publication: &Publication, release_plan: u32, by: &Author) -> Result<Changed>;
    /// Finalized or published → closed, with the reason: the checking goes on. What is published stays.
    async fn reopen_round(&self, year: FiscalYear, reason: &str, by: &Author, at: Timestamp) -> Result<Changed>;
    /// Takes a revision back, with the reason, unless there is none of that number or it was taken back already. With the
    /// latest one a published round is finalized again; without an earlier one it stays where it is.
    async fn withdraw_publication(
        &self,
        year: FiscalYear,
        revision: u32,
        reason: &str,
        by: &Author,
        at: Timestamp,
    ) -> Result<Changed>;
    /// What is disclosed of a round, at the latest revision of that decision.
    async fn release_plan(&self, year: FiscalYear) -> Result<Option<ReleasePlanRecord>>;
    /// Keeps a new revision of what is disclosed, after `revision` (0 for none).
    async fn save_release_plan(
        &self,
        year: FiscalYear,
        revision: u32,
        plan: &ReleasePlan,
        by: &Author,
        at: Timestamp,
    ) -> Result<Changed>;
    /// What happened to a round, oldest first.
    async fn round_events(&self, year: FiscalYear) -> Result<Vec<RoundEvent>>;

    // --- responses and answers

    /// All responses of a round by municipality code, each with the number of its answers.
    async fn responses(&self, year: FiscalYear) -> Result<Vec<ResponseRecord>>;
    /// One response.
    async fn response(&self, year: FiscalYear, code: MunicipalityCode) -> Result<Option<ResponseRecord>>;
    /// The current answers of one response, by question.
    async fn answers(&self, year: FiscalYear, code: MunicipalityCode) -> Result<StoredAnswers>;
    /// The current answers of a whole round, by municipality.
    async fn answers_of_round(&self, year: FiscalYear) -> Result<Vec<(MunicipalityCode, StoredAnswers)>>;
    /// The values alone of a whole round's answers, by municipality: for counting and exporting. `None` for an answer that
    /// was cleared.
    async fn answer_values_of_round(&self, year: FiscalYear) -> Result<Vec<(MunicipalityCode, AnswerValues)>>;
    /// Saves answers, each on its own revision; all others of the call are saved even when some conflict.
    ///
    /// The response must be editable in its round's state ([`ResponseState::is_editable_in`], else
    /// [`StoreError::NotEditable`]); a not-started response becomes in progress. A value equal to the stored one changes nothing, whatever the revision.
    async fn save_answers(&self, save: &SaveAnswers) -> Result<Vec<SaveOutcome>>;
    /// Every change of one response's answers, oldest first.
    async fn answer_history(&self, year: FiscalYear, code: MunicipalityCode) -> Result<Vec<AnswerChange>>;
    /// Hands a response in: in progress, returned or awaiting approval → submitted, with its receipt, if the response is
    /// still at `revision` and the round takes it ([`ResponseState::may_be_handed_in`]).
    async fn submit(&self, submission: &Submission) -> Result<Changed>;
    /// Moves a response from one state to another, unless it is no longer in `from` or its round is finalized.
    async fn move_response(&self, step: &ResponseStep) -> Result<Changed>;
    /// What happened to a response, oldest first.
    async fn response_events(&self, year: FiscalYear, code: MunicipalityCode) -> Result<Vec<ResponseEvent>>;
    /// The prefecture sends a response back: submitted or accepted → returned, under the conditions of
    /// [`Store::move_response`], together with the questions that are to be answered again.
    async fn return_response(&self, new: &NewReturn) -> Result<Changed>;
    /// The questions of the prefecture's latest return, in its order, also after the response was handed in again. Empty
    /// when there was none or the whole form was sent back. An approver's step back to returned is no new return.
    async fn returned_questions(&self, year: FiscalYear, code: MunicipalityCode) -> Result<Vec<ReturnedQuestion>>;

    /// Takes over responses from a file, of several rounds at once: each is in progress or returned, submitted with its receipt and accepted, with
    /// the history of every answer that changes. [`Changed::No`], with nothing written, unless the rounds are closed and
    /// every response is not started or handed in, and still at its revision.
    async fn import_responses(&self, imports: &[ImportResponses]) -> Result<Changed>;

    // --- inside a municipality

    /// The sections handed out so far, by name, each at its latest revision.
    async fn section_tasks(&self, year: FiscalYear, code: MunicipalityCode) -> Result<Vec<SectionTask>>;
    /// Saves a new revision of a section's task, unless it is no longer at `revision`.
    async fn save_section_task(&self, task: &NewSectionTask) -> Result<Changed>;
    /// Whether the municipality wants an approver to hand in; `None` when that was never set.
    async fn approval_setting(&self, code: MunicipalityCode) -> Result<Option<bool>>;
    /// Sets that, for this round and all later ones.
    async fn set_approval_setting(
        &self,
        code: MunicipalityCode,
        required: bool,
        by: &Author,
        at: Timestamp,
    ) -> Result<()>;

    // --- between prefecture and municipalities

    /// Adds a step to the extension of a municipality's deadline, unless `after` is no longer its last.
    async fn add_extension_event(&self, new: &NewExtensionEvent) -> Result<Changed>;
    /// The extensions of a round, by municipality; of one or of all. Who never asked has none.
    async fn extensions(
        &self,
        year: FiscalYear,
        code: Option<MunicipalityCode>,
    ) -> Result<BTreeMap<MunicipalityCode, Extension>>;
    /// Begins an inquiry with its first message; one that the same author began with the same words, and to which nobody
    /// has said anything yet, is that inquiry.
    async fn add_inquiry(&self, new: &NewInquiry) -> Result<InquiryId>;
    /// Adds a message to an inquiry, unless `after` is no longer its last.
    async fn add_inquiry_message(&self, new: &NewInquiryMessage) -> Result<Changed>;
    /// The inquiry of that id.
    async fn inquiry(&self, id: InquiryId) -> Result<Option<Inquiry>>;
    /// The inquiries of a round, by id; of one municipality or of all.
    async fn inquiries(&self, year: FiscalYear, code: Option<MunicipalityCode>) -> Result<Vec<Inquiry>>;
    /// The questions and answers of a round, by id, withdrawn ones too.
    async fn questions_and_answers(&self, year: FiscalYear) -> Result<Vec<QuestionAndAnswer>>;
    /// Adds a question and answer for everybody; returns its id. The same words that are shown already are that entry.
    async fn add_question_and_answer(&self, new: &NewQuestionAndAnswer) -> Result<i64>;
    /// Takes one back, unless that has been done already.
    async fn withdraw_question_and_answer(
        &self,
        year: FiscalYear,
        id: i64,
        by: &Author,
        at: Timestamp,
    ) -> Result<Changed>;

    // --- public reference figures

    /// Adds figures as a new revision of their source, unless its latest revision was read from the same file
    /// (`sha256`). Every municipality must be on the register ([`StoreError::NotFound`]) and have an item once
    /// ([`StoreError::Exists`]).
    async fn add_reference_figures(&self, new: &NewReferenceFigures) -> Result<Changed>;
    /// All sources, by id, each at its latest revision.
    async fn reference_sources(&self) -> Result<Vec<ReferenceSource>>;
    /// What the latest revision of every source says about a municipality, by source and item.
    async fn reference_figures(&self, code: MunicipalityCode) -> Result<Vec<ReferenceFigure>>;

    // --- results

    /// The latest revision of every published round, by year, unless it was taken back.
    async fn publications(&self) -> Result<Vec<Publication>>;
    /// The same without the snapshots.
    async fn published(&self) -> Result<Vec<PublishedRound>>;
    /// Every revision of every published round without the snapshots, by year and revision.
    async fn revisions(&self) -> Result<Vec<PublishedRound>>;
    /// One revision of one round.
    async fn publication(&self, year: FiscalYear, revision: u32) -> Result<Option<Publication>>;
    /// Every revision of every published round as it is kept, to the letter, by year and revision.
    async fn kept_publications(&self) -> Result<Vec<KeptPublication>>;
    /// All definitions, by id and version.
    async fn definitions(&self) -> Result<Vec<Definition>>;
    /// Adds definitions; each id and version must be new ([`StoreError::Exists`]).
    async fn add_definitions(&self, definitions: &[Definition]) -> Result<()>;
    /// Notes that a question's results were opened; the same again changes nothing.
    async fn add_question_use(&self, new: &QuestionUse, at: Timestamp) -> Result<()>;
    /// 概念IDs of the questions whose results of that year were opened.
    async fn questions_used(&self, year: FiscalYear) -> Result<BTreeSet<String>>;
    /// Published counts of years before the platform, by year and field.
    async fn reference_counts(&self) -> Result<Vec<ReferenceCount>>;
    /// Adds published counts; year and field must be new ([`StoreError::Exists`]).
    async fn add_reference_counts(&self, counts: &[ReferenceCount]) -> Result<()>;
    /// The KPI ledger in its order, each row at its latest revision.
    async fn kpis(&self) -> Result<Vec<KpiRecord>>;
    /// One row's revisions, oldest first.
    async fn kpi_history(&self, id: &str) -> Result<Vec<KpiRecord>>;
    /// Adds rows at the ledger's end, as revision 1; ids must be new ([`StoreError::Exists`]).
    async fn add_kpis(&self, kpis: &[Kpi], by: &Author, at: Timestamp) -> Result<()>;
    /// The values of all rows at their latest revisions, by row and period.
    async fn kpi_values(&self) -> Result<Vec<KpiValueRecord>>;
    /// Every revision of one row's values, oldest first.
    async fn kpi_value_history(&self, id: &str) -> Result<Vec<KpiValueRecord>>;
    /// Saves new revisions of rows and values, all or nothing: unless one of them is no longer at the revision that it
    /// follows ([`StoreError::Exists`] where somebody else is faster by less than that can be seen).
    async fn save_ledger(&self, change: &LedgerChange) -> Result<Changed>;

    /// The roadmap in the plan's order, each item at its latest revision.
    async fn roadmap(&self) -> Result<Vec<RoadmapRecord>>;
    /// One item's revisions, oldest first.
    async fn roadmap_history(&self, id: &str) -> Result<Vec<RoadmapRecord>>;
    /// Adds items at the roadmap's end, as revision 1; ids must be new ([`StoreError::Exists`]).
    async fn add_roadmap(&self, items: &[Item], by: &Author, at: Timestamp) -> Result<()>;
    /// The reviews of all items at their latest revisions, by item and period.
    async fn roadmap_reviews(&self) -> Result<Vec<RoadmapReviewRecord>>;
    /// Every revision of one item's reviews, oldest first.
    async fn roadmap_review_history(&self, id: &str) -> Result<Vec<RoadmapReviewRecord>>;
    /// Saves new revisions of items and reviews, all or nothing, under the conditions of [`Store::save_ledger`].
    async fn save_roadmap(&self, change: &RoadmapChange) -> Result<Changed>;

    // --- audit

    /// The entries that match, latest first.
    async fn audit(&self, filter: &AuditFilter) -> Result<Vec<AuditEntry>>;
    /// Writes down the ends of the chains that grew since the last checkpoint, unless none did.
    async fn check_audit(&self, at: Timestamp) -> Result<Changed>;
    /// The ends that are kept of the chains, by chain.
    async fn audit_ends(&self) -> Result<Vec<ChainEnd>>;
    /// The chains that have entries, by name.
    async fn audit_chains(&self) -> Result<Vec<String>>;
    /// The entries of one chain, in order.
    async fn audit_of_chain(&self, chain: &str) -> Result<Vec<AuditEntry>>;
    /// How many entries the histories of rounds and responses imply, of what is later than the audit log itself.
    async fn audit_implied(&self) -> Result<Vec<ImpliedEntries>>;
    /// All checkpoints, in order.
    async fn audit_checkpoints(&self) -> Result<Vec<Checkpoint>>;

    // --- reminders and the outbox

    /// Writes a reminder and puts its messages into the outbox, unless its request was written before.
    async fn add_reminder(&self, new: &NewReminder) -> Result<Changed>;
    /// The reminders of a round, latest first.
    async fn reminders(&self, year: FiscalYear) -> Result<Vec<Reminder>>;
    /// What that request wrote.
    async fn written_by(&self, request: &str) -> Result<Option<Written>>;
    /// Their messages, by municipality.
    async fn mails(&self, year: FiscalYear) -> Result<Vec<Mail>>;
    /// Takes the message that has waited longest and may be tried now: it is `Sending` until it is settled.
    async fn take_mail(&self, now: Timestamp) -> Result<Option<Mail>>;
    /// Says what came of a message that was taken.
    async fn settle_mail(&self, settled: &Settled) -> Result<Changed>;
    /// Makes every message that was taken and not settled `Unclear`. Only at the start, while nothing is sent.
    async fn note_interrupted_mail(&self, reason: &str, at: Timestamp) -> Result<()>;
    /// What a person does about a message, where that fits its state ([`MailAct::fits`](shared::reminder::MailAct::fits)).
    async fn step_mail(&self, step: &MailStep) -> Result<Changed>;

    // --- what takes long

    /// Adds a job that waits; its owner must exist.
    async fn add_job(&self, new: &NewJob) -> Result<()>;
    /// The job of that id.
    async fn job(&self, id: &str) -> Result<Option<Job>>;
    /// All jobs, latest first.
    async fn jobs(&self) -> Result<Vec<Job>>;
    /// Takes the job that has waited longest, of those that are `owned` by an account or of the others: it is `Running`
    /// until it ends.
    async fn take_job(&self, owned: bool, at: Timestamp) -> Result<Option<TakenJob>>;
    /// Ends a running job, unless it was stopped; what it was asked to do is forgotten.
    async fn end_job(&self, end: &JobEnd) -> Result<Changed>;
    /// The same together with the accounts that it adds: all of them and its end, or neither. `added` counts them
    /// meanwhile.
    async fn add_accounts_of_job(&self, new: &[NewAccount], end: &JobEnd, added: &AtomicU64) -> Result<Changed>;
    /// Stops a job that waits or runs.
    async fn stop_job(&self, id: &str, at: Timestamp) -> Result<Changed>;
    /// Lets every job that runs wait again; those that were begun `most` times fail with that outcome. Only at the
    /// start, while none is under way.
    async fn resume_jobs(&self, most: i64, outcome: &str, at: Timestamp) -> Result<()>;
    /// Removes a job.
    async fn remove_job(&self, id: &str) -> Result<()>;

    // --- comparing

    /// The groups that an account keeps, by name.
    async fn peer_groups(&self, account: AccountId) -> Result<Vec<PeerGroup>>;
    /// Keeps a group of at least one municipality, in place of one of the same name.
    async fn save_peer_group(&self, account: AccountId, group: &PeerGroup, at: Timestamp) -> Result<()>;
    /// Removes a group, unless there is none of that name.
    async fn remove_peer_group(&self, account: AccountId, name: &str) -> Result<Changed>;

    // --- accounts and sessions

    /// Adds an account; the login name must be new ([`StoreError::Exists`]).
    async fn add_account(&self, account: &NewAccount) -> Result<AccountId>;
    /// Adds several accounts, all or none.
    async fn add_accounts(&self, accounts: &[NewAccount]) -> Result<()>;
    /// The account of that id.
    async fn account(&self, id: AccountId) -> Result<Option<AccountRecord>>;
    /// The account of that login name, exactly.
    async fn account_by_login(&self, login_name: &str) -> Result<Option<AccountRecord>>;
    /// All accounts by login name.
    async fn accounts(&self) -> Result<Vec<AccountRecord>>;
    /// Changes what an account is called, where mail to it goes, where it belongs and what it may do.
    async fn change_account(&self, id: AccountId, change: &AccountChange, by: &Author, at: Timestamp) -> Result<()>;
    /// Sets the password of an account that is not disabled; its sessions end.
    async fn set_password(&self, id: AccountId, password_hash: &str, by: &Author, at: Timestamp) -> Result<()>;
    /// Lets nobody use the account any more: password, sessions and invitation end.
    async fn disable_account(&self, id: AccountId, by: &Author, at: Timestamp) -> Result<Changed>;
    /// Adds the successor of an account with the groups it keeps and the sections handed to it in rounds under review, and
    /// disables it; `None` where it has one already.
    async fn hand_over(&self, id: AccountId, successor: &NewAccount) -> Result<Option<AccountId>>;
    /// Invites accounts that were not handed over to set a password: what they had, password, sessions and invitation,
    /// ends, and a disabled account can be used again. All of them or none; [`Changed::No`], with nothing changed, where
    /// the same `request` was used before.
    async fn invite(&self, request: &str, invitations: &[NewInvitation], at: Timestamp) -> Result<Changed>;
    /// Whose invitation has that code, while it is valid.
    async fn invited(&self, code_hash: &[u8], at: Timestamp) -> Result<Option<AccountId>>;
    /// Uses a valid invitation: sets the password of its account.
    async fn accept_invitation(
        &self,
        code_hash: &[u8],
        password_hash: &str,
        at: Timestamp,
    ) -> Result<Option<AccountId>>;
    /// Notes a successful login; the last one becomes the one before.
    async fn note_login(&self, id: AccountId, sign_in: SignIn, at: Timestamp) -> Result<()>;
    /// The account's second factor.
    async fn second_factor(&self, account: AccountId) -> Result<Option<SecondFactorRecord>>;
    /// Sets a second factor, unless the account has one; its sessions end.
    async fn set_second_factor(&self, new: &NewSecondFactor) -> Result<Changed>;
    /// Removes a second factor with its recovery codes, unless there is none; the account's sessions end.
    async fn remove_second_factor(&self, account: AccountId, by: &Author, at: Timestamp) -> Result<Changed>;
    /// Uses the code of a step, unless that one or a later one was used before.
    async fn use_step(&self, account: AccountId, step: i64) -> Result<Changed>;
    /// Uses the recovery code of that hash, unless it is none or was used before.
    async fn use_recovery_code(&self, account: AccountId, hash: &[u8; 32], at: Timestamp) -> Result<Changed>;
    /// Puts others in the place of all recovery codes, unless the account has no second factor.
    async fn replace_recovery_codes(
        &self,
        account: AccountId,
        hashes: &[[u8; 32]],
        by: &Author,
        at: Timestamp,
    ) -> Result<Changed>;
    /// Says whether officers must have a second factor ([`SECOND_FACTOR_REQUIRED`]).
    async fn require_second_factor(&self, required: bool, by: &Author, at: Timestamp) -> Result<()>;
    /// Adds a session; false when its id is taken.
    async fn add_session(&self, session: &SessionRecord) -> Result<bool>;
    /// The session of that hashed id.
    async fn session(&self, id_hash: &[u8]) -> Result<Option<SessionRecord>>;
    /// Saves a session, or adds it.
    async fn save_session(&self, session: &SessionRecord) -> Result<()>;
    /// Notes that a session was used.
    async fn touch_session(&self, id_hash: &[u8], at: Timestamp) -> Result<()>;
    /// Ends a session.
    async fn delete_session(&self, id_hash: &[u8]) -> Result<()>;
    /// Removes sessions created before `created` or last used before `used`.
    async fn delete_stale_sessions(&self, created: Timestamp, used: Timestamp) -> Result<()>;

    // --- personal tokens for the API

    /// Adds a token; its name must be new among the account's that are not revoked ([`StoreError::Exists`]).
    async fn add_api_token(&self, new: &NewApiToken) -> Result<ApiTokenId>;
    /// An account's tokens that are not revoked, oldest first.
    async fn api_tokens(&self, account: AccountId) -> Result<Vec<ApiTokenRecord>>;
    /// The token of that hash, unless it is revoked.
    async fn api_token(&self, hash: &[u8; 32]) -> Result<Option<ApiTokenRecord>>;
    /// Notes that a token was used.
    async fn touch_api_token(&self, id: ApiTokenId, at: Timestamp) -> Result<()>;
    /// Ends an account's token, unless it has none of that id or it was ended before.
    async fn revoke_api_token(&self, account: AccountId, id: ApiTokenId, at: Timestamp) -> Result<Changed>;
}

/// The setting that says when the register last changed, in milliseconds since 1970.
pub const REGISTER_CHANGED: &str = "register_changed";
/// The setting that officers must have a second factor: `1`, or `0` and nothing where they need not.
pub const SECOND_FACTOR_REQUIRED: &str = "second_factor_required";

/// What happened stays: rows of these tables are added, never changed or removed.
pub const APPEND_ONLY: [&str; 28] = [
    "answer_history",
    "approval_setting",
    "audit",
    "audit_checkpoint",
    "boundaries",
    "deadline_extension",
    "definition",
    "inquiry",
    "inquiry_message",
    "kpi",
    "kpi_value",
    "publication",
    "question_and_answer",
    "question_and_answer_withdrawal",
    "question_use",
    "questionnaire",
    "receipt",
    "reference_figure",
    "reference_source",
    "release_plan",
    "reminder",
    "response_event",
    "returned_question",
    "roadmap_item",
    "roadmap_review",
    "round_event",
    "section_task",
    "withdrawal",
];

/// Whether a conditional change took place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[must_use]
pub enum Changed {
    /// It did.
    Yes,
    /// Somebody else was faster: the state or revision had changed before.
    No,
}
