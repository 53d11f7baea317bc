//! `/desk` and `/desk/{year}`: where the round stands, and the board of municipalities.
//!
//! - `act`: the one act that brings the round forward
//! - `dates`: when it is planned, and other dates
//! - `board`: the municipalities and their responses
//! - `further`: where else the responses are worked on
//! - `map`: the same on a tile map

mod act;
mod board;
mod dates;
mod further;
pub mod map;

use leptos::prelude::*;
use shared::fiscal_year::FiscalYear;
use shared::municipality::Region;
use shared::response::ResponseState;
use shared::round::RoundState;
use shared::time::Timestamp;

use self::act::NextAct;
pub use self::act::OpeningForm;
use self::board::{Board, Filter};
pub use self::board::{DeskFilter, DeskRow, StateWords};
use self::dates::Dates;
pub use self::dates::{DATE_FIELDS, DateField, DatesForm};
use self::further::Further;
use self::map::BoardMap;
use super::desk_questionnaire::questionnaire_href;

/// What `/desk/{year}` shows.
#[derive(Debug, Clone)]
pub struct Desk {
    /// The round.
    pub year: FiscalYear,
    /// Where it stands.
    pub state: RoundState,
    /// When each state was entered, for the states entered so far.
    pub entered: Vec<(RoundState, Timestamp)>,
    /// Until when answers are taken, once it is set.
    pub deadline: Option<Timestamp>,
    /// 基準日, once it is set.
    pub reference_date: Option<Timestamp>,
    /// What was typed into the form that opens the round; used while the round is a draft.
    pub opening: OpeningForm,
    /// The dates that can be set; `None` where they stand.
    pub dates: Option<DatesForm>,
    /// Why the next act is refused at present, in a sentence; its button is then not shown.
    pub blocked: Option<String>,
    /// What the next act would cut off, in sentences.
    pub warning: Option<String>,
    /// Requests for a later deadline that are not decided.
    pub extensions_awaited: usize,
    /// Responses by state, every state once.
    pub counts: Vec<(ResponseState, usize)>,
    /// What the board is narrowed to.
    pub filter: DeskFilter,
    /// The regions to choose from; empty where municipalities have none.
    pub regions: Vec<Region>,
    /// The board after filtering, by code.
    pub rows: Vec<DeskRow>,
    /// Municipalities before filtering.
    pub total: usize,
    /// Whether municipalities can be written to.
    pub remindable: bool,
    /// The data were generated.
    pub demonstration: bool,
    /// Every round there is, latest first, this one too.
    pub years: Vec<FiscalYear>,
    /// A revision of its results is what everybody sees, also while they are being corrected.
    pub is_published: bool,
}

/// Where the round stands, and the board of municipalities.
#[component]
pub fn DeskPage(
    /// What it shows.
    model: Desk,
) -> impl IntoView {
    let Desk {
        year,
        state,
        entered,
        deadline,
        reference_date,
        opening,
        dates: dates_form,
        blocked,
        warning,
        extensions_awaited,
        counts,
        filter,
        regions,
        rows,
        total,
        remindable,
        demonstration,
        years,
        is_published,
    } = model;
    let dates = [("締切", deadline), ("基準日", reference_date)]
        .into_iter()
        .filter_map(|(word, at)| Some(view! { <dt>{word}</dt> <dd>{at?.date_time()}</dd> }))
        .collect_view();
    let counts = counts
        .into_iter()
        .map(|(state, count)| view! { <div><dt>{state.label()}</dt><dd>{count} "団体"</dd></div> })
        .collect_view();
    // Only the latest round is followed by one that is not there yet.
    let is_followed = state != RoundState::Draft && years.iter().all(|other| *other <= year);
    let other_years: Vec<_> = years.into_iter().filter(|other| *other != year).collect();
    let other_years = (!other_years.is_empty()).then(|| {
        let links = other_years
            .into_iter()
            .map(|year| view! { <li><a href=format!("/desk/{}", year.year())>{year.to_string()}</a></li> })
            .collect_view();
        view! {
            <section class="section">
                <h2>"ほかの年度"</h2>
                <ul class="desk-years">{links}</ul>
            </section>
        }
    });
    // Before it opens a round has nobody's answers.
    let progress = if total == 0 {
        view! { <p>"受付を始めると、市町村ごとの状況を表示します。"</p> }.into_any()
    } else {
        view! {
            <dl class="counts">{counts}</dl>
            <Filter year filter regions />
            {(!rows.is_empty()).then(|| view! { <BoardMap exhibit=map::board(year, &rows, filter, demonstration) /> })}
            <Board year state filter rows total remindable />
        }
        .into_any()
    };
    view! {
        <p class="page-context">"県の管理"</p>
        <h1>{year.to_string()} "の調査"</h1>
        <Stages state entered />
        <dl class="facts">{dates}</dl>
        <NextAct year state opening blocked warning />
        {dates_form.map(|form| view! { <Dates year form /> })}
        <QuestionnaireLink year state />
        <section class="section">
            <h2>"回答の状況"</h2>
            {progress}
        </section>
        {(state != RoundState::Draft).then(|| view! { <Further year extensions_awaited /> })}
        <section class="section">
            <h2>"公表"</h2>
            <p>
                "公開範囲、プレビュー、公表、訂正、取下げは、"
                <a href=format!("/desk/{}/publication", year.year())>"公表のページ"</a> "から行います。"
            </p>
        </section>
        {is_published.then(|| view! {
            <section class="section">
                <h2>"年次報告"</h2>
                <p class="actions">
                    <a class="button" href=format!("/desk/{}/report", year.year())>"年次報告を作る"</a>
                </p>
            </section>
        })}
        {other_years}
        {is_followed.then(|| view! { <NextYear /> })}
        <section class="section">
            <h2>"アカウント"</h2>
            <p><a href="/desk/accounts">"アカウントの一覧"</a> "から、追加、招待、引き継ぎができます。だれがいつ何を変えたかは、" <a href="/desk/audit">"監査記録"</a> "にあります。"</p>
        </section>
        <section class="section">
            <h2>"KPI台帳と工程表"</h2>
            <p>"プランの指標の値、基準値、目標値は、" <a href="/desk/kpi">"KPI台帳"</a> "で編集できます。"</p>
            <p>"取組方針の工程と半年ごとの状況は、" <a href="/desk/roadmap">"プランの工程表"</a> "で編集できます。"</p>
        </section>
    }
    .into_any()
}

#[component]
fn QuestionnaireLink(year: FiscalYear, state: RoundState) -> impl IntoView {
    let replaceable = (state == RoundState::Draft).then_some("受付を始めるまで、差し替えられます。");
    view! {
        <section class="section">
            <h2>"調査票"</h2>
            <p>
                "設問、前の年度との違い、回答する人に見える内容は、"
                <a href=questionnaire_href(year)>"調査票のページ"</a> "にあります。" {replaceable}
            </p>
        </section>
    }
    .into_any()
}

#[component]
fn NextYear() -> impl IntoView {
    view! {
        <section class="section">
            <h2>"次の年度"</h2>
            <p>"この調査を引き継いで、" <a href="/desk/rounds/new">"次の年度の調査を準備"</a> "できます。"</p>
        </section>
    }
    .into_any()
}

/// 準備 → 受付 → 確認 → 確定 → 公表: what each state of a round is called as a stage of the officer's work.
fn stage(state: RoundState) -> &'static str {
    match state {
        RoundState::Draft => "準備",
        RoundState::Open => "受付",
        RoundState::Closed => "確認",
        RoundState::Finalized => "確定",
        RoundState::Published => "公表",
    }
}

#[component]
fn Stages(state: RoundState, entered: Vec<(RoundState, Timestamp)>) -> impl IntoView {
    let items = RoundState::ALL
        .into_iter()
        .map(|s| {
            let since = entered.iter().find(|(entered, _)| *entered == s).map(|(_, at)| at.date());
            let (class, word) = match s.cmp(&state) {
                std::cmp::Ordering::Less => ("stage stage--done", since.unwrap_or_else(|| "済".to_owned())),
                std::cmp::Ordering::Equal => (
                    "stage stage--current",
                    since.map_or_else(|| "今ここ".to_owned(), |date| format!("{date}から・今ここ")),
                ),
                std::cmp::Ordering::Greater => ("stage", "これから".to_owned()),
            };
            let current = (s == state).then_some("step");
            view! {
                <li class=class aria-current=current>
                    <span class="stage-name">{stage(s)}</span>
                    <span class="stage-date">{word}</span>
                </li>
            }
        })
        .collect_view();
    view! { <ol class="stages" aria-label="調査の進み具合">{items}</ol> }
}

#[cfg(test)]
mod tests {
    use shared::municipality::Kind;
    use shared::wire::FieldProblem;

    use super::*;
    use crate::components::question::samples::plain;

    fn model(state: RoundState) -> Desk {
        let at = Timestamp::parse_jst("2026-11-22T16:42").unwrap();
        Desk {
            year: FiscalYear::new(2026).unwrap(),
            state,
            entered: vec![(RoundState::Draft, at)],
            deadline: None,
            reference_date: None,
            opening: OpeningForm::default(),
            dates: None,
            blocked: None,
            warning: None,
            extensions_awaited: 0,
            counts: ResponseState::ALL.into_iter().map(|state| (state, 7)).collect(),
            filter: DeskFilter { region: Some(Region::Kamikita), ..DeskFilter::default() },
            regions: Region::ALL.to_vec(),
            rows: vec![DeskRow {
                code: "024121".parse().unwrap(),
                name: "おいらせ町".into(),
                kind: Kind::Town,
                region: Some(Region::Kamikita),
                state: ResponseState::Submitted,
                answered: 48,
                asked: 52,
                last_activity: Some(at),
                returned: 0,
                inquiries: 2,
                tile: None,
                receipt: Some("R8-024121-001".into()),
                extended_until: None,
                asks_for_extension: false,
                awaited: false,
            }],
            total: 40,
            remindable: true,
            demonstration: false,
            years: vec![FiscalYear::new(2026).unwrap(), FiscalYear::new(2025).unwrap()],
            is_published: false,
        }
    }

    fn rendered(model: Desk) -> String {
        let html = plain(view! { <DeskPage model /> });
        assert!(!html.contains(" style="), "{html}");
        html
    }

    #[test]
    fn each_state_offers_exactly_its_next_act() {
        for (state, to, verb) in [
            (RoundState::Draft, "open", "受付を始める"),
            (RoundState::Open, "closed", "受付を締め切る"),
            (RoundState::Closed, "finalized", "回答を確定する"),
        ] {
            let html = rendered(model(state));
            assert_eq!(html.matches("button--primary").count(), 1);
            assert!(html.contains(&format!("name=\"to\" value=\"{to}\"")) && html.contains(verb), "{html}");
            assert_eq!(html.contains("name=\"deadline\""), state == RoundState::Draft);
        }
        let finalized = rendered(model(RoundState::Finalized));
        assert!(finalized.contains("href=\"/desk/2026/publication\" class=\"button button--primary\""), "{finalized}");
        assert!(!rendered(model(RoundState::Published)).contains("button--primary"));
    }

    #[test]
    fn the_latest_round_that_has_begun_leads_to_the_next_year() {
        assert!(rendered(model(RoundState::Open)).contains("href=\"/desk/rounds/new\""));
        let draft = rendered(model(RoundState::Draft));
        assert!(!draft.contains("/desk/rounds/new") && draft.contains("差し替えられます"), "{draft}");
        let earlier = Desk { year: FiscalYear::new(2025).unwrap(), ..model(RoundState::Published) };
        assert!(!rendered(earlier).contains("/desk/rounds/new"));
    }

    #[test]
    fn what_is_published_has_its_report_also_while_it_is_corrected() {
        let report = "href=\"/desk/2026/report\"";
        assert!(rendered(Desk { is_published: true, ..model(RoundState::Closed) }).contains(report));
        assert!(!rendered(model(RoundState::Finalized)).contains(report));
    }

    #[test]
    fn a_refused_opening_keeps_what_was_typed() {
        let opening = OpeningForm {
            deadline: "2026-13-40T17:00".into(),
            reference_date: "2026-11-01T00:00".into(),
            problems: vec![FieldProblem {
                field: "deadline".into(), message: "日時を入力してください。".into()
            }],
        };
        let html = rendered(Desk { opening, ..model(RoundState::Draft) });
        assert!(html.contains("value=\"2026-13-40T17:00\"") && html.contains("＊日時を入力してください。"), "{html}");
        assert!(html.contains("href=\"#deadline\""));
    }

    #[test]
    fn the_board_shows_each_municipality_and_keeps_its_filter() {
        let html = rendered(model(RoundState::Open));
        for words in [
            "40 団体のうち 1 団体",
            "href=\"/desk/2026/024121\"",
            "48/52（92.3％）",
            "R8-024121-001",
            "提出済み",
            "2件",
            "提出済み 1団体",
        ] {
            assert!(html.contains(words), "{words}: {html}");
        }
        assert!(html.contains("<option value=\"上北\" selected"), "{html}");
        assert!(html.contains("href=\"/desk/2025\"") && !html.contains("href=\"/desk/2026\""));
    }

    #[test]
    fn everybody_who_is_still_awaited_of_those_shown_can_be_reminded_at_once() {
        let mut desk = model(RoundState::Open);
        assert!(!rendered(desk.clone()).contains("name=\"all\""), "nobody is awaited");
        desk.rows[0].awaited = true;
        let html = rendered(desk.clone());
        for words in [
            "絞り込んだうち未提出の1団体すべてに催促する",
            "name=\"all\" value=\"1\"",
            "type=\"hidden\" name=\"region\" value=\"上北\"",
            "name=\"municipality\" value=\"024121\"",
        ] {
            assert!(html.contains(words), "{words}: {html}");
        }
        desk.filter = DeskFilter::default();
        assert!(rendered(desk).contains(">未提出の1団体すべてに催促する"));
    }

    #[test]
    fn dates_that_were_set_are_changed_with_a_reason_and_planned_ones_without() {
        let field = |name, typed: &str| DateField { name, typed: typed.into(), from: Timestamp::parse_jst(typed) };
        let planned = DatesForm { fields: vec![field("opening", "2026-10-01T09:00")], ..DatesForm::default() };
        let html = rendered(Desk { dates: Some(planned.clone()), ..model(RoundState::Draft) });
        assert!(html.contains("日程の予定") && html.contains("自動では始まりません"), "{html}");
        assert!(html.contains("name=\"opening\" value=\"2026-10-01T09:00\"") && !html.contains("dates-reason"));
        let problems =
            vec![FieldProblem { field: "reason".into(), message: "理由を入力してください。".into() }];
        let set = DatesForm { reason: Some(String::new()), problems, ..planned };
        let html = rendered(Desk { dates: Some(set), ..model(RoundState::Open) });
        assert!(html.contains("href=\"#dates-reason\"") && html.contains("<details id=\"dates\" open"), "{html}");
    }

    #[test]
    fn a_later_deadline_stands_in_its_row_and_before_the_closing() {
        let mut desk = model(RoundState::Open);
        desk.warning = Some("おいらせ町の延長した締切が、まだ来ていません。".into());
        desk.extensions_awaited = 1;
        desk.rows[0].extended_until = Timestamp::parse_jst("2026-12-10T17:00");
        desk.rows[0].asks_for_extension = true;
        let html = rendered(desk);
        for words in [
            "2026年12月10日（木） 17:00まで延長",
            "延長の申出あり",
            "まだ来ていません。",
            "href=\"/desk/2026/extensions\"",
            "決めていない申出 1件",
        ] {
            assert!(html.contains(words), "{words}: {html}");
        }
    }

    #[test]
    fn an_act_that_is_refused_says_why() {
        let html = rendered(Desk {
            blocked: Some("確認待ちの回答が 3 件あります。".into()),
            ..model(RoundState::Closed)
        });
        assert!(html.contains("確認待ちの回答が 3 件あります。") && !html.contains("/desk/2026/state"));
    }
}
