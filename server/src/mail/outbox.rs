//! The outbox's worker: one message after the other, each taken before it is sent.

use std::sync::Arc;
use std::time::Duration;

use shared::reminder::MailState;
use shared::time::Timestamp;
use tokio::sync::watch;

use super::{Delivery, Mailer};
use crate::service::{Result, Service};
use crate::store::{Mail, Settled};

/// The outbox is looked into so often.
const LOOK: Duration = Duration::from_secs(1);
/// Waiting after each attempt, in seconds; the last one counts for all that follow.
const DELAYS: [i64; 6] = [5, 60, 300, 900, 1800, 3600];
/// Attempts before a message is given up: somewhat more than a day.
const MOST_ATTEMPTS: u32 = 30;

/// Sends what waits until `stopped` says true. A message under way is finished first.
pub async fn work(service: Arc<Service>, mailer: Mailer, mut stopped: watch::Receiver<bool>) {
    while !*stopped.borrow() {
        match send_next(&service, &mailer).await {
            Ok(true) => {}
            Ok(false) => wait(&mut stopped).await,
            Err(error) => {
                tracing::warn!(%error, "the outbox could not be read or written");
                wait(&mut stopped).await;
            }
        }
    }
}

async fn wait(stopped: &mut watch::Receiver<bool>) {
    // Elapsed, stopped, or nobody is left to stop it: the loop looks again.
    let _ = tokio::time::timeout(LOOK, stopped.changed()).await;
}

/// Whether there was one.
async fn send_next(service: &Service, mailer: &Mailer) -> Result<bool> {
    let now = service.clock().now();
    let Some(mail) = service.store().take_mail(now).await? else { return Ok(false) };
    let delivery = mailer.send(&mail, now).await;
    let settled = settled(&mail, delivery, service.clock().now());
    // Only the number: addresses belong into no log.
    tracing::info!(mail = mail.id.0, attempt = mail.attempts, state = settled.state.code(), "mail");
    let _ = service.store().settle_mail(&settled).await?;
    Ok(true)
}

fn settled(mail: &Mail, delivery: Delivery, at: Timestamp) -> Settled {
    let (state, reason) = match delivery {
        Delivery::Taken => (MailState::Sent, String::new()),
        Delivery::Later(reason) if mail.attempts < MOST_ATTEMPTS => (MailState::Waiting, reason),
        Delivery::Later(reason) | Delivery::Refused(reason) => (MailState::Refused, reason),
        Delivery::Unclear(reason) => (MailState::Unclear, reason),
    };
    let tried = usize::try_from(mail.attempts.saturating_sub(1)).unwrap_or(0);
    let delay = DELAYS.get(tried).or(DELAYS.last()).copied().unwrap_or_default();
    Settled { id: mail.id, state, next_at: Timestamp(at.0 + delay * 1000), reason, at }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::{MailId, NewMail};

    fn mail(attempts: u32) -> Mail {
        Mail {
            id: MailId(1),
            reminder: 1,
            message: NewMail {
                code: "022012".parse().unwrap(),
                address: "dx@example.jp".parse().unwrap(),
                recipient: String::new(),
                subject: String::new(),
                body: String::new(),
            },
            state: MailState::Sending,
            attempts,
            next_at: Timestamp(0),
            changed_at: Timestamp(0),
            reason: String::new(),
        }
    }

    #[test]
    fn a_message_is_tried_again_later_and_later_and_given_up_in_the_end() {
        let later = |attempts| settled(&mail(attempts), Delivery::Later("451".into()), Timestamp(0));
        for (attempts, seconds) in [(1, 5), (2, 60), (6, 3600), (MOST_ATTEMPTS - 1, 3600)] {
            let settled = later(attempts);
            assert_eq!((settled.state, settled.next_at), (MailState::Waiting, Timestamp(seconds * 1000)));
        }
        assert_eq!(later(MOST_ATTEMPTS).state, MailState::Refused);
    }

    #[test]
    fn what_may_have_been_taken_is_not_tried_again() {
        let state = |delivery| settled(&mail(1), delivery, Timestamp(0)).state;
        assert_eq!(state(Delivery::Unclear(String::new())), MailState::Unclear);
        assert_eq!(state(Delivery::Refused(String::new())), MailState::Refused);
        assert_eq!(state(Delivery::Taken), MailState::Sent);
    }
}
