//! `GET /desk/{year}/reminders/new`

use axum::extract::{Path, Query, State};
use axum::response::Response;
use shared::reminder::Occasion;
use shared::response::ResponseState;
use shared::time::Timestamp;

use super::{Draft, sender, show};
use crate::http::auth::Account;
use crate::http::desk::round::{filter_of, is_wanted};
use crate::http::forms::{draw_key, parse_year};
use crate::http::page::Page;
use crate::http::refusal::Refusal;
use crate::http::state::AppState;
use crate::service::Error;
use crate::service::reminding::Reach;
use crate::store::RoundRecord;

/// The form, with a letter to begin from: `?template=`, or the one that fits the day. `?all=1` chooses everybody who is
/// still awaited of what the board's filter shows.
pub async fn get(
    State(state): State<AppState>,
    Account(account): Account,
    page: Page,
    Path(year): Path<String>,
    Query(asked): Query<Vec<(String, String)>>,
) -> Result<Response, Refusal> {
    let year = parse_year(&year)?;
    let codes = if asked.iter().any(|(name, value)| name == "all" && value == "1") {
        let (board, filter) = (state.service.board(&account, year).await?, filter_of(&asked));
        let rows = board.rows.iter().filter(|row| row.is_awaited(board.round.state) && is_wanted(&filter, row));
        rows.map(|row| row.municipality.code).collect()
    } else {
        let chosen = asked.iter().filter(|(name, _)| name == "municipality");
        chosen.filter_map(|(_, code)| code.parse().ok()).collect()
    };
    let reach = state.service.reach(&account, year, &codes, &sender(&state)).await?;
    let chosen = asked.iter().find(|(name, _)| name == "template").and_then(|(_, code)| Occasion::of_code(code));
    let round = state.service.rounds().await?.into_iter().find(|round| round.year == year).ok_or(Error::NotFound)?;
    let occasion = chosen.unwrap_or_else(|| fitting(&round, &reach, state.service.clock().now()));
    let draft = Draft { year, request: draw_key()?, codes, template: occasion.template() };
    Ok(show(&state, &page, draft, &reach, Vec::new(), Vec::new()).await)
}

/// Where all were sent back, that is asked for. Otherwise it is late after the deadline, unless somebody's own is still to
/// come; before, all are to begin, or it is near.
fn fitting(round: &RoundRecord, reach: &Reach, now: Timestamp) -> Occasion {
    let all = |state: ResponseState| {
        !reach.recipients.is_empty() && reach.recipients.iter().all(|recipient| recipient.facts.state == state)
    };
    match round.dates {
        _ if all(ResponseState::Returned) => Occasion::Returned,
        Some(dates) if dates.deadline <= now && reach.ahead.is_empty() => Occasion::Late,
        _ if all(ResponseState::NotStarted) => Occasion::NotStarted,
        Some(_) | None => Occasion::Near,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::service::reminding::Recipient;
    use crate::store::{PlannedDates, QuestionnaireId, RoundDates};
    use shared::fiscal_year::FiscalYear;
    use shared::municipality::{Kind, Municipality};
    use shared::reminder::Facts;
    use shared::round::RoundState;

    fn round() -> RoundRecord {
        RoundRecord {
            year: FiscalYear::new(2026).unwrap(),
            state: RoundState::Open,
            questionnaire: QuestionnaireId(1),
            prefecture: None,
            planned: PlannedDates::default(),
            dates: Some(RoundDates { reference_date: Timestamp(0), deadline: Timestamp(10) }),
        }
    }

    fn recipient(state: ResponseState) -> Recipient {
        let facts = Facts {
            municipality: "青森市".into(),
            recipient: "企画課 佐藤".into(),
            year: "令和8年度（2026年度）".into(),
            deadline: Some(Timestamp(10)),
            now: Timestamp(9),
            state,
            answered: 0,
            asked: 97,
            address: "https://dx.example.lg.jp/answer/2026".into(),
            contact: String::new(),
        };
        Recipient { code: "022012".parse().unwrap(), address: "dx@city.example.lg.jp".parse().unwrap(), facts }
    }

    #[test]
    fn a_letter_fits_what_all_who_get_it_have_in_common() {
        use ResponseState::{InProgress, NotStarted, Returned};
        for (states, before, after) in [
            (vec![Returned, Returned], Occasion::Returned, Occasion::Returned),
            (vec![Returned, InProgress], Occasion::Near, Occasion::Late),
            (vec![NotStarted, NotStarted], Occasion::NotStarted, Occasion::Late),
            (vec![NotStarted, InProgress], Occasion::Near, Occasion::Late),
        ] {
            let reach = Reach { recipients: states.iter().copied().map(recipient).collect(), ..Reach::default() };
            let fitting = |now| fitting(&round(), &reach, Timestamp(now));
            assert_eq!((fitting(9), fitting(10)), (before, after), "{states:?}");
        }
    }

    #[test]
    fn a_letter_says_that_the_deadline_has_passed_only_where_it_has_for_everybody() {
        let aomori = Municipality {
            code: "022012".parse().unwrap(),
            name: "青森市".into(),
            kana: String::new(),
            kind: Kind::City,
            region: None,
            population: None,
            area: None,
            tile: None,
        };
        let extended = Reach { ahead: vec![(aomori, Timestamp(20))], ..Reach::default() };
        assert_eq!(fitting(&round(), &Reach::default(), Timestamp(9)), Occasion::Near);
        assert_eq!(fitting(&round(), &Reach::default(), Timestamp(10)), Occasion::Late);
        assert_eq!(fitting(&round(), &extended, Timestamp(10)), Occasion::Near);
    }
}
