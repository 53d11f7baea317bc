//! What a `type` cell announces.

/// What a row of the survey sheet is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum RowType<'s> {
    BeginGroup,
    BeginRepeat,
    EndGroup,
    EndRepeat,
    Note,
    Text,
    Integer,
    Decimal,
    /// A number between two bounds.
    Range,
    Date,
    Acknowledge,
    Calculate,
    Hidden,
    Select {
        how: Select,
        list: &'s str,
        /// `or_other`: a choice 「その他」 and a text for it come with the question.
        or_other: bool,
    },
}

/// What is done with a choice list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Select {
    One,
    Multiple,
    Rank,
}

impl<'s> RowType<'s> {
    /// Reads a `type` cell; `None` when the type is not supported.
    pub fn parse(cell: &'s str) -> Option<Self> {
        let words: Vec<&str> = cell.split_whitespace().collect();
        Some(match words.as_slice() {
            ["begin_group"] | ["begin", "group"] => Self::BeginGroup,
            ["begin_repeat"] | ["begin", "repeat"] => Self::BeginRepeat,
            ["end_group"] | ["end", "group"] => Self::EndGroup,
            ["end_repeat"] | ["end", "repeat"] => Self::EndRepeat,
            ["note"] => Self::Note,
            ["text"] => Self::Text,
            ["integer" | "int"] => Self::Integer,
            ["decimal"] => Self::Decimal,
            ["range"] => Self::Range,
            ["date"] => Self::Date,
            ["acknowledge" | "trigger"] => Self::Acknowledge,
            ["calculate"] => Self::Calculate,
            ["hidden"] => Self::Hidden,
            ["select_one" | "select1", rest @ ..]
            | ["select", "one", "from", rest @ ..]
            | ["select", "one", rest @ ..] => Self::select(Select::One, rest)?,
            ["select_multiple", rest @ ..]
            | ["select", "all", "that", "apply", "from", rest @ ..]
            | ["select", "all", "that", "apply", rest @ ..]
            | ["select", "multiple", rest @ ..] => Self::select(Select::Multiple, rest)?,
            ["rank", rest @ ..] => Self::select(Select::Rank, rest)?,
            _ => return None,
        })
    }

    fn select(how: Select, rest: &[&'s str]) -> Option<Self> {
        match rest {
            [list] => Some(Self::Select { how, list, or_other: false }),
            [list, "or_other"] | [list, "or", "other"] | [list, "or", "specify", "other"] => {
                Some(Self::Select { how, list, or_other: true })
            }
            _ => None,
        }
    }

    /// The choice list, for selects.
    pub fn list(self) -> Option<&'s str> {
        match self {
            Self::Select { list, .. } => Some(list),
            _ => None,
        }
    }

    /// Whether a choice 「その他」 and a text for it come with the question.
    pub fn has_other(self) -> bool {
        matches!(self, Self::Select { or_other: true, .. })
    }

    /// Whether the answer is a number.
    pub fn is_number(self) -> bool {
        matches!(self, Self::Integer | Self::Decimal | Self::Range)
    }

    /// Whether it is shown to be answered.
    pub fn takes_answer(self) -> bool {
        self.is_number() || matches!(self, Self::Text | Self::Date | Self::Acknowledge | Self::Select { .. })
    }
}

/// What to write instead of a type that is not supported.
pub(super) fn instead_of(cell: &str) -> &'static str {
    let mut words = cell.split_whitespace();
    let (first, second) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    match (first, second) {
        ("geopoint" | "geotrace" | "geoshape" | "start-geopoint", _) => {
            "位置情報は扱いません。場所はtextで聞いてください。"
        }
        ("image" | "photo" | "audio" | "video" | "file" | "background-audio" | "add", _) => {
            "ファイルは受け取りません。公開しているページのURLをtextで聞いてください。"
        }
        ("barcode" | "qrcode" | "time" | "url", _) => "textで聞いてください。",
        ("dateTime" | "datetime", _) => "時刻は扱いません。dateで聞いてください。",
        (
            "select_one_from_file"
            | "select_multiple_from_file"
            | "rank_from_file"
            | "select_one_external"
            | "csv-external"
            | "xml-external"
            | "osm",
            _,
        ) => "ファイルの選択肢は使えません。選択肢をchoicesシートに書いてください。",
        (
            "start" | "end" | "today" | "deviceid" | "subscriberid" | "simserial" | "phonenumber" | "username"
            | "email" | "audit",
            "",
        ) => "回答した人と時刻は、いつも記録します。この行を削除してください。",
        ("begin_loop" | "end_loop", _) | ("begin" | "end", "loop") => {
            "begin_repeatとend_repeatで囲み、repeat_countに最大の回数を書いてください。"
        }
        _ => {
            "使える種類：text、integer、decimal、range、date、select_one リスト名、select_multiple リスト名、\
             rank リスト名、acknowledge、calculate、hidden、note、begin_group、begin_repeat"
        }
    }
}
