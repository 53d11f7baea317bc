//! Which functions there are, and why others are not.

use std::ops::RangeInclusive;

use shared::questionnaire::expression::Function;

use super::MOST_TOKENS;

/// What there is under a name.
pub(super) enum Known {
    /// A function of the evaluator, and how many arguments it takes.
    Function(Function, RangeInclusive<usize>),
    /// One whose arguments may name repeats.
    OfRepeats,
    /// One that others say.
    Rewritten(RangeInclusive<usize>),
    /// None, and why or what to use instead.
    Not(String),
}

/// The function of that name.
pub(super) fn find(name: &str) -> Known {
    let (function, arity) = match name {
        "abs" => (Function::Abs, 1..=1),
        "boolean" => (Function::Boolean, 1..=1),
        "ceiling" => (Function::Ceiling, 1..=1),
        "coalesce" => (Function::Coalesce, 2..=2),
        "concat" => (Function::Concat, 1..=MOST_TOKENS),
        "contains" => (Function::Contains, 2..=2),
        "count-selected" => (Function::CountSelected, 1..=1),
        "date" => (Function::Date, 1..=1),
        "ends-with" => (Function::EndsWith, 2..=2),
        "false" => (Function::False, 0..=0),
        "floor" => (Function::Floor, 1..=1),
        "if" => (Function::If, 3..=3),
        "int" => (Function::Int, 1..=1),
        "normalize-space" => (Function::NormalizeSpace, 1..=1),
        "not" => (Function::Not, 1..=1),
        "number" => (Function::Number, 1..=1),
        "pow" => (Function::Pow, 2..=2),
        "regex" => (Function::Regex, 2..=2),
        "round" => (Function::Round, 1..=2),
        "selected" => (Function::Selected, 2..=2),
        "selected-at" => (Function::SelectedAt, 2..=2),
        "starts-with" => (Function::StartsWith, 2..=2),
        "string" => (Function::String, 1..=1),
        "string-length" => (Function::StringLength, 1..=1),
        "substr" => (Function::Substr, 2..=3),
        "substring-after" => (Function::SubstringAfter, 2..=2),
        "substring-before" => (Function::SubstringBefore, 2..=2),
        "translate" => (Function::Translate, 3..=3),
        "true" => (Function::True, 0..=0),
        "count" | "count-non-empty" | "indexed-repeat" | "max" | "min" | "position" | "sum" => {
            return Known::OfRepeats;
        }
        "checklist" => return Known::Rewritten(3..=MOST_TOKENS),
        "weighted-checklist" => return Known::Rewritten(4..=MOST_TOKENS),
        "format-date" | "jr:choice-name" => return Known::Rewritten(2..=2),
        other => return Known::Not(reason(other)),
    };
    Known::Function(function, arity)
}

/// Why there is no such function, or what to use instead.
fn reason(name: &str) -> String {
    match name {
        "today" | "now" => "同じ回答の結果が日によって変わります。基準日を date('2026-04-01') のように書いてください。",
        "random" | "randomize" | "uuid" | "once" => "同じ回答の結果が開くたびに変わります。",
        "decimal-date-time" => "日付の差は ${終わりの日} - ${始めの日} で、日数になります。",
        "decimal-time" | "format-date-time" | "date-time" => "時刻は扱いません。",
        "substring" => "ODK Collectでは動きません。substr(文字, 開始, 終了)（0から数える）を使ってください。",
        "boolean-from-string" => "道具によって結果が違います。= '1' のように比べてください。",
        "join" => "concat() を使ってください。",
        "pulldata" | "instance" | "current" | "search" => {
            "外のデータは参照できません。選択肢の列をchoice_filterで使ってください。"
        }
        "jr:itext" => "選択肢の文は jr:choice-name() で得られます。",
        "area" | "distance" | "geofence" => "位置情報は扱いません。",
        _ => {
            return "使える関数：abs boolean ceiling checklist coalesce concat contains count count-non-empty \
                    count-selected date ends-with false floor format-date if indexed-repeat int jr:choice-name max \
                    min normalize-space not number position pow regex round selected selected-at starts-with string \
                    string-length substr substring-after substring-before sum translate true weighted-checklist"
                .to_owned();
        }
    }
    .to_owned()
}
