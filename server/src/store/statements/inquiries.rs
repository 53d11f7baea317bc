//! Inquiries and their messages. Each query gives one row a message; [`read`] puts an inquiry's rows together.

use shared::audit::{Act, Chain};
use shared::fiscal_year::FiscalYear;
use shared::municipality::MunicipalityCode;
use shared::questionnaire::QuestionName;
use shared::response::Side;
use shared::time::Timestamp;
use sqlx::Row as _;

use super::{Connection, Row, audit, author, author_account, changed, responses};
use crate::store::values::{code, number, word, year_of};
use crate::store::{
    Changed, Inquiry, InquiryId, InquiryMessage, NewAudit, NewInquiry, NewInquiryMessage, Result, StoreError,
};

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT id, year, municipality, question, sequence, side, text, closes, author_account, author_name, at
             FROM inquiry JOIN inquiry_message ON inquiry_message.inquiry = inquiry.id ",
            $rest
        )
    };
}

/// What was sent twice is found again, as long as nobody has said anything to it.
pub(super) async fn add(connection: &mut Connection, new: &NewInquiry) -> Result<InquiryId> {
    responses::lock(connection, new.year, new.code).await?;
    let known = of_round(connection, new.year, Some(new.code)).await?;
    if let Some(same) = known.into_iter().find(|inquiry| is_same(inquiry, new)) {
        return Ok(same.id);
    }
    let id: i64 = sqlx::query_scalar(
        "INSERT INTO inquiry (year, municipality, question)
         SELECT year, municipality, $1 FROM response WHERE year = $2 AND municipality = $3 RETURNING id",
    )
    .bind(new.question.as_ref().map(QuestionName::as_str))
    .bind(i64::from(new.year.year()))
    .bind(new.code.as_str())
    .fetch_optional(&mut *connection)
    .await?
    .ok_or_else(|| StoreError::NotFound(format!("{}の{}の回答", new.year, new.code)))?;
    let first = NewInquiryMessage {
        inquiry: InquiryId(id),
        after: 0,
        side: new.side,
        text: new.text.clone(),
        closes: false,
        by: new.by.clone(),
        at: new.at,
    };
    // Nobody else knows the inquiry yet, so that this is always the first.
    let _ = insert(connection, &first).await?;
    Ok(first.inquiry)
}

fn is_same(inquiry: &Inquiry, new: &NewInquiry) -> bool {
    let [first] = inquiry.messages.as_slice() else { return false };
    inquiry.question == new.question && (first.side, &first.text, &first.by) == (new.side, &new.text, &new.by)
}

/// Needs no lock: of two that add after the same message, the key lets only one in.
pub(super) async fn add_message(connection: &mut Connection, new: &NewInquiryMessage) -> Result<Changed> {
    let last: Option<i64> = sqlx::query_scalar("SELECT max(sequence) FROM inquiry_message WHERE inquiry = $1")
        .bind(new.inquiry.0)
        .fetch_one(&mut *connection)
        .await?;
    let last = last.ok_or_else(|| StoreError::NotFound(format!("確認・質問の番号 {}", new.inquiry.0)))?;
    if last == i64::from(new.after) { insert(connection, new).await } else { Ok(Changed::No) }
}

async fn insert(connection: &mut Connection, new: &NewInquiryMessage) -> Result<Changed> {
    let added = sqlx::query(
        "INSERT INTO inquiry_message (inquiry, sequence, side, text, closes, author_account, author_name, at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (inquiry, sequence) DO NOTHING",
    )
    .bind(new.inquiry.0)
    .bind(i64::from(new.after) + 1)
    .bind(new.side.code())
    .bind(&new.text)
    .bind(i64::from(new.closes))
    .bind(author_account(&new.by))
    .bind(&new.by.name)
    .bind(new.at.0)
    .execute(&mut *connection)
    .await?;
    if changed(&added) == Changed::No {
        return Ok(Changed::No);
    }
    let inquiry = get(connection, new.inquiry).await?;
    let inquiry = inquiry.ok_or_else(|| StoreError::NotFound(format!("確認・質問の番号 {}", new.inquiry.0)))?;
    let closed = if new.closes { "（完了）" } else { "" };
    let recorded = NewAudit {
        chain: Chain::Response(inquiry.year, inquiry.code),
        act: Act::Inquiry,
        object: inquiry.question.map(|question| question.to_string()).unwrap_or_default(),
        from: None,
        to: Some(format!("{}{closed}", new.text)),
    };
    audit::add(connection, recorded, &new.by, new.at).await?;
    Ok(Changed::Yes)
}

pub(super) async fn get(connection: &mut Connection, id: InquiryId) -> Result<Option<Inquiry>> {
    let rows = sqlx::query(select!("WHERE id = $1 ORDER BY sequence")).bind(id.0).fetch_all(connection).await?;
    Ok(read(&rows)?.pop())
}

pub(super) async fn of_round(
    connection: &mut Connection,
    year: FiscalYear,
    code: Option<MunicipalityCode>,
) -> Result<Vec<Inquiry>> {
    let rows = sqlx::query(select!("WHERE year = $1 AND ($2 IS NULL OR municipality = $2) ORDER BY id, sequence"))
        .bind(i64::from(year.year()))
        .bind(code.as_ref().map(MunicipalityCode::as_str))
        .fetch_all(connection)
        .await?;
    read(&rows)
}

/// Rows of one inquiry must follow one another.
fn read(rows: &[Row]) -> Result<Vec<Inquiry>> {
    let mut inquiries: Vec<Inquiry> = Vec::new();
    for row in rows {
        let id = InquiryId(row.try_get("id")?);
        if inquiries.last().is_none_or(|last| last.id != id) {
            inquiries.push(inquiry(id, row)?);
        }
        if let Some(last) = inquiries.last_mut() {
            last.messages.push(message(row)?);
        }
    }
    Ok(inquiries)
}

fn inquiry(id: InquiryId, row: &Row) -> Result<Inquiry> {
    let question: Option<String> = row.try_get("question")?;
    Ok(Inquiry {
        id,
        year: year_of("inquiry.year", row.try_get("year")?)?,
        code: code("inquiry.municipality", row.try_get("municipality")?)?,
        question: question.map(QuestionName),
        messages: Vec::new(),
    })
}

fn message(row: &Row) -> Result<InquiryMessage> {
    let closes: i64 = row.try_get("closes")?;
    Ok(InquiryMessage {
        sequence: number("inquiry_message.sequence", row.try_get("sequence")?)?,
        side: word("inquiry_message.side", row.try_get("side")?, Side::of_code)?,
        text: row.try_get("text")?,
        closes: closes != 0,
        by: author(row)?,
        at: Timestamp(row.try_get("at")?),
    })
}
