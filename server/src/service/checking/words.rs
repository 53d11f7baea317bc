//! A finding in words: for the officer with all figures, for the municipality without those of others.

use app::components::format::grouped;
use app::components::question::in_words;
use shared::plausibility::{Evidence, Finding, Outlier, Place, Related};
use shared::questionnaire::{Question, QuestionIndex, Questionnaire, Threshold};
use shared::response::{AnswerValue, Decimal};
use shared::statistics::robust_z::LIMIT;

/// Number and text of a question.
pub fn question_words(questionnaire: &Questionnaire, index: QuestionIndex) -> String {
    let question = questionnaire.question(index);
    format!("{} {}", question.number, question.label).trim().to_owned()
}

/// What was found, with everything that it was held against.
pub fn sentence(questionnaire: &Questionnaire, finding: &Finding) -> String {
    let Evidence::Outlier(Outlier { plain, per_inhabitants }) = &finding.evidence else {
        return own_words(questionnaire, finding);
    };
    let question = questionnaire.question(finding.question);
    let per_inhabitants = per_inhabitants.map(|per| {
        let (value, median, score) = (rounded(per.value), rounded(per.median), score(per.score));
        format!("人口1万人当たりでも{value}（中央値{median}、頑健zスコア{score}）で、離れています。")
    });
    [said_now(question, finding), among(question, plain), per_inhabitants.unwrap_or_default()].concat()
}

/// The same for the municipality itself: what others answered in this round is not known to it yet.
fn told(questionnaire: &Questionnaire, finding: &Finding) -> String {
    let Evidence::Outlier(Outlier { per_inhabitants, .. }) = &finding.evidence else {
        return own_words(questionnaire, finding);
    };
    let size = if per_inhabitants.is_some() { "人口の規模を考えても、" } else { "" };
    let now = said_now(questionnaire.question(finding.question), finding);
    format!("{now}{size}ほかの団体の値から大きく離れています。")
}

/// A question to the municipality, to begin from.
pub fn inquiry(questionnaire: &Questionnaire, finding: &Finding) -> String {
    let about = question_words(questionnaire, finding.question);
    let told = told(questionnaire, finding);
    format!("「{about}」の回答について確認します。\n{told}\n値が正しいかどうかと、その理由をお知らせください。")
}

/// A reason to send a question back for all that was found about it, to begin from.
pub fn return_reason(questionnaire: &Questionnaire, findings: &[&Finding]) -> String {
    let sentences: Vec<String> = findings.iter().map(|finding| told(questionnaire, finding)).collect();
    format!("{}\n内容を確かめ、必要なときは直してください。", sentences.join("\n"))
}

/// What only the municipality's own answers and the questionnaire say.
fn own_words(questionnaire: &Questionnaire, finding: &Finding) -> String {
    let question = questionnaire.question(finding.question);
    let now = said_now(question, finding);
    match &finding.evidence {
        Evidence::Breach { breach, related } => {
            let message = breach.message(question.constraint_message.as_deref());
            format!("{now}{message}{}", related_words(questionnaire, related))
        }
        Evidence::Unusual { related, reason } => {
            let message = question.soft_message.as_deref().unwrap_or("いつもと違う値です。");
            format!("{now}{message}{}{}", related_words(questionnaire, related), reason_words(reason.as_deref()))
        }
        Evidence::Change { threshold, reason } => {
            let limit = limit(question, *threshold);
            format!("{}（基準：{limit}を超える変化）。{}", change(question, finding), reason_words(reason.as_deref()))
        }
        Evidence::Stages { from, to } => {
            let direction = if to > from { "上がりました" } else { "下がりました" };
            format!("{}。{}段階{direction}。", change(question, finding), from.abs_diff(*to))
        }
        Evidence::Outlier(_) => now,
        Evidence::Blank { required } => {
            let then = finding.then.as_ref().map(|then| format!("前年の回答は「{}」です。", in_words(question, then)));
            let what =
                if *required { "必須の設問が未回答です。" } else { "任意の設問が未回答です。" };
            format!("{what}{}", then.unwrap_or_default())
        }
    }
}

fn said_now(question: &Question, finding: &Finding) -> String {
    let now = finding.now.as_ref().map(|now| format!("回答は「{}」です。", in_words(question, now)));
    now.unwrap_or_default()
}

fn change(question: &Question, finding: &Finding) -> String {
    let words = |answer: &Option<AnswerValue>| answer.as_ref().map_or_else(String::new, |a| in_words(question, a));
    format!("前年の「{}」から「{}」に変わりました", words(&finding.then), words(&finding.now))
}

fn related_words(questionnaire: &Questionnaire, related: &[Related]) -> String {
    let one = |related: &Related| {
        let question = questionnaire.question(related.question);
        let answer = related.answer.as_ref().map_or_else(|| "未回答".to_owned(), |answer| in_words(question, answer));
        format!("{}は「{answer}」", question_words(questionnaire, related.question))
    };
    if related.is_empty() {
        return String::new();
    }
    format!("（{}）", related.iter().map(one).collect::<Vec<_>>().join("、"))
}

fn reason_words(reason: Option<&str>) -> String {
    reason.map_or_else(|| "理由は記入されていません。".to_owned(), |reason| format!("記入された理由：{reason}"))
}

/// 「前年の50％」「20ポイント」「10人」
fn limit(question: &Question, threshold: Threshold) -> String {
    let unit = question.unit.as_deref().unwrap_or_default();
    match threshold {
        Threshold::Percent(_) => format!("前年の{threshold}"),
        Threshold::Absolute(_) if matches!(unit, "%" | "％") => format!("{threshold}ポイント"),
        Threshold::Absolute(_) => format!("{threshold}{unit}"),
    }
}

fn among(question: &Question, place: &Place) -> String {
    let unit = question.unit.as_deref().unwrap_or_default();
    format!(
        "全体の中央値は{}{unit}（n＝{}）、頑健zスコアは{}です（基準：±{LIMIT}）。",
        rounded(place.median),
        place.n,
        score(place.score)
    )
}

/// To one decimal.
pub fn rounded(number: f64) -> String {
    let tenths = Decimal::nearest((number * 10.0).round() / 10.0);
    tenths.map_or_else(|| number.to_string(), |tenths| grouped(&tenths.to_string()))
}

/// With its sign: 「＋12.3」「△4.1」
fn score(score: f64) -> String {
    if score > 0.0 { format!("＋{}", rounded(score)) } else { rounded(score) }
}

#[cfg(test)]
mod tests {
    use shared::questionnaire::evaluation::Breach;

    use super::*;
    use crate::seeds::Seeds;
    use crate::service::setup::seeded_questionnaire;

    fn found(form: &Questionnaire, name: &str, now: Option<i64>, then: Option<i64>, evidence: Evidence) -> Finding {
        let answer = |number: Option<i64>| number.map(AnswerValue::Integer);
        Finding { question: form.find(name).unwrap(), now: answer(now), then: answer(then), evidence }
    }

    #[test]
    fn every_finding_says_what_was_answered_and_what_it_was_held_against() {
        let form = seeded_questionnaire(&Seeds::Embedded).unwrap();
        let related = vec![Related { question: form.find("org_6a").unwrap(), answer: Some(AnswerValue::Integer(3)) }];
        let breach = Evidence::Breach { breach: Breach::Constraint, related };
        let change = Evidence::Change {
            threshold: Threshold::Percent(Decimal::from(50)),
            reason: Some("組織改正".to_owned()),
        };
        for (name, now, then, evidence, words) in [
            (
                "org_6b",
                Some(5),
                None,
                breach,
                "回答は「5人」です。0以上で、DX推進を担当する職員の数以下の整数で入力してください。（体-6 DX推進を担当する職員の数は「3人」）",
            ),
            (
                "org_6a",
                Some(16),
                Some(10),
                change,
                "前年の「10人」から「16人」に変わりました（基準：前年の50％を超える変化）。記入された理由：組織改正",
            ),
            (
                "num_3",
                None,
                Some(1200),
                Evidence::Blank { required: false },
                "任意の設問が未回答です。前年の回答は「1,200件」です。",
            ),
        ] {
            assert_eq!(sentence(&form, &found(&form, name, now, then, evidence)), words);
        }
        let stages = Finding {
            question: form.find("ind_01_1").unwrap(),
            now: Some(AnswerValue::Choice("4".to_owned())),
            then: Some(AnswerValue::Choice("1".to_owned())),
            evidence: Evidence::Stages { from: 1, to: 4 },
        };
        let words = sentence(&form, &stages);
        assert!(words.starts_with("前年の「検討中」から") && words.ends_with("3段階上がりました。"), "{words}");
    }

    #[test]
    fn a_municipality_is_not_told_the_figures_of_others() {
        let form = seeded_questionnaire(&Seeds::Embedded).unwrap();
        let place = |value, median, score| Place { value, median, score, n: 38 };
        let outlier = Outlier { plain: place(4800.0, 20.0, 12.34), per_inhabitants: Some(place(550.04, 3.26, 8.0)) };
        let finding = found(&form, "num_1", Some(4800), None, Evidence::Outlier(outlier));
        assert_eq!(
            sentence(&form, &finding),
            "回答は「4,800件」です。全体の中央値は20件（n＝38）、頑健zスコアは＋12.3です（基準：±3.5）。\
             人口1万人当たりでも550（中央値3.3、頑健zスコア＋8）で、離れています。"
        );
        for text in [inquiry(&form, &finding), return_reason(&form, &[&finding])] {
            assert!(text.contains("4,800件") && text.contains("ほかの団体の値から大きく離れています"), "{text}");
            assert!(!text.contains("20") && !text.contains("38") && !text.contains("12.3"), "{text}");
        }
        let share = Outlier { plain: place(1.0, 20.0, -4.06), per_inhabitants: None };
        let share = sentence(&form, &found(&form, "num_2", Some(1), None, Evidence::Outlier(share)));
        assert!(share.contains("頑健zスコアは△4.1です"), "{share}");
    }
}
