//! `/desk/{year}/publication`: what is disclosed, how it will look, and what was published so far.
//!
//! - `scope`: by question who may see it, and from which count on cells are shown
//! - `acts`: publishing, correcting, taking back

mod acts;
mod scope;

use leptos::prelude::*;
use shared::fiscal_year::FiscalYear;
use shared::round::RoundState;
use shared::wire::FieldProblem;

use self::acts::{acts, preview};
use self::scope::scope;
pub use self::scope::{ScopeRow, ScopeSection};
use crate::components::publication_history::{History, RevisionRow};

/// What `/desk/{year}/publication` shows.
#[derive(Debug, Clone)]
pub struct DeskPublication {
    /// The round.
    pub year: FiscalYear,
    /// Where it stands.
    pub state: RoundState,
    /// Who may see what, by section and question.
    pub sections: Vec<ScopeSection>,
    /// `whole` and `groups` as typed: from which count on cells are shown.
    pub thresholds: [String; 2],
    /// Revision of what is kept of both; sent along.
    pub revision: u32,
    /// What was published so far, latest first.
    pub history: Vec<RevisionRow>,
    /// Municipalities to preview as: code and name.
    pub municipalities: Vec<(String, String)>,
    /// The reason as typed, and of what.
    pub reason: Option<(Reasoned, String)>,
    /// What is wrong with what was typed, by field.
    pub problems: Vec<FieldProblem>,
}

/// What needs a reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reasoned {
    /// A correction.
    Publication,
    /// Back to the prefecture's check.
    Reopening,
    /// Taking that revision back.
    Withdrawal(u32),
}

impl Reasoned {
    /// The id of its field.
    fn id(self) -> &'static str {
        match self {
            Self::Publication => "reason-publication",
            Self::Reopening => "reason-reopening",
            Self::Withdrawal(_) => "reason-withdrawal",
        }
    }
}

impl DeskPublication {
    /// The revisions that can be taken back, latest first.
    fn kept_public(&self) -> impl Iterator<Item = &RevisionRow> {
        self.history.iter().filter(|row| row.withdrawn.is_none())
    }

    /// The revision that was chosen to be taken back, when that was refused.
    fn chosen_for_withdrawal(&self) -> Option<u32> {
        match self.reason {
            Some((Reasoned::Withdrawal(revision), _)) => Some(revision),
            _ => None,
        }
    }

    fn problem(&self, field: &str) -> Option<String> {
        self.problems.iter().find(|problem| problem.field == field).map(|problem| format!("＊{}", problem.message))
    }
}

/// The page.
#[component]
pub fn DeskPublicationPage(
    /// What it shows.
    model: DeskPublication,
) -> impl IntoView {
    let (scope, preview, acts) = (scope(&model), preview(&model), acts(&model));
    let DeskPublication { year, history, .. } = model;
    view! {
        <p class="page-context"><a href=format!("/desk/{}", year.year())>{year.to_string()} "の調査"</a></p>
        <h1>"公表"</h1>
        <p class="page-lead">
            "公開範囲を決め、プレビューで確かめてから公表します。公表した内容は版として固定され、あとから書き換えることはできません。訂正は新しい版になります。"
        </p>
        {scope}
        {preview}
        {acts}
        <section class="section" aria-labelledby="history">
            <h2 id="history">"公表の履歴"</h2>
            <History rows=history />
        </section>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use shared::time::Timestamp;
    use shared::visibility::{QuestionVisibility, Visibility};

    use super::*;
    use crate::components::publication_history::sample::row;
    use crate::components::question::samples::plain;

    fn model(state: RoundState) -> DeskPublication {
        let answered = QuestionVisibility { aggregate: Visibility::Public, named: Visibility::Council };
        let row = ScopeRow {
            name: "ind_00_1".into(),
            number: "産-1".into(),
            label: "取り組んでいますか。".into(),
            answered,
            chosen: QuestionVisibility { aggregate: Visibility::Public, named: Visibility::Prefecture },
        };
        DeskPublication {
            year: FiscalYear::new(2026).unwrap(),
            state,
            sections: vec![ScopeSection { title: "産業・しごと".into(), rows: vec![row] }],
            thresholds: ["0".into(), "3".into()],
            revision: 2,
            history: Vec::new(),
            municipalities: vec![("022012".into(), "青森市".into())],
            reason: None,
            problems: Vec::new(),
        }
    }

    fn revision(revision: u32, is_current: bool) -> RevisionRow {
        RevisionRow { is_current, is_replaced: !is_current, ..row(revision) }
    }

    fn rendered(model: DeskPublication) -> String {
        let html = plain(view! { <DeskPublicationPage model /> });
        assert!(!html.contains(" style="), "{html}");
        html
    }

    #[test]
    fn a_question_is_offered_nothing_wider_than_it_was_answered_under() {
        let html = rendered(model(RoundState::Finalized));
        let named =
            html.split("name=\"named.ind_00_1\"").nth(1).and_then(|rest| rest.split("</select>").next()).unwrap();
        assert!(!named.contains("value=\"public\"") && named.contains("value=\"council\""), "{named}");
        assert!(named.contains("value=\"prefecture\" selected"), "{named}");
        assert!(html.contains("name=\"revision\" value=\"2\""), "{html}");
    }

    #[test]
    fn the_acts_follow_from_where_the_round_stands() {
        let closed = rendered(model(RoundState::Closed));
        assert!(!closed.contains("結果を公表する</button>") && !closed.contains("取り下げる</button>"), "{closed}");
        let first = rendered(model(RoundState::Finalized));
        assert!(first.contains("結果を公表する</button>") && !first.contains("公表する理由"), "{first}");
        let correction = rendered(DeskPublication { history: vec![revision(1, true)], ..model(RoundState::Finalized) });
        assert!(correction.contains("訂正版を公表する</button>"), "{correction}");
        let published = rendered(DeskPublication { history: vec![revision(1, true)], ..model(RoundState::Published) });
        assert!(published.contains("確認に戻す</button>") && published.contains("取り下げる</button>"), "{published}");
    }

    #[test]
    fn each_revision_that_stands_can_be_taken_back() {
        let at = Timestamp::parse_jst("2027-03-02T09:00").unwrap();
        let gone = RevisionRow { withdrawn: Some((at, "誤り".into())), ..revision(2, false) };
        let history = vec![revision(3, true), gone, revision(1, false)];
        let html = rendered(DeskPublication { history: history.clone(), ..model(RoundState::Closed) });
        let choice = |html: &str| {
            html.split("id=\"withdrawal-revision\"").nth(1).unwrap().split("</select>").next().unwrap().to_owned()
        };
        let offered = choice(&html);
        for words in ["第3版（公表中）", "第1版（訂正版に置き換え）"] {
            assert!(offered.contains(words), "{words}: {offered}");
        }
        assert!(!offered.contains("第2版") && offered.contains("value=\"3\" selected"), "{offered}");
        let reason = Some((Reasoned::Withdrawal(1), String::new()));
        let refused = rendered(DeskPublication { history, reason, ..model(RoundState::Closed) });
        assert!(choice(&refused).contains("value=\"1\" selected"), "{refused}");
    }

    #[test]
    fn only_the_reason_that_was_refused_is_marked() {
        let refused = rendered(DeskPublication {
            history: vec![revision(1, true)],
            reason: Some((Reasoned::Reopening, "<理由>".into())),
            problems: vec![FieldProblem {
                field: "reason".into(), message: "500字までで入力してください。".into()
            }],
            ..model(RoundState::Published)
        });
        assert_eq!(refused.matches("aria-invalid=\"true\"").count(), 1, "{refused}");
        assert_eq!(refused.matches("&lt;理由&gt;").count(), 1, "{refused}");
        assert!(refused.contains("href=\"#reason-reopening\""), "{refused}");
    }
}
