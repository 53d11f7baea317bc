//! A definition in words: its rule, what counts, what is made of missing answers, out of whom, when.

use super::{Counts, Definition, Denominator, Engagement, FieldRule, FieldTest, Inapplicable, Missing, Quota};

/// 成熟度 as level questions word it, from stage 0.
const STAGES: [&str; 5] = ["未着手", "検討中", "実施予定", "一部実施・実証中", "実施している"];

impl Definition {
    /// 「産業・しごと、暮らし・まち、行政経営のうち2分野以上で取り組んでいると回答した市町村」
    pub fn rule_words(&self) -> String {
        let names: Vec<&str> = self.rule.fields.iter().map(|rule| rule.field.label()).collect();
        let fields = match names.as_slice() {
            [one] => format!("{one}の分野で"),
            _ if self.rule.quota == Quota::All => format!("{}のすべての分野で", names.join("、")),
            _ => format!("{}のうち{}で", names.join("、"), self.rule.quota.words("分野")),
        };
        let tests: Vec<String> = self.rule.fields.iter().map(FieldRule::words).collect();
        if let [one, others @ ..] = tests.as_slice()
            && others.iter().all(|other| other == one)
        {
            return format!("{fields}{one}市町村");
        }
        let each: Vec<String> = names.iter().zip(&tests).map(|(name, test)| format!("{name}は{test}")).collect();
        format!("{fields}当てはまる市町村（{}）", each.join("、"))
    }

    /// Which answers count.
    pub fn counts_words(&self) -> String {
        match &self.counts {
            Counts::Choices(choices) => {
                let codes: Vec<String> = choices.iter().map(|code| format!("「{code}」")).collect();
                format!("選択肢の番号{}の回答を、取り組んでいるものとして数えます。", codes.join("か"))
            }
            Counts::FromStage(stage) => {
                let word = STAGES.get(usize::from(*stage)).copied().unwrap_or_default();
                format!("段階{stage}「{word}」以上の回答を、取り組んでいるものとして数えます。")
            }
        }
    }

    /// What is made of answers that are missing, a sentence each.
    pub fn treatment_words(&self) -> [String; 5] {
        let missing = |missing: Missing| match missing {
            Missing::Undetermined => "未確定とします。",
            Missing::NotEngaged => "取り組んでいないものとします。",
        };
        let inapplicable = |inapplicable: Inapplicable| match inapplicable {
            Inapplicable::Undetermined => "未確定とします。",
            Inapplicable::NotEngaged => "取り組んでいないものとします。",
            Inapplicable::LeftOut => "数える対象（分母）から除きます。",
        };
        [
            format!("無回答は、{}", missing(self.treatment.blank)),
            format!("不明は、{}", missing(self.treatment.unknown)),
            format!("該当なしは、{}", inapplicable(self.treatment.not_applicable)),
            format!("分岐により対象外の設問は、{}", inapplicable(self.treatment.skipped)),
            "未提出の市町村、差戻し中や県の確認前の回答は、未確定とします。".to_owned(),
        ]
    }

    /// Out of whom.
    pub fn denominator_words(&self) -> &'static str {
        match self.denominator {
            Denominator::Register => "調査の対象となるすべての市町村です。未提出の団体も含めます。",
            Denominator::Applicable => {
                "調査の対象となる市町村から、数える設問がすべて対象外の団体を除いた数です。未提出の団体は含めます。"
            }
        }
    }

    /// 「令和5年度から令和7年度まで」「令和5年度から」
    pub fn validity_words(&self) -> String {
        let from = self.valid_from;
        match self.valid_to {
            Some(to) if to == from => format!("{from}のみ"),
            Some(to) => format!("{from}から{to}まで"),
            None => format!("{from}から"),
        }
    }
}

impl FieldRule {
    /// 「半数以上の項目（項目ごとに、いずれか1設問以上）に取り組んでいると回答した」
    pub fn words(&self) -> String {
        match &self.test {
            FieldTest::Question(_) => "取り組んでいると回答した".to_owned(),
            FieldTest::Areas { quota, areas } => {
                let mut quotas: Vec<String> = areas.iter().map(|area| area.quota.words("設問")).collect();
                quotas.dedup();
                let each = quotas.join("、または");
                format!("{}（項目ごとに、{each}）に取り組んでいると回答した", quota.words("項目"))
            }
        }
    }
}

impl Engagement {
    /// 「取り組んでいる」「取り組んでいない」「未確定」
    pub fn label(self) -> &'static str {
        match self {
            Self::Engaged => "取り組んでいる",
            Self::NotEngaged => "取り組んでいない",
            Self::Undetermined => "未確定",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{AreaRule, Field, FieldTest, Role, Rule, Treatment};
    use super::*;
    use crate::fiscal_year::FiscalYear;

    fn definition(quota: &str, fields: Vec<FieldRule>) -> Definition {
        Definition {
            id: "sample".to_owned(),
            version: 1,
            role: Role::Reference,
            official: false,
            title: String::new(),
            description: String::new(),
            valid_from: FiscalYear::new(2023).unwrap(),
            valid_to: FiscalYear::new(2025).ok(),
            rule: Rule { quota: quota.parse().unwrap(), fields },
            counts: Counts::FromStage(3),
            treatment: Treatment { not_applicable: Inapplicable::LeftOut, ..Treatment::default() },
            denominator: Denominator::Applicable,
            source: String::new(),
            note: String::new(),
        }
    }

    fn own(field: Field) -> FieldRule {
        FieldRule { field, test: FieldTest::Question(format!("engaged.{}", field.code())) }
    }

    fn half(field: Field) -> FieldRule {
        let area = AreaRule { name: "観光業".to_owned(), quota: Quota::Any, questions: vec!["q".to_owned()] };
        let quota = "at least 1/2".parse().unwrap();
        FieldRule { field, test: FieldTest::Areas { quota, areas: vec![area] } }
    }

    #[test]
    fn a_rule_reads_as_a_sentence() {
        let words = |quota, fields| definition(quota, fields).rule_words();
        assert_eq!(words("any", vec![own(Field::Living)]), "暮らし・まちの分野で取り組んでいると回答した市町村");
        assert_eq!(
            words("at least 2", Field::ALL.map(own).to_vec()),
            "産業・しごと、暮らし・まち、行政経営のうち2分野以上で取り組んでいると回答した市町村"
        );
        assert_eq!(
            words("all", Field::ALL.map(half).to_vec()),
            "産業・しごと、暮らし・まち、行政経営のすべての分野で半数以上の項目（項目ごとに、いずれか1設問以上）に取り組んでいると回答した市町村"
        );
        assert_eq!(
            words("any", vec![own(Field::Living), half(Field::Industry)]),
            "暮らし・まち、産業・しごとのうちいずれか1分野以上で当てはまる市町村（暮らし・まちは取り組んでいると回答した、産業・しごとは半数以上の項目（項目ごとに、いずれか1設問以上）に取り組んでいると回答した）"
        );
    }

    #[test]
    fn what_counts_and_what_is_missing_read_as_sentences() {
        let sample = definition("any", vec![own(Field::Living)]);
        assert_eq!(sample.counts_words(), "段階3「一部実施・実証中」以上の回答を、取り組んでいるものとして数えます。");
        assert_eq!(sample.treatment_words()[2], "該当なしは、数える対象（分母）から除きます。");
        assert!(sample.denominator_words().contains("除いた数"));
        assert_eq!(sample.validity_words(), "令和5年度（2023年度）から令和7年度（2025年度）まで");
    }
}
