//! What Shirabe promises, tested from outside: the real binary, over HTTP and on the command line.
//!
//! Access:
//! - [`login_post`], [`logout_post`]: sessions
//! - [`second_factor`]: a code beside the password; [`login_openid`]: signing in at an OpenID provider
//! - [`accounts`]: accounts are added, invited, changed, disabled and handed over
//! - [`origin`]: changes come from this site only
//! - [`security_headers`]: what every answer forbids the browser
//! - [`tokens_post`]: personal tokens for the API
//! - [`rate_limits`]: how often
//! - [`isolation`]: who may see and do what
//! - [`every_page`]: what holds for every page that a role can reach
//!
//! Answering:
//! - [`answer_put`]: one answer through the API
//! - [`section_post`], [`section_post_together`]: a section's form, by one official and by two
//! - [`section_kinds`]: every kind of question
//! - [`section_login`]: the session ends while somebody types
//! - [`section_same`], [`section_prefill`]: last year's answers and public figures
//! - [`lineage`]: questions that were renamed, split and merged
//! - [`tasks_post`]: who fills which section
//! - [`approval_post`]: approval inside the municipality
//! - [`submission_post`]: handing in
//! - [`print_get`]: the whole response on paper
//! - [`receipt_get`]: the receipt, and where the municipality stands
//! - [`workbook_get`], [`workbook_post`]: the response as an Excel workbook, out and in
//! - [`workbook_passed_on`], [`workbook_refused`]: what others made of it, and what is none
//!
//! The prefecture and the public:
//! - [`preparing`]: the next year's round, its questionnaire examined, previewed and taken
//! - [`round_state_post`]: the round's states
//! - [`return_post`]: sending responses back, and what can be changed then
//! - [`check_get`]: what in the responses should be looked at again, and what changed in one
//! - [`extensions`]: later deadlines of single municipalities
//! - [`whole_year`]: from the opening to the published figures, on both databases
//! - [`publication_post`]: what is disclosed, corrections, withdrawals, previews
//! - [`reminders`]: writing to municipalities by e-mail
//! - [`jobs`]: what takes long, and the server's end meanwhile
//! - [`audit`]: who did what when
//! - [`kpi_post`], [`kpi_values`]: the plan's ledger; [`roadmap`]: its measures; [`report_get`]: the year's report
//! - [`results_get`]: the public page and its figures
//! - [`results_by_question`]: the results question by question
//! - [`compare_get`]: a municipality among others
//! - [`exploration_get`]: exploratory tests under a stated chance model
//! - [`answers_csv_get`], [`data_files_get`], [`data_counted`], [`data_council`], [`data_exports`], [`cookbook`]: the
//!   downloads
//! - [`data_catalogue_get`]: what catalogues and search engines read of them
//! - [`indicators_get`], [`computations`]: how each figure was computed
//! - [`api_lists`]: the API's lists and entity tags
//! - [`api_tables`]: every table of the pages through the API
//!
//! Running it:
//! - [`schemathesis`]: the API as it describes itself
//! - [`operation`]: health, metrics, API description, signals, crashes
//! - [`assets_get`]: the embedded files
//! - [`command_user`], [`command_questionnaire`], [`command_import`] and its kind, [`command_indicator`], [`command_export`], [`command_site`], [`command_database`], [`command_doctor`]: the command line

mod accounts;
mod answer_put;
mod answers_csv_get;
mod api_lists;
mod api_tables;
mod approval_post;
mod assets_get;
mod audit;
mod check_get;
mod command_database;
mod command_doctor;
mod command_export;
mod command_import;
mod command_import_accounts;
mod command_import_answers;
mod command_import_boundaries;
mod command_import_hostile;
mod command_import_municipalities;
mod command_indicator;
mod command_questionnaire;
mod command_site;
mod command_user;
mod compare_get;
mod computations;
mod cookbook;
mod data_catalogue_get;
mod data_council;
mod data_counted;
mod data_exports;
mod data_files_get;
mod every_page;
mod exploration_get;
mod extensions;
mod indicators_get;
mod inquiries;
mod isolation;
mod jobs;
mod kpi_post;
mod kpi_values;
mod lineage;
mod login_openid;
mod login_post;
mod logout_post;
mod operation;
mod origin;
mod pictures_get;
mod preparing;
mod print_get;
mod publication_post;
mod rate_limits;
mod receipt_get;
mod reminders;
mod report_get;
mod results_by_question;
mod results_get;
mod return_post;
mod roadmap;
mod round_state_post;
mod schemathesis;
mod second_factor;
mod section_kinds;
mod section_language;
mod section_login;
mod section_post;
mod section_post_together;
mod section_prefill;
mod section_same;
mod security_headers;
mod submission_post;
mod tasks_post;
mod tokens_post;
mod whole_year;
mod workbook_get;
mod workbook_passed_on;
mod workbook_post;
mod workbook_refused;
