//! Why a figure does not exist.

/// Why a figure does not exist or must not be shown. Printed instead of a number, never replaced by 0 or NaN.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Undefined {
    /// Nothing to compute from.
    #[error("対象となる値がないため計算できません。絞り込みの条件を確認してください。")]
    NoData,
    /// Fewer values than the method needs.
    #[error("値が{found}件しかないため計算できません。{needed}件以上必要です。")]
    TooFew {
        /// Values needed.
        needed: usize,
        /// Values given.
        found: usize,
    },
    /// Values that do not vary carry no information for this method.
    #[error("値がすべて同じため計算できません。件数をそのまま示してください。")]
    NoVariation,
    /// A row or a column of a table is empty.
    #[error("合計が0の行または列があるため計算できません。その行または列を除いてください。")]
    EmptyMargin,
    /// Every municipality is determined: there is no chance left to describe.
    #[error("全市町村の値が確定しているため、区間や検定は示しません。確定した割合を示してください。")]
    CompleteCensus,
    /// A part is greater than its whole.
    #[error("件数が母数を超えています。集計の範囲を確認してください。")]
    CountExceedsTotal,
    /// Inputs that belong together differ in length.
    #[error("組になる値の個数が異なります。同じ市町村の値を同じ順に指定してください。")]
    LengthsDiffer,
    /// A value is infinite or not a number.
    #[error("数値でない値が含まれています。値のない市町村は除いてください。")]
    NotFinite,
    /// A value lies outside the range of its kind: a probability, a weight, a level, a component of a mean.
    #[error("値が取りうる範囲を外れています。確率は0以上1以下、重みは0以上、信頼水準は0と1の間です。")]
    OutOfRange,
    /// The exact distribution exists only without ties.
    #[error("同じ値が含まれるため正確な方法は使えません。近似による方法を選んでください。")]
    Ties,
    /// The exact distribution would take too long or too much memory.
    #[error("件数が多いため正確な方法では計算できません。近似による方法を選んでください。")]
    TooLarge,
}
