//! One file a page: its view model and the component that is a pure function of it.
//!
//! - [`home`] `/`
//! - [`results`] `/results/{year}`: question by question
//! - [`login`] `/login`; [`login_code`] `/login/code`: its second step
//! - [`indicators`] `/indicators`
//! - [`computation`] `/indicators/{id}/{year}`: how one figure was computed
//! - [`computation_answers`] `/indicators/{id}/{year}/{code}`: the answers of one municipality behind it
//! - [`data`] `/data`; [`dataset`] `/data/{period}/{dataset}`
//! - [`job`] `/jobs/{id}`: what takes long
//! - [`api_docs`] `/api/docs`: the API's description
//! - [`tokens`] `/tokens`: personal tokens for the API
//! - [`compare`] `/compare`, `/compare/handout`
//! - [`picture`] `/pictures/…`: one picture with its table
//! - [`explore`] `/results/{year}/explore`: 探索的な分析
//! - [`message`]: a refusal or an error
//! - [`answer_waiting`] `/answer` before a round opens
//! - [`answer_extension`] `/answer/{year}/extension`: asking for a later deadline
//! - [`answer_list`] `/answer/{year}`
//! - [`answer_tasks`] `/answer/{year}/tasks`: who fills which section
//! - [`answer_letter`] `/answer/{year}/tasks/{section}`: asking another section of the office
//! - [`answer_section`] `/answer/{year}/{section}`
//! - [`answer_check`] `/answer/{year}/check`
//! - [`answer_print`] `/answer/{year}/print`
//! - [`answer_workbook`] `/answer/{year}/workbook`: the response as an Excel workbook
//! - [`workbook_merge`] `/answer/{year}/workbook/merge`: its differences, to be decided
//! - [`receipt`] `/answer/{year}/receipt`
//! - [`inquiries`] `/answer/{year}/inquiries`, `/desk/{year}/inquiries`
//! - [`inquiry_new`] `…/inquiries/new`: beginning one
//! - [`inquiry`] `…/inquiries/{id}`: one of them
//! - [`desk_advice`] `/desk/{year}/advice`: Q&A for everybody
//! - [`desk`] `/desk`
//! - [`desk_round_new`] `/desk/rounds/new`: the next year's round
//! - [`desk_questionnaire`] `/desk/{year}/questionnaire`, [`desk_questionnaire_preview`] `…/preview`: what a round asks
//! - [`desk_response`] `/desk/…`: one municipality's response
//! - [`desk_extensions`] `/desk/{year}/extensions`: later deadlines that municipalities asked for
//! - [`desk_check`] `/desk/{year}/check`: 点検, what in the responses should be looked at again
//! - [`desk_changes`] `/desk/{year}/{code}/changes`: a response beside last year's and what was handed in before
//! - [`desk_ledger`] `/desk/kpi`, `/desk/kpi/import`: the KPI ledger
//! - [`desk_kpi`] `/desk/kpi/{id}`
//! - [`desk_publication`] `/desk/{year}/publication`: what is disclosed; publishing, correcting, taking back
//! - [`publication`] `/publications`: what was published, in which revision
//! - [`desk_accounts`] `/desk/accounts`, [`desk_account`] `/desk/accounts/{id}`: who may sign in
//! - [`desk_reminder`] `/desk/{year}/reminders/new`, [`desk_outbox`] `/desk/{year}/reminders`: 督促
//! - [`desk_audit`] `/desk/audit`: 監査記録
//! - [`desk_letters`] `/desk/accounts/letters`: invitations on paper
//! - [`invitation`] `/invitation/{token}`: setting a password
//! - [`account`] `/account`: one's own account
//! - [`second_factor`] `/account/second-factor`: its second factor; [`recovery_codes`]: without the device
//! - [`desk_roadmap`] `/desk/roadmap`, `/desk/roadmap/import`: the roadmap
//! - [`desk_roadmap_item`] `/desk/roadmap/{id}`
//! - [`roadmap`] `/roadmap`
//! - [`report`] `/desk/{year}/report`: the year's report
//! - [`ledger_sheet`] `/indicators/ledger`: the KPI ledger on one sheet

pub mod account;
pub mod answer_check;
pub mod answer_extension;
pub mod answer_letter;
pub mod answer_list;
pub mod answer_print;
pub mod answer_section;
pub mod answer_tasks;
pub mod answer_waiting;
pub mod answer_workbook;
pub mod api_docs;
pub mod compare;
pub mod computation;
pub mod computation_answers;
pub mod data;
pub mod dataset;
pub mod desk;
pub mod desk_account;
pub mod desk_accounts;
pub mod desk_advice;
pub mod desk_audit;
pub mod desk_changes;
pub mod desk_check;
pub mod desk_extensions;
pub mod desk_kpi;
pub mod desk_ledger;
pub mod desk_letters;
pub mod desk_outbox;
pub mod desk_publication;
pub mod desk_questionnaire;
pub mod desk_questionnaire_preview;
pub mod desk_reminder;
pub mod desk_response;
pub mod desk_roadmap;
pub mod desk_roadmap_item;
pub mod desk_round_new;
pub mod explore;
pub mod home;
pub mod indicators;
pub mod inquiries;
pub mod inquiry;
pub mod inquiry_new;
pub mod invitation;
pub mod job;
pub mod ledger_sheet;
pub mod login;
pub mod login_code;
pub mod message;
pub mod picture;
pub mod publication;
pub mod receipt;
pub mod recovery_codes;
pub mod report;
pub mod results;
pub mod roadmap;
pub mod second_factor;
pub mod tokens;
pub mod workbook_merge;
