//! Questions and differences in words.

use app::pages::desk_questionnaire::{
    ChangedItem, Differences, LackingItem, LineageItem, QuestionWords, QuestionnaireFacts, SectionFacts, UnusedItem,
    UnusedQuestions,
};
use app::pages::desk_questionnaire_preview::preview_href;
use shared::fiscal_year::FiscalYear;
use shared::questionnaire::changes::Changes;
use shared::questionnaire::lineage::{Link, Relation, links};
use shared::questionnaire::{Question, QuestionIndex, Questionnaire, Section, usage};

use super::Again;
use crate::service::preparing::{Lacking, LastRound, Preparation};

/// Whether a question counts: it takes an answer and is no reason of another one's.
pub fn asked(question: &Question) -> bool {
    question.kind.takes_answer() && question.reason_for.is_none()
}

fn count(questionnaire: &Questionnaire, section: &Section) -> usize {
    section.questions().filter(|index| asked(questionnaire.question(*index))).count()
}

/// A questionnaire as a whole; with links where it is what the round of that year asks.
pub fn facts(questionnaire: &Questionnaire, year: Option<FiscalYear>) -> QuestionnaireFacts {
    let section = |section: &Section| SectionFacts {
        title: section.title.clone(),
        href: year.map(|year| section_href(year, section)),
        questions: count(questionnaire, section),
        minutes: section.minutes,
    };
    QuestionnaireFacts {
        title: questionnaire.title.clone(),
        form_id: questionnaire.form_id.clone(),
        version: questionnaire.version.clone(),
        sections: questionnaire.sections.iter().map(section).collect(),
    }
}

/// Address of a section's preview.
pub fn section_href(year: FiscalYear, section: &Section) -> String {
    format!("{}/{}", preview_href(year), section.name.as_str())
}

/// A question in words; with its link where it is what the round of that year asks.
fn question(questionnaire: &Questionnaire, index: QuestionIndex, year: Option<FiscalYear>) -> QuestionWords {
    let Question { name, .. } = questionnaire.question(index);
    let section = questionnaire.sections.iter().find(|section| section.questions().any(|other| other == index));
    let href = year.zip(section).map(|(year, section)| format!("{}#q-{name}", section_href(year, section)));
    QuestionWords { words: words(questionnaire.question(index)), href }
}

fn words(question: &Question) -> String {
    format!("{} {}", question.number, question.label).trim().to_owned()
}

/// What a questionnaire asks differently from the round before; `None` where there is none.
pub fn differences(preparation: &Preparation, now: &Questionnaire, year: Option<FiscalYear>) -> Option<Differences> {
    let (last, changes) = (preparation.last.as_ref()?, preparation.changes(now)?);
    let then = &last.questionnaire;
    let earlier = |index: &QuestionIndex| question(then, *index, Some(last.year));
    Some(Differences {
        year: last.year,
        added: changes.added.iter().map(|index| question(now, *index, year)).collect(),
        dropped: changes.dropped.iter().map(earlier).collect(),
        remarks: [lacking(preparation, now), remarks(now, then, &changes)].concat(),
        form: changes.form.clone(),
        unchanged: changes.unchanged,
        changed: changes
            .changed
            .iter()
            .map(|changed| ChangedItem {
                question: question(now, changed.link.now, year),
                earlier: changed.link.then.iter().map(earlier).collect(),
                differences: changed.differences.clone(),
            })
            .collect(),
    })
}

/// What the author probably forgot.
fn remarks(now: &Questionnaire, then: &Questionnaire, changes: &Changes) -> Vec<String> {
    let unjoined = changes.unjoined(now, then).into_iter().map(|(new, old)| {
        let (new, old) = (now.question(new), then.question(old));
        format!(
            "「{}」を追加し、「{}」を廃止しています。同じ設問なら、概念IDを同じにするか、derived_from列に {} と書いてください。",
            words(new),
            words(old),
            old.concept
        )
    });
    let minutes = now.sections.iter().filter_map(|section| {
        let earlier = then.section(section.name.as_str())?;
        let (many, before) = (count(now, section), count(then, earlier));
        let how = if many > before { "増え" } else { "減り" };
        (many != before && section.minutes == earlier.minutes).then(|| {
            let (title, minutes) = (&section.title, section.minutes);
            format!("章「{title}」の設問が{}問{how}ましたが、目安は{minutes}分のままです。", many.abs_diff(before))
        })
    });
    unjoined.chain(minutes).collect()
}

/// The definitions that could not be computed as they are meant, a sentence each.
fn lacking(preparation: &Preparation, now: &Questionnaire) -> Vec<String> {
    let sentence = |lacking: Lacking<'_>| {
        let (of, until) = if lacking.definition.official {
            ("公式", "登録するまで、受付を始められません。")
        } else {
            ("参考", "登録しないと、値が未確定になります。")
        };
        format!(
            "{of}の指標「{}」が読む設問がなくなります（{}）。新しい版の定義を登録してください。{until}",
            lacking.definition.title,
            lacking_words(preparation, &lacking)
        )
    };
    preparation.lacking(now).into_iter().map(sentence).collect()
}

/// The questions as the round before asked them; else their 概念IDs.
fn lacking_words(preparation: &Preparation, lacking: &Lacking<'_>) -> String {
    let earlier = preparation.last.as_ref().map(|last| &last.questionnaire);
    let question = |concept: &&str| {
        let known = earlier.and_then(|then| then.questions.iter().find(|question| question.concept == *concept));
        known.map_or_else(|| format!("概念ID {concept}"), words)
    };
    lacking.concepts.iter().map(question).collect::<Vec<_>>().join("、")
}

/// The definitions that are not official and lack questions of an uploaded questionnaire.
pub(super) fn to_confirm(preparation: &Preparation, now: &Questionnaire, again: &Again) -> Vec<LackingItem> {
    let lacking = preparation.lacking(now).into_iter().filter(|lacking| !lacking.definition.official);
    let item = |lacking: Lacking<'_>| LackingItem {
        id: lacking.definition.id.clone(),
        title: lacking.definition.title.clone(),
        questions: lacking_words(preparation, &lacking),
        confirmed: again.confirmed.definitions.contains(&lacking.definition.id),
        missing: again.missing.definitions.contains(&lacking.definition.id),
    };
    lacking.map(item).collect()
}

/// The renamed, split and merged questions of an uploaded questionnaire.
pub(super) fn lineage(preparation: &Preparation, now: &Questionnaire, again: &Again) -> Vec<LineageItem> {
    let (Some(last), Some(changes)) = (&preparation.last, preparation.changes(now)) else { return Vec::new() };
    let item = |link: &Link| {
        let name = &now.question(link.now).name;
        LineageItem {
            name: name.to_string(),
            question: question(now, link.now, None),
            earlier: link.then.iter().map(|index| question(&last.questionnaire, *index, Some(last.year))).collect(),
            relation: match link.relation {
                Relation::Same => "同じ設問",
                Relation::Renamed => "引き継ぎ",
                Relation::Split => "分割",
                Relation::Merged => "統合",
            },
            comparable: link.comparable,
            confirmed: again.confirmed.questions.contains(name),
            missing: again.missing.questions.contains(name),
        }
    };
    changes.lineage().map(item).collect()
}

/// The questions of `now` that continue nothing but what nobody used in the round before, or what nobody may see.
pub fn unused(year: FiscalYear, now: &Questionnaire, last: &LastRound) -> UnusedQuestions {
    let (mentioned, links) = (usage::mentioned(now), links(now, &last.questionnaire));
    let continuing = |of: &[QuestionIndex]| {
        let candidates = links.iter().filter(|link| link.then.iter().all(|index| of.contains(index)));
        let items = candidates.filter(|link| asked(now.question(link.now))).map(|link| UnusedItem {
            question: question(now, link.now, Some(year)),
            mentioned: mentioned.contains(&link.now),
        });
        items.collect()
    };
    UnusedQuestions { year: last.year, unused: continuing(&last.unused), hidden: continuing(&last.hidden) }
}
