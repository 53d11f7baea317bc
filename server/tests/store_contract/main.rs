//! The store's contract: one list of promises, kept on both databases.

mod accounts;
mod answers;
mod api_tokens;
mod audit;
mod backend;
mod boundaries;
mod concurrency;
mod database;
mod extensions;
mod imports;
mod inquiries;
mod jobs;
mod mail;
mod office;
mod peer_groups;
mod reference;
mod register;
mod results;
mod returns;
mod roadmap;
mod rounds;
mod sample;
mod second_factor;
mod sequences;

/// Makes every promise two tests: on a file of its own and in a database of its own on the server.
macro_rules! contract {
    ($($subject:ident::$promise:ident,)*) => {
        mod sqlite {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $promise() {
                super::backend::on_sqlite(super::$subject::$promise).await;
            })*
        }
        mod postgres {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $promise() {
                super::backend::on_postgres(super::$subject::$promise).await;
            })*
        }
    };
}

contract! {
    database::migrating_twice_changes_nothing,
    database::a_newer_database_is_refused_and_left_alone,
    database::the_version_of_the_schema_is_told,
    database::writing_is_really_tried,
    database::settings_are_set_and_replaced,
    database::everything_is_there_after_reopening,
    database::what_happened_cannot_be_changed,
    database::impossible_rows_are_refused,
    database::the_same_schema_stands_in_both_databases,
    register::municipalities_are_added_updated_and_listed_by_prefecture,
    register::a_questionnaire_is_found_again_and_never_replaced,
    rounds::a_round_is_added_once_and_listed_latest_first,
    rounds::only_a_draft_is_given_another_questionnaire,
    rounds::opening_makes_a_response_for_every_municipality_asked,
    rounds::a_round_moves_on_only_from_the_state_it_is_in,
    rounds::publishing_freezes_the_snapshot_with_the_state,
    rounds::what_was_published_is_corrected_and_taken_back,
    rounds::what_a_correction_replaced_is_taken_back_and_the_correction_stays,
    rounds::nothing_is_final_while_something_handed_in_waits,
    rounds::of_two_who_decide_what_is_disclosed_one_is_told,
    rounds::what_is_disclosed_may_not_change_while_the_snapshot_is_made,
    rounds::a_publication_that_exists_undoes_the_whole_step,
    rounds::every_change_of_a_response_shows_in_its_round_alone,
    rounds::of_two_who_change_the_dates_one_is_told,
    rounds::what_was_opened_of_a_question_is_noted_once,
    answers::answers_are_kept_to_the_letter,
    answers::saving_the_same_value_changes_nothing,
    answers::a_conflict_keeps_the_stored_answer_and_saves_the_others,
    answers::a_cleared_answer_keeps_its_revision,
    answers::a_suggestion_that_is_cleared_stays_cleared,
    answers::only_an_open_round_and_an_editable_response_take_answers,
    answers::a_response_that_does_not_exist_is_not_found,
    answers::answers_of_a_round_come_by_municipality,
    answers::submitting_issues_a_receipt_at_that_revision_only,
    answers::a_receipt_number_is_issued_once,
    answers::a_response_is_returned_handed_in_again_and_accepted,
    imports::a_closed_round_is_added_with_its_responses_at_once,
    imports::a_response_is_taken_over_with_its_history_and_corrected_later,
    imports::an_import_of_several_rounds_is_all_or_nothing,
    imports::an_import_that_cannot_be_leaves_nothing_behind,
    returns::only_the_questions_sent_back_are_listed_in_their_order,
    returns::the_last_return_of_the_prefecture_counts,
    returns::a_return_that_cannot_be_leaves_nothing_behind,
    returns::after_the_closing_only_a_correction_is_taken,
    returns::a_response_is_handed_in_by_its_approver,
    office::a_section_is_handed_out_and_every_revision_stays,
    office::a_stale_section_task_is_not_saved,
    office::section_tasks_belong_to_one_response,
    office::the_last_approval_setting_of_a_municipality_holds,
    extensions::a_later_deadline_is_asked_for_and_decided,
    extensions::a_step_after_one_that_is_not_the_last_is_not_added,
    extensions::extensions_are_listed_by_round_and_municipality,
    inquiries::an_inquiry_goes_back_and_forth_until_it_is_closed,
    inquiries::a_message_after_one_that_is_not_the_last_is_not_added,
    inquiries::inquiries_are_listed_by_round_and_municipality,
    inquiries::what_is_sent_twice_at_once_is_there_once,
    inquiries::what_belongs_to_nothing_is_not_found,
    inquiries::a_question_and_answer_is_shown_until_it_is_withdrawn,
    audit::every_change_is_recorded_with_the_value_before_and_after,
    audit::what_changes_in_the_register_is_recorded,
    audit::a_change_that_fails_is_not_recorded,
    audit::each_chain_is_hashed_by_itself_and_checkpoints_hold_them_together,
    audit::savers_of_different_responses_keep_their_own_chains,
    audit::entries_are_found_by_chain_act_author_and_time,
    audit::histories_imply_entries,
    mail::a_reminder_is_written_once_with_one_message_an_address,
    mail::a_message_is_taken_sent_and_settled_once,
    mail::an_interrupted_message_goes_again_by_hand_only,
    mail::what_a_person_does_about_a_message_fits_its_state,
    mail::what_a_request_wrote_is_known,
    mail::a_message_to_an_unknown_municipality_undoes_the_reminder,
    jobs::a_job_is_taken_in_turn_and_ends_once,
    jobs::jobs_of_accounts_do_not_wait_for_those_of_visitors,
    jobs::a_stopped_job_is_not_begun_and_does_not_end,
    jobs::a_job_that_ran_waits_again_after_a_start_but_not_for_ever,
    jobs::accounts_are_added_with_the_end_of_their_job_or_not_at_all,
    peer_groups::a_group_is_kept_replaced_and_removed_by_its_account_alone,
    peer_groups::a_group_of_nobody_or_of_an_unknown_municipality_is_not_found,
    boundaries::the_boundaries_imported_last_are_drawn,
    reference::figures_come_from_the_latest_revision_of_each_source,
    reference::the_same_file_is_imported_once,
    reference::an_import_with_a_mistake_writes_nothing,
    concurrency::saves_of_several_people_lose_nothing,
    concurrency::a_save_is_in_what_is_submitted_or_refused,
    concurrency::of_two_submissions_one_counts,
    concurrency::no_answer_is_saved_once_the_round_is_closed,
    concurrency::a_cancelled_save_leaves_nothing_half_written,
    concurrency::of_two_revisions_of_a_kpi_one_counts,
    concurrency::of_two_revisions_of_a_section_task_one_counts,
    concurrency::of_two_replies_to_a_message_one_counts,
    concurrency::of_two_decisions_on_a_request_one_counts,
    concurrency::the_same_file_imported_at_once_is_one_revision,
    sequences::no_sequence_of_saves_loses_an_answer,
    results::definitions_are_added_by_version,
    results::reference_counts_are_added_once,
    results::the_kpi_ledger_keeps_its_order_and_every_revision,
    roadmap::the_roadmap_keeps_its_order_and_every_revision,
    results::values_and_rows_of_the_ledger_are_saved_together_or_not_at_all,
    accounts::an_account_is_found_by_id_and_login_name,
    accounts::a_login_name_is_taken_once,
    accounts::a_login_is_noted,
    accounts::accounts_are_added_together_or_not_at_all,
    accounts::an_account_is_changed_as_a_whole,
    accounts::an_invitation_sets_a_password_once,
    accounts::a_later_invitation_replaces_the_earlier_one,
    accounts::a_request_invites_once,
    accounts::a_password_ends_the_sessions_before_it,
    accounts::a_disabled_account_has_nothing_left_to_use,
    accounts::a_successor_takes_over_once,
    accounts::a_successor_gets_the_sections_of_rounds_under_review,
    accounts::a_session_lives_from_login_to_logout,
    accounts::stale_sessions_are_removed,
    second_factor::a_second_factor_is_set_once_and_ends_sessions,
    second_factor::a_step_and_a_recovery_code_count_once,
    second_factor::recovery_codes_are_replaced_as_a_whole,
    second_factor::that_officers_must_have_one_is_set_and_recorded,
    api_tokens::a_token_is_found_by_its_hash_until_it_is_revoked,
    api_tokens::an_account_has_a_name_once_and_its_own_tokens_only,
    api_tokens::a_new_invitation_and_disabling_end_an_accounts_tokens,
}
