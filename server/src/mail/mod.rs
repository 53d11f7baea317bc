//! Mail: the connection to the mail server, and the outbox's worker.
//!
//! - [`outbox`]: takes what waits, sends it, says what came of it

pub mod outbox;

use std::time::{Duration, SystemTime};

use lettre::message::{Mailbox, header};
use lettre::transport::smtp::Error as SmtpError;
use lettre::{Address, AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};
use shared::time::Timestamp;

use crate::store::Mail;

/// How long the mail server may take for each answer.
const PATIENCE: Duration = Duration::from_secs(30);

/// Why mail cannot be sent at all.
#[derive(Debug, thiserror::Error)]
pub enum MailError {
    /// The address of the mail server.
    #[error(
        "メールサーバーのアドレスを読み取れません。smtp://ホスト:25 や smtps://利用者名:パスワード@ホスト の形で指定してください。"
    )]
    Server,
    /// The sender.
    #[error("差出人を読み取れません。「県DX推進課 <dx@pref.example.lg.jp>」の形で指定してください。")]
    Sender,
}

/// What came of sending a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Delivery {
    /// The mail server took it.
    Taken,
    /// Not now; it was certainly not taken.
    Later(String),
    /// Never.
    Refused(String),
    /// Nobody knows whether it was taken.
    Unclear(String),
}

/// The mail server and the sender.
#[derive(Clone)]
pub struct Mailer {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    sender: Mailbox,
}

impl Mailer {
    /// Mail by the server at `url`, from `sender`. Nothing is connected yet.
    pub fn new(url: &str, sender: &str) -> Result<Self, MailError> {
        let builder = AsyncSmtpTransport::<Tokio1Executor>::from_url(url).map_err(|_| MailError::Server)?;
        let sender = sender.parse().map_err(|_| MailError::Sender)?;
        Ok(Self { transport: builder.timeout(Some(PATIENCE)).build(), sender })
    }

    /// Sends one message. Its id in the outbox is its Message-ID, so that a copy can be told by it.
    pub async fn send(&self, mail: &Mail, now: Timestamp) -> Delivery {
        let message = match self.message(mail, now) {
            Ok(message) => message,
            Err(reason) => return Delivery::Refused(reason),
        };
        // Who cannot connect has certainly sent nothing.
        match self.transport.test_connection().await {
            Ok(true) => {}
            Ok(false) => return Delivery::Later("メールサーバーが応答しません".to_owned()),
            Err(error) => return Delivery::Later(said(&error)),
        }
        match self.transport.send(message).await {
            Ok(_) => Delivery::Taken,
            Err(error) if error.is_permanent() => Delivery::Refused(said(&error)),
            Err(error) if error.is_transient() => Delivery::Later(said(&error)),
            Err(error) => Delivery::Unclear(said(&error)),
        }
    }

    fn message(&self, mail: &Mail, now: Timestamp) -> Result<Message, String> {
        let address: Address =
            mail.message.address.as_str().parse().map_err(|_| "アドレスの形が正しくありません".to_owned())?;
        let moment = u64::try_from(now.0).unwrap_or_default();
        Message::builder()
            .from(self.sender.clone())
            .to(Mailbox::new(None, address))
            .message_id(Some(format!("<shirabe-{}@{}>", mail.id.0, self.sender.email.domain())))
            .date(SystemTime::UNIX_EPOCH + Duration::from_millis(moment))
            .subject(&mail.message.subject)
            .header(header::ContentType::TEXT_PLAIN)
            .body(mail.message.body.clone())
            .map_err(|error| error.to_string())
    }
}

/// What the mail server said, or what became of the connection to it; shown to the prefecture, never logged.
fn said(error: &SmtpError) -> String {
    let answered = error.is_permanent() || error.is_transient() || error.is_response();
    let who = if answered { "メールサーバーの応答" } else { "メールサーバーとの通信の失敗" };
    let mut words = format!("{who}：{error}");
    let mut source = std::error::Error::source(error);
    while let Some(cause) = source {
        words = format!("{words}: {cause}");
        source = cause.source();
    }
    words.chars().take(300).collect()
}
