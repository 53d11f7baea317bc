//! Inquiries between the prefecture and a municipality, and answers for everybody.

use server::store::{Changed, InquiryId, InquiryMessage, QuestionAndAnswer, StoreError};
use shared::fiscal_year::FiscalYear;
use shared::response::Side;
use shared::time::Timestamp;

use super::backend::Backend;
use super::sample::{NOW, aomori, code, inquiry, message, open_round, question, question_and_answer, system, year};

pub async fn an_inquiry_goes_back_and_forth_until_it_is_closed(backend: &Backend) {
    use Side::{Municipality, Prefecture};
    let store = &backend.store;
    open_round(&**store, 1).await;
    let first = "RPAは「デジタル化」に\n含みますか。㈱髙①";
    let id = store.add_inquiry(&inquiry(aomori(), Some("q1"), Municipality, first)).await.unwrap();
    let read = async || store.inquiry(id).await.unwrap().unwrap();
    assert_eq!(read().await.awaits(), Some(Prefecture));
    let reply = message(id, 1, Prefecture, "含みます。");
    assert_eq!(store.add_inquiry_message(&reply).await.unwrap(), Changed::Yes);
    assert_eq!(read().await.awaits(), Some(Municipality));
    let mut close = message(id, 2, Municipality, "");
    (close.closes, close.at) = (true, Timestamp(NOW.0 + 1));
    assert_eq!(store.add_inquiry_message(&close).await.unwrap(), Changed::Yes);
    assert!(!read().await.is_open());
    let again = message(id, 3, Municipality, "もう一点あります。");
    assert_eq!(store.add_inquiry_message(&again).await.unwrap(), Changed::Yes);

    let inquiry = read().await;
    assert_eq!((inquiry.id, inquiry.year, inquiry.code), (id, year(), aomori()));
    assert_eq!((inquiry.question.as_ref(), inquiry.awaits()), (Some(&question("q1")), Some(Prefecture)));
    let said = |sequence, side, text: &str| InquiryMessage {
        sequence,
        side,
        text: text.to_owned(),
        closes: false,
        by: system(),
        at: NOW,
    };
    let expected = [
        said(1, Municipality, first),
        said(2, Prefecture, "含みます。"),
        InquiryMessage { closes: true, at: Timestamp(NOW.0 + 1), ..said(3, Municipality, "") },
        said(4, Municipality, "もう一点あります。"),
    ];
    assert_eq!(inquiry.messages, expected);
}

pub async fn a_message_after_one_that_is_not_the_last_is_not_added(backend: &Backend) {
    let store = &backend.store;
    open_round(&**store, 1).await;
    let id = store.add_inquiry(&inquiry(aomori(), None, Side::Prefecture, "件数は")).await.unwrap();
    let reply = message(id, 1, Side::Municipality, "3件です。");
    assert_eq!(store.add_inquiry_message(&reply).await.unwrap(), Changed::Yes);
    let before = store.inquiry(id).await.unwrap();
    for after in [0, 1, 3, u32::MAX] {
        let added = store.add_inquiry_message(&message(id, after, Side::Municipality, "3件です。")).await.unwrap();
        assert_eq!(added, Changed::No, "{after}");
    }
    let silent = store.add_inquiry_message(&message(id, 2, Side::Municipality, "")).await;
    assert!(matches!(silent, Err(StoreError::Database(_))), "only who closes may say nothing: {silent:?}");
    assert_eq!(store.inquiry(id).await.unwrap(), before);
}

pub async fn inquiries_are_listed_by_round_and_municipality(backend: &Backend) {
    let store = &backend.store;
    let codes = open_round(&**store, 3).await;
    let mut ids = Vec::new();
    for (code, about) in [(codes[1], Some("q2")), (codes[0], None), (codes[1], None)] {
        ids.push(store.add_inquiry(&inquiry(code, about, Side::Prefecture, "確認をお願いします。")).await.unwrap());
    }
    // A late message does not move its inquiry.
    let reply = message(ids[0], 1, Side::Municipality, "確認しました。");
    assert_eq!(store.add_inquiry_message(&reply).await.unwrap(), Changed::Yes);
    let listed = async |year, code| {
        let inquiries = store.inquiries(year, code).await.unwrap();
        inquiries.iter().map(|inquiry| (inquiry.id, inquiry.messages.len())).collect::<Vec<_>>()
    };
    assert_eq!(listed(year(), None).await, [(ids[0], 2), (ids[1], 1), (ids[2], 1)]);
    assert_eq!(listed(year(), Some(codes[1])).await, [(ids[0], 2), (ids[2], 1)]);
    assert_eq!(listed(year(), Some(codes[2])).await, []);
    assert_eq!(listed(FiscalYear::new(2025).unwrap(), None).await, []);
    let one = store.inquiry(ids[2]).await.unwrap();
    assert_eq!(store.inquiries(year(), Some(codes[1])).await.unwrap().pop(), one);
}

pub async fn what_is_sent_twice_at_once_is_there_once(backend: &Backend) {
    let store = &backend.store;
    open_round(&**store, 1).await;
    let asked = inquiry(aomori(), Some("q1"), Side::Prefecture, "件数は");
    let (first, second) = tokio::join!(store.add_inquiry(&asked), store.add_inquiry(&asked));
    let id = first.unwrap();
    assert_eq!(second.unwrap(), id);
    let other = inquiry(aomori(), None, Side::Prefecture, "件数は");
    assert_ne!(store.add_inquiry(&other).await.unwrap(), id, "about something else");
    assert_eq!(
        store.add_inquiry_message(&message(id, 1, Side::Municipality, "3件です。")).await.unwrap(),
        Changed::Yes
    );
    assert_ne!(store.add_inquiry(&asked).await.unwrap(), id, "asked again after the answer");
    assert_eq!(store.inquiries(year(), None).await.unwrap().len(), 3);

    let shown = question_and_answer(None, Some(id), "件数は");
    let (first, second) = tokio::join!(store.add_question_and_answer(&shown), store.add_question_and_answer(&shown));
    let entry = first.unwrap();
    assert_eq!(second.unwrap(), entry);
    assert_eq!(store.withdraw_question_and_answer(year(), entry, &system(), NOW).await.unwrap(), Changed::Yes);
    assert_ne!(store.add_question_and_answer(&shown).await.unwrap(), entry, "shown anew");
    assert_eq!(store.questions_and_answers(year()).await.unwrap().len(), 2);
}

pub async fn what_belongs_to_nothing_is_not_found(backend: &Backend) {
    let store = &backend.store;
    open_round(&**store, 1).await;
    let nowhere = store.add_inquiry(&inquiry(code(1, 100), None, Side::Prefecture, "件数は")).await;
    assert!(matches!(nowhere, Err(StoreError::NotFound(_))), "{nowhere:?}");
    assert_eq!(store.inquiry(InquiryId(99)).await.unwrap(), None);
    let lost = store.add_inquiry_message(&message(InquiryId(99), 0, Side::Prefecture, "件数は")).await;
    assert!(matches!(lost, Err(StoreError::NotFound(_))), "{lost:?}");
    let mut other_year = question_and_answer(None, None, "対象は");
    other_year.year = FiscalYear::new(2025).unwrap();
    let early = store.add_question_and_answer(&other_year).await;
    assert!(matches!(early, Err(StoreError::NotFound(_))), "{early:?}");
    let id = store.add_question_and_answer(&question_and_answer(None, None, "対象は")).await.unwrap();
    for (year, id) in [(other_year.year, id), (year(), id + 1)] {
        let lost = store.withdraw_question_and_answer(year, id, &system(), NOW).await;
        assert!(matches!(lost, Err(StoreError::NotFound(_))), "{lost:?}");
    }
    assert!(!store.questions_and_answers(year()).await.unwrap()[0].withdrawn);
}

pub async fn a_question_and_answer_is_shown_until_it_is_withdrawn(backend: &Backend) {
    let store = &backend.store;
    open_round(&**store, 1).await;
    let origin = store.add_inquiry(&inquiry(aomori(), Some("q1"), Side::Municipality, "RPAは")).await.unwrap();
    let new = [question_and_answer(Some("q1"), Some(origin), "RPAは"), question_and_answer(None, None, "締切は")];
    let mut expected = Vec::new();
    for new in &new {
        expected.push(QuestionAndAnswer {
            id: store.add_question_and_answer(new).await.unwrap(),
            question: new.question.clone(),
            asked: new.asked.clone(),
            answer: "含みます。".to_owned(),
            withdrawn: false,
            by: system(),
            at: NOW,
        });
    }
    assert_eq!(store.questions_and_answers(year()).await.unwrap(), expected);
    let withdraw =
        async || store.withdraw_question_and_answer(year(), expected[0].id, &system(), Timestamp(NOW.0 + 1)).await;
    assert_eq!(withdraw().await.unwrap(), Changed::Yes);
    assert_eq!(withdraw().await.unwrap(), Changed::No);
    expected[0].withdrawn = true;
    assert_eq!(store.questions_and_answers(year()).await.unwrap(), expected);
    assert_eq!(store.questions_and_answers(FiscalYear::new(2025).unwrap()).await.unwrap(), []);
}
