//! Responses taken over from a file.

use shared::response::ResponseState;
use shared::round::RoundState;

use super::responses::{self, Locked, Moved};
use super::{Connection, answers};
use crate::store::{AnswerChange, Changed, ImportResponse, ImportResponses, Result};

pub(super) async fn responses(connection: &mut Connection, imports: &[ImportResponses]) -> Result<Changed> {
    let mut held = Vec::new();
    // In the order of years and codes, so that two imports wait for one another and never in a circle.
    for import in imports {
        for response in &import.responses {
            let locked = responses::lock(connection, import.year, response.code).await?;
            let waits = locked.state == ResponseState::NotStarted || locked.state.is_handed_in();
            if locked.round != RoundState::Closed || !waits || locked.revision != response.revision {
                return Ok(Changed::No);
            }
            held.push((import, response, locked));
        }
    }
    for (import, response, locked) in &held {
        take_over(connection, import, response, locked).await?;
    }
    Ok(Changed::Yes)
}

/// Three events: the answers, the receipt, the prefecture's acceptance.
async fn take_over(
    connection: &mut Connection,
    import: &ImportResponses,
    response: &ImportResponse,
    before: &Locked,
) -> Result<()> {
    let ImportResponses { year, note, by, at, .. } = import;
    let ImportResponse { code, answers, receipt, .. } = response;
    let begun =
        if before.state == ResponseState::NotStarted { ResponseState::InProgress } else { ResponseState::Returned };
    let step = |(from, to), after: i64, note| Moved {
        year: *year,
        code: *code,
        from,
        to,
        revision: before.revision + after,
        note,
        returned: &[],
        by,
        at: *at,
    };
    responses::write(connection, &step((before.state, begun), 1, note)).await?;
    let stored = answers::of_response(connection, *year, *code).await?;
    for (question, value) in answers {
        let current = stored.get(question);
        if current.is_some_and(|current| current.value == *value) {
            continue;
        }
        let change = AnswerChange {
            question: question.clone(),
            revision: current.map_or(0, |current| current.revision) + 1,
            from: current.and_then(|current| current.value.clone()),
            to: value.clone(),
            by: by.clone(),
            at: *at,
        };
        answers::write(connection, (*year, *code), &change, before.revision + 1).await?;
    }
    responses::issue(connection, *year, *code, receipt).await?;
    responses::write(connection, &step((begun, ResponseState::Submitted), 2, &receipt.number)).await?;
    responses::write(connection, &step((ResponseState::Submitted, ResponseState::Accepted), 3, "")).await
}
