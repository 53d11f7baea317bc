//! Why a use case was refused.

use shared::wire::FieldProblem;

use crate::store::StoreError;

/// Result of a use case.
pub type Result<T> = std::result::Result<T, Error>;

/// Why a use case was refused. Texts are shown to people; the store's are logged only.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// It does not exist, or not for this account.
    #[error("見つかりません。")]
    NotFound,
    /// The account's roles do not allow it.
    #[error("この操作を行う権限がありません。")]
    Forbidden,
    /// It cannot be done in the present state.
    #[error("{0}")]
    Refused(String),
    /// Somebody else changed it meanwhile.
    #[error("ほかの人が先に変更しました。画面を読み込み直して、現在の内容を確認してください。")]
    Changed,
    /// Input is wrong, by field.
    #[error("入力に誤りがあります。")]
    Invalid(Vec<FieldProblem>),
    /// The store failed.
    #[error(transparent)]
    Store(StoreError),
    /// Something that should not happen.
    #[error("{0}")]
    Internal(String),
}

impl Error {
    /// One problem of one field.
    pub fn invalid(field: &str, message: impl Into<String>) -> Self {
        Self::Invalid(vec![FieldProblem { field: field.to_owned(), message: message.into() }])
    }
}

impl From<StoreError> for Error {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::NotEditable => {
                Self::Refused("この回答は提出済みか、受付期間外のため、変更できません。".to_owned())
            }
            StoreError::NotFound(_) => Self::NotFound,
            other => Self::Store(other),
        }
    }
}
