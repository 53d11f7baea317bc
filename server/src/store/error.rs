//! What can go wrong in the store.

/// An error of the store. Its text is for the log and the command line; pages say their own sentence.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// What was to be added is there already.
    #[error("すでに登録されています: {0}")]
    Exists(String),
    /// The round does not accept answers or the response is handed in.
    #[error("この回答は現在編集できません。")]
    NotEditable,
    /// The response, round or account does not exist.
    #[error("見つかりません: {0}")]
    NotFound(String),
    /// The database was made by a newer version.
    #[error(
        "データベースの版（{database}）が、このプログラムの版（{binary}）より新しいため開けません。新しい版のshirabeを使ってください。"
    )]
    NewerThanBinary {
        /// Version of the database's schema.
        database: i64,
        /// Newest version this binary knows.
        binary: i64,
    },
    /// The address of the database cannot be understood or reached.
    #[error("データベースに接続できません（{address}）: {reason}")]
    Connect {
        /// The address, without password.
        address: String,
        /// Why.
        reason: String,
    },
    /// A stored value cannot be read back.
    #[error("保存されている値を読み取れません（{place}）: {reason}")]
    Corrupt {
        /// Table and column.
        place: &'static str,
        /// Why.
        reason: String,
    },
    /// The database refused or failed.
    #[error("データベースの処理に失敗しました: {0}")]
    Database(#[from] sqlx::Error),
}
