//! What takes long: done by the server while somebody watches, and begun anew when the server starts again.

/// What a job does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JobKind {
    /// Adds the accounts of a file.
    Accounts,
    /// Makes the annual report's workbook.
    Report,
    /// Makes the public pages into files.
    Site,
    /// Makes a file of a dataset.
    Export,
}

impl JobKind {
    /// All.
    pub const ALL: [Self; 4] = [Self::Accounts, Self::Report, Self::Site, Self::Export];

    /// The code stored.
    pub fn code(self) -> &'static str {
        match self {
            Self::Accounts => "accounts",
            Self::Report => "report",
            Self::Site => "site",
            Self::Export => "export",
        }
    }

    /// The kind of that code.
    pub fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// The words for it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Accounts => "アカウントの追加",
            Self::Report => "年次報告のブックの作成",
            Self::Site => "公開ページのファイルの作成",
            Self::Export => "データのファイルの作成",
        }
    }

    /// What is counted while it goes on, behind a number.
    pub fn unit(self) -> &'static str {
        match self {
            Self::Accounts => "件",
            Self::Report => "枚のシート",
            Self::Site => "個のページとファイル",
            Self::Export => "行",
        }
    }
}

/// How far a job has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JobState {
    /// It is done as soon as there is a place.
    Waiting,
    /// It is under way.
    Running,
    /// It is done.
    Done,
    /// It could not be done.
    Failed,
    /// Somebody stopped it.
    Stopped,
}

impl JobState {
    /// All, in the order of a job's life.
    pub const ALL: [Self; 5] = [Self::Waiting, Self::Running, Self::Done, Self::Failed, Self::Stopped];

    /// The code stored.
    pub fn code(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Running => "running",
            Self::Done => "done",
            Self::Failed => "failed",
            Self::Stopped => "stopped",
        }
    }

    /// The state of that code.
    pub fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }

    /// Whether there is something left to do.
    pub fn is_open(self) -> bool {
        matches!(self, Self::Waiting | Self::Running)
    }
}
