//! コード表: the questions, and the choices of each, a row a choice.

use async_trait::async_trait;
use shared::questionnaire::{Choice, ChoiceState};
use shared::visibility::Visibility;

use super::counted::joining;
use super::layout::Layout;
use super::material::Joined;
use super::{About, Audience, Dataset, Made, Material, Round, Span, joined_columns, year_columns};
use crate::export::columns::AnswerKind;
use crate::export::table::{Column, Held, HeldTable, Kind};
use crate::service::Result;

/// The dataset.
pub struct Codebook;

#[async_trait]
impl Dataset for Codebook {
    fn about(&self) -> About {
        About {
            id: "codebook",
            title: "調査票の設問と選択肢（コード表）",
            description: "設問の名前、番号、文、単位、公開範囲と、選択肢のコードです。1行に1つの選択肢があり、選択肢のない設問は1行です。",
            span: Span::YearOrAll,
            audience: Audience::ByVisibility,
            by_reader: false,
        }
    }

    async fn make(&self, material: &Material<'_>) -> Result<Made> {
        Ok(Made::new(of(material)?, &[]))
    }
}

/// The questions of which the reader sees anything.
pub fn of(material: &Material<'_>) -> Result<HeldTable> {
    let (rounds, reader, joined) = (&material.rounds, material.scope.reader, material.joined()?);
    let layout = Layout::of(rounds, reader, joined.as_ref());
    let rows = rounds.iter().flat_map(|round| of_round(round, reader, &layout, joined.as_ref())).collect();
    Ok(HeldTable::new(columns(joined.is_some()), rows))
}

fn columns(joined: bool) -> Vec<Column> {
    let text = |name, label, description| Column::new(name, label, Kind::Text, description);
    let code = |name, label, description| Column::new(name, label, Kind::Code, description);
    let kinds = AnswerKind::ALL.map(|kind| (kind.code(), kind.label()));
    let states = [("unknown", "不明"), ("not_applicable", "該当なし")];
    let mut columns = Vec::from(year_columns());
    columns.extend([
        code("form_id", "調査票のID", "調査票（XLSForm）のID"),
        code("form_version", "調査票の版", "調査票の版"),
        code("question_name", "設問名", "調査票の中の設問の名前"),
        text("question_number", "設問番号", "調査票に印刷される番号"),
        code("concept", "概念ID", "年度をまたいで同じことを聞く設問に共通のID"),
        text("question_label", "設問文", "設問の文"),
        code("kind", "回答の形式", "回答の形式").coded(kinds),
        text("unit", "単位", "数値の単位"),
        code("aggregate_visibility", "集計値の公開範囲", "集計値の公開範囲").coded(super::VISIBILITIES),
        code("named_visibility", "市町村別の値の公開範囲", "市町村別の値の公開範囲").coded(super::VISIBILITIES),
        code("comparable_with_previous", "前の調査との比較", "前の調査の結果と比較できるか。続く設問がなければ空欄")
            .coded(super::YES_NO),
        code("choice", "選択肢", "選択肢のコード"),
        text("choice_label", "選択肢の文", "選択肢の文"),
        code("choice_state", "選択肢が表す状態", "値ではなく状態を表す選択肢の、状態").coded(states),
        code("wide_column", "横持ちの列", "横持ちの回答（answers-wide）で値が入る列の名前。見られない設問は空欄"),
    ]);
    columns.extend(joined.then(joined_columns).into_iter().flatten());
    columns
}

fn of_round(round: &Round, reader: Visibility, layout: &Layout, joined: Option<&Joined>) -> Vec<Vec<Held>> {
    let head = &round.head;
    let snapshot = &head.snapshot;
    let mut rows = Vec::new();
    for (place, (question, kind)) in snapshot.questions.iter().zip(&head.kinds).enumerate() {
        let visibility = question.visibility;
        if !visibility.aggregate.allows(reader) && !visibility.named.allows(reader) {
            continue;
        }
        let compared = head.comparable.get(&question.name);
        let joining = joined.map(|joined| joining(joined.get(&(snapshot.year, question.name.clone()))));
        let mut row = |choice: Option<&Choice>| {
            let wide = match choice {
                Some(choice) if choice.state.is_some() => None,
                choice => layout.column_of(snapshot.year, place, choice),
            };
            let mut row = vec![
                Held::from(u32::from(snapshot.year.year())),
                Held::from(snapshot.year.wareki()),
                Held::from(snapshot.questionnaire.0.as_str()),
                Held::from(snapshot.questionnaire.1.as_str()),
                Held::from(question.name.as_str()),
                Held::from(question.number.as_str()),
                Held::from(question.concept.as_str()),
                Held::from(question.label.as_str()),
                Held::from(kind.code()),
                Held::from(question.unit.as_deref()),
                Held::from(visibility.aggregate.code()),
                Held::from(visibility.named.code()),
                Held::from(compared.map(|yes| super::yes_no(*yes))),
                Held::from(choice.map(|choice| choice.name.as_str())),
                Held::from(choice.map(|choice| choice.label.as_str())),
                Held::from(choice.and_then(|choice| choice.state).map(state)),
                Held::from(wide),
            ];
            row.extend(joining.iter().flatten().cloned());
            rows.push(row);
        };
        if question.choices.is_empty() {
            row(None);
        }
        question.choices.iter().for_each(|choice| row(Some(choice)));
    }
    rows
}

fn state(state: ChoiceState) -> &'static str {
    match state {
        ChoiceState::Unknown => "unknown",
        ChoiceState::NotApplicable => "not_applicable",
    }
}
