//! Reminders and their messages. A message is taken before it is sent and settled afterwards.

use shared::audit::{Act, Chain};
use shared::email::EmailAddress;
use shared::fiscal_year::FiscalYear;
use shared::municipality::MunicipalityCode;
use shared::reminder::{MailAct, MailState};
use shared::time::Timestamp;
use sqlx::Row as _;

use super::{Connection, Row, audit, author, author_account, changed};
use crate::store::values::{code, number, word, year_of};
use crate::store::{
    Changed, Mail, MailId, MailStep, NewAudit, NewMail, NewReminder, Reminder, Result, Settled, Written,
};

pub(super) async fn add(connection: &mut Connection, new: &NewReminder) -> Result<Changed> {
    let id: Option<i64> = sqlx::query_scalar(
        "INSERT INTO reminder (request, year, subject, body, author_account, author_name, at)
         VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (request) DO NOTHING RETURNING id",
    )
    .bind(&new.request)
    .bind(i64::from(new.year.year()))
    .bind(&new.subject)
    .bind(&new.body)
    .bind(author_account(&new.by))
    .bind(&new.by.name)
    .bind(new.at.0)
    .fetch_optional(&mut *connection)
    .await?;
    let Some(id) = id else { return Ok(Changed::No) };
    for mail in &new.mails {
        sqlx::query(
            "INSERT INTO mail (reminder, municipality, address, recipient, subject, body, state, attempts, next_at,
                               changed_at, reason)
             VALUES ($1, $2, $3, $4, $5, $6, 'waiting', 0, $7, $8, '')
             ON CONFLICT (reminder, municipality, address) DO NOTHING",
        )
        .bind(id)
        .bind(mail.code.as_str())
        .bind(mail.address.as_str())
        .bind(&mail.recipient)
        .bind(&mail.subject)
        .bind(&mail.body)
        .bind(new.at.0)
        .bind(new.at.0)
        .execute(&mut *connection)
        .await?;
    }
    let recorded = NewAudit {
        chain: Chain::Round(new.year),
        act: Act::Reminder,
        object: id.to_string(),
        from: None,
        to: Some(format!("{}（{}通）", new.subject, new.mails.len())),
    };
    audit::add(connection, recorded, &new.by, new.at).await?;
    Ok(Changed::Yes)
}

pub(super) async fn written(connection: &mut Connection, request: &str) -> Result<Option<Written>> {
    let row = sqlx::query("SELECT id, year, subject, body FROM reminder WHERE request = $1")
        .bind(request)
        .fetch_optional(&mut *connection)
        .await?;
    let Some(row) = row else { return Ok(None) };
    let id: i64 = row.try_get("id")?;
    let recipients = sqlx::query("SELECT municipality, address FROM mail WHERE reminder = $1")
        .bind(id)
        .fetch_all(connection)
        .await?;
    Ok(Some(Written {
        year: year_of("reminder.year", row.try_get("year")?)?,
        subject: row.try_get("subject")?,
        body: row.try_get("body")?,
        recipients: recipients.iter().map(recipient).collect::<Result<_>>()?,
    }))
}

fn recipient(row: &Row) -> Result<(MunicipalityCode, EmailAddress)> {
    let (municipality, address): (String, String) = (row.try_get("municipality")?, row.try_get("address")?);
    Ok((
        code("mail.municipality", &municipality)?,
        word("mail.address", &address, |text| text.parse::<EmailAddress>().ok())?,
    ))
}

pub(super) async fn reminders(connection: &mut Connection, year: FiscalYear) -> Result<Vec<Reminder>> {
    let rows = sqlx::query(
        "SELECT id, subject, author_account, author_name, at FROM reminder WHERE year = $1 ORDER BY id DESC",
    )
    .bind(i64::from(year.year()))
    .fetch_all(connection)
    .await?;
    let reminder = |row: &Row| {
        Ok(Reminder {
            id: row.try_get("id")?,
            subject: row.try_get("subject")?,
            by: author(row)?,
            at: Timestamp(row.try_get("at")?),
        })
    };
    rows.iter().map(reminder).collect()
}

pub(super) async fn of_round(connection: &mut Connection, year: FiscalYear) -> Result<Vec<Mail>> {
    let rows = sqlx::query(
        "SELECT id, reminder, municipality, address, recipient, subject, body, state, attempts, next_at, changed_at, reason
         FROM mail WHERE reminder IN (SELECT id FROM reminder WHERE year = $1) ORDER BY municipality, id",
    )
    .bind(i64::from(year.year()))
    .fetch_all(connection)
    .await?;
    rows.iter().map(mail).collect()
}

pub(super) async fn take(connection: &mut Connection, now: Timestamp) -> Result<Option<Mail>> {
    let row = sqlx::query(
        "UPDATE mail SET state = 'sending', attempts = attempts + 1, changed_at = $1
         WHERE state = 'waiting'
         AND id = (SELECT id FROM mail WHERE state = 'waiting' AND next_at <= $2 ORDER BY next_at, id LIMIT 1)
         RETURNING id, reminder, municipality, address, recipient, subject, body, state, attempts, next_at, changed_at,
                   reason",
    )
    .bind(now.0)
    .bind(now.0)
    .fetch_optional(connection)
    .await?;
    row.as_ref().map(mail).transpose()
}

pub(super) async fn settle(connection: &mut Connection, settled: &Settled) -> Result<Changed> {
    let done = sqlx::query(
        "UPDATE mail SET state = $1, next_at = $2, reason = $3, changed_at = $4 WHERE id = $5 AND state = 'sending'",
    )
    .bind(settled.state.code())
    .bind(settled.next_at.0)
    .bind(&settled.reason)
    .bind(settled.at.0)
    .bind(settled.id.0)
    .execute(connection)
    .await?;
    Ok(changed(&done))
}

pub(super) async fn interrupted(connection: &mut Connection, reason: &str, at: Timestamp) -> Result<()> {
    sqlx::query("UPDATE mail SET state = 'unclear', reason = $1, changed_at = $2 WHERE state = 'sending'")
        .bind(reason)
        .bind(at.0)
        .execute(connection)
        .await?;
    Ok(())
}

/// Only from the state that was read: whoever takes the message meanwhile comes first.
pub(super) async fn step(connection: &mut Connection, step: &MailStep) -> Result<Changed> {
    let MailStep { year, id, act, reason, by, at } = step;
    let state: Option<String> = sqlx::query_scalar(
        "SELECT state FROM mail WHERE id = $1 AND reminder IN (SELECT id FROM reminder WHERE year = $2)",
    )
    .bind(id.0)
    .bind(i64::from(year.year()))
    .fetch_optional(&mut *connection)
    .await?;
    let Some(state) = state else { return Ok(Changed::No) };
    if !act.fits(word("mail.state", &state, MailState::of_code)?) {
        return Ok(Changed::No);
    }
    let done = sqlx::query(
        "UPDATE mail SET state = $1, next_at = $2, changed_at = $3, reason = $4 WHERE id = $5 AND state = $6",
    )
    .bind(act.leads_to().code())
    .bind(at.0)
    .bind(at.0)
    .bind(reason)
    .bind(id.0)
    .bind(&state)
    .execute(&mut *connection)
    .await?;
    if changed(&done) == Changed::Yes {
        let recorded = NewAudit {
            chain: Chain::Round(*year),
            act: match act {
                MailAct::SendAgain => Act::MailAgain,
                MailAct::NoteBounce => Act::MailBounced,
                MailAct::Withdraw => Act::MailWithdrawn,
            },
            object: id.0.to_string(),
            from: None,
            to: (!reason.is_empty()).then(|| reason.clone()),
        };
        audit::add(connection, recorded, by, *at).await?;
    }
    Ok(changed(&done))
}

fn mail(row: &Row) -> Result<Mail> {
    let (municipality, address) = recipient(row)?;
    let state: String = row.try_get("state")?;
    Ok(Mail {
        id: MailId(row.try_get("id")?),
        reminder: row.try_get("reminder")?,
        message: NewMail {
            code: municipality,
            address,
            recipient: row.try_get("recipient")?,
            subject: row.try_get("subject")?,
            body: row.try_get("body")?,
        },
        state: word("mail.state", &state, MailState::of_code)?,
        attempts: number("mail.attempts", row.try_get("attempts")?)?,
        next_at: Timestamp(row.try_get("next_at")?),
        changed_at: Timestamp(row.try_get("changed_at")?),
        reason: row.try_get("reason")?,
    })
}
