//! Reminders and the outbox.

use server::store::{Changed, Mail, MailId, MailStep, NewMail, NewReminder, Settled, Store, StoreError};
use shared::municipality::MunicipalityCode;
use shared::reminder::{MailAct, MailState};
use shared::time::Timestamp;

use super::backend::Backend;
use super::sample::{NOW, draft_round, system, year};

fn mail(code: MunicipalityCode, address: &str) -> NewMail {
    NewMail {
        code,
        address: address.parse().unwrap(),
        recipient: "企画課 佐藤".to_owned(),
        subject: "締切 ㈱髙①".to_owned(),
        body: "一行目\n二行目".to_owned(),
    }
}

pub fn reminder(request: &str, mails: Vec<NewMail>) -> NewReminder {
    NewReminder {
        request: request.to_owned(),
        year: year(),
        subject: "締切 {{締切}}".to_owned(),
        body: "{{市町村}}".to_owned(),
        by: system(),
        at: NOW,
        mails,
    }
}

fn settled(mail: &Mail, state: MailState, next_at: Timestamp) -> Settled {
    Settled { id: mail.id, state, next_at, reason: "451 あとで".to_owned(), at: later(1) }
}

fn later(seconds: i64) -> Timestamp {
    Timestamp(NOW.0 + seconds * 1000)
}

async fn states(store: &dyn Store) -> Vec<MailState> {
    store.mails(year()).await.unwrap().into_iter().map(|mail| mail.state).collect()
}

pub async fn a_reminder_is_written_once_with_one_message_an_address(backend: &Backend) {
    let store = &*backend.store;
    let codes = draft_round(store, 2).await;
    let mails = vec![mail(codes[1], "b@x.jp"), mail(codes[0], "a@x.jp"), mail(codes[0], "a@x.jp")];
    let new = reminder("r1", mails.clone());
    assert_eq!(store.add_reminder(&new).await.unwrap(), Changed::Yes);
    let again = reminder("r1", vec![mail(codes[0], "c@x.jp")]);
    assert_eq!(store.add_reminder(&again).await.unwrap(), Changed::No);
    let written = store.mails(year()).await.unwrap();
    let messages: Vec<&NewMail> = written.iter().map(|mail| &mail.message).collect();
    assert_eq!(messages, [&mails[1], &mails[0]]);
    assert!(written.iter().all(|mail| mail.state == MailState::Waiting && mail.attempts == 0));
    let _ = store.add_reminder(&reminder("r2", vec![mail(codes[0], "a@x.jp")])).await.unwrap();
    let reminders = store.reminders(year()).await.unwrap();
    assert_eq!(reminders.len(), 2);
    assert!(reminders[0].id > reminders[1].id && reminders[1].subject == "締切 {{締切}}");
    assert_eq!(store.mails(year()).await.unwrap().len(), 3);
}

pub async fn a_message_is_taken_sent_and_settled_once(backend: &Backend) {
    let store = &*backend.store;
    let codes = draft_round(store, 2).await;
    let new = reminder("r", vec![mail(codes[0], "a@x.jp"), mail(codes[1], "b@x.jp")]);
    let _ = store.add_reminder(&new).await.unwrap();
    assert_eq!(store.take_mail(Timestamp(NOW.0 - 1)).await.unwrap(), None, "not before its time");
    let first = store.take_mail(NOW).await.unwrap().unwrap();
    let second = store.take_mail(NOW).await.unwrap().unwrap();
    assert_ne!(first.id, second.id);
    assert_eq!((first.state, first.attempts), (MailState::Sending, 1));
    assert_eq!(store.take_mail(NOW).await.unwrap(), None);
    assert_eq!(store.settle_mail(&settled(&first, MailState::Sent, NOW)).await.unwrap(), Changed::Yes);
    assert_eq!(store.settle_mail(&settled(&first, MailState::Waiting, NOW)).await.unwrap(), Changed::No);
    assert_eq!(store.settle_mail(&settled(&second, MailState::Waiting, later(60))).await.unwrap(), Changed::Yes);
    assert_eq!(states(store).await, [MailState::Sent, MailState::Waiting]);
    assert_eq!(store.take_mail(later(59)).await.unwrap(), None);
    let again = store.take_mail(later(60)).await.unwrap().unwrap();
    assert_eq!((again.id, again.attempts, again.reason.as_str()), (second.id, 2, "451 あとで"));
}

pub async fn an_interrupted_message_goes_again_by_hand_only(backend: &Backend) {
    let store = &*backend.store;
    let codes = draft_round(store, 1).await;
    let _ = store.add_reminder(&reminder("r", vec![mail(codes[0], "a@x.jp")])).await.unwrap();
    let taken = store.take_mail(NOW).await.unwrap().unwrap();
    assert_eq!(by_hand(store, taken.id, MailAct::SendAgain).await, Changed::No, "it is under way");
    store.note_interrupted_mail("途中で止まりました", later(1)).await.unwrap();
    assert_eq!(states(store).await, [MailState::Unclear]);
    assert_eq!(store.take_mail(later(9999)).await.unwrap(), None);
    assert_eq!(by_hand(store, MailId(99), MailAct::SendAgain).await, Changed::No);
    assert_eq!(by_hand(store, taken.id, MailAct::SendAgain).await, Changed::Yes);
    assert_eq!(store.take_mail(later(2)).await.unwrap().unwrap().attempts, 2);
}

async fn by_hand(store: &dyn Store, id: MailId, act: MailAct) -> Changed {
    let reason = if act == MailAct::NoteBounce { "宛先不明".to_owned() } else { String::new() };
    store.step_mail(&MailStep { year: year(), id, act, reason, by: system(), at: later(2) }).await.unwrap()
}

pub async fn what_a_person_does_about_a_message_fits_its_state(backend: &Backend) {
    let store = &*backend.store;
    let codes = draft_round(store, 2).await;
    let new = reminder("r", vec![mail(codes[0], "a@x.jp"), mail(codes[1], "b@x.jp")]);
    let _ = store.add_reminder(&new).await.unwrap();
    let sent = store.take_mail(NOW).await.unwrap().unwrap();
    let waiting = store.mails(year()).await.unwrap().into_iter().find(|mail| mail.id != sent.id).unwrap();
    assert_eq!(by_hand(store, sent.id, MailAct::NoteBounce).await, Changed::No, "it is under way");
    let _ = store.settle_mail(&settled(&sent, MailState::Sent, NOW)).await.unwrap();
    assert_eq!(by_hand(store, sent.id, MailAct::Withdraw).await, Changed::No, "it is gone");
    assert_eq!(by_hand(store, sent.id, MailAct::NoteBounce).await, Changed::Yes);
    assert_eq!(by_hand(store, sent.id, MailAct::NoteBounce).await, Changed::No);
    assert_eq!(by_hand(store, waiting.id, MailAct::Withdraw).await, Changed::Yes);
    assert_eq!(store.take_mail(later(9999)).await.unwrap(), None, "nothing is sent any more");
    assert_eq!(by_hand(store, waiting.id, MailAct::SendAgain).await, Changed::No);
    let mails = store.mails(year()).await.unwrap();
    let told = |id| mails.iter().find(|mail| mail.id == id).map(|mail| (mail.state, mail.reason.as_str())).unwrap();
    assert_eq!(told(sent.id), (MailState::Bounced, "宛先不明"));
    assert_eq!(told(waiting.id), (MailState::Withdrawn, ""));
    let acts: Vec<String> =
        store.audit_of_chain("round/2026").await.unwrap().into_iter().map(|entry| entry.act).collect();
    assert_eq!(acts[acts.len() - 2..], ["mail_bounced", "mail_withdrawn"]);
}

pub async fn what_a_request_wrote_is_known(backend: &Backend) {
    let store = &*backend.store;
    let codes = draft_round(store, 2).await;
    let _ =
        store.add_reminder(&reminder("r1", vec![mail(codes[1], "b@x.jp"), mail(codes[0], "a@x.jp")])).await.unwrap();
    let written = store.written_by("r1").await.unwrap().unwrap();
    assert_eq!(
        (written.year, written.subject.as_str(), written.body.as_str()),
        (year(), "締切 {{締切}}", "{{市町村}}")
    );
    let recipients: Vec<_> = written.recipients.iter().map(|(code, address)| (*code, address.as_str())).collect();
    assert_eq!(recipients, [(codes[0], "a@x.jp"), (codes[1], "b@x.jp")]);
    assert_eq!(store.written_by("r2").await.unwrap(), None);
}

pub async fn a_message_to_an_unknown_municipality_undoes_the_reminder(backend: &Backend) {
    let store = &*backend.store;
    let codes = draft_round(store, 1).await;
    let unknown = mail(super::sample::code(2, 999), "a@x.jp");
    let error = store.add_reminder(&reminder("r", vec![mail(codes[0], "a@x.jp"), unknown])).await.unwrap_err();
    assert!(matches!(error, StoreError::Database(_)), "{error}");
    assert_eq!(store.reminders(year()).await.unwrap(), []);
    assert_eq!(store.mails(year()).await.unwrap(), []);
}
