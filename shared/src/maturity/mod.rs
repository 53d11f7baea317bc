//! 成熟度: how far a municipality has come with what the level questions ask, from one answer to the whole.
//!
//! A question has a stage from 0 (未着手) to 4 (実施している). An area's stage is the mean of its questions' stages, all of
//! the same weight; a field's score is a weighted mean of its areas, the whole a weighted mean of the fields. 該当なし and
//! 分岐により対象外 do not concern the municipality and are left out, their weight standing with the others; 無回答 and 不明
//! are undetermined: confirmed is stage 0, possible is stage 4, and the interval shows both. Who did not respond has no
//! score. What is chosen on the way (weights, scale, kind of mean) is a judgement, so a rank comes with the ranks that
//! other judgements give. Named ranks and scores are for members and the municipality itself, never public.
//!
//! OECD/JRC (2008) Handbook on Constructing Composite Indicators, steps 5 to 7 (normalisation, weighting and aggregation,
//! robustness).
//!
//! - [`stage`]: what one answer says
//! - [`stages`]: several answers of one municipality, with what is undetermined
//! - [`scale`]: an area's stage made comparable with other areas'
//! - [`weights`]: how much areas and fields count, chosen or drawn
//! - [`score`]: one municipality's score with its interval
//! - [`ranks`]: what other choices would make of the order

pub mod ranks;
pub mod scale;
pub mod score;
pub mod stage;
pub mod stages;
pub mod weights;

pub use ranks::{rank_intervals, ranks_without_one_area};
pub use scale::{Scale, ScaleKind};
pub use score::{Score, score};
pub use stage::{DOING, HIGHEST, done_share, is_level, is_planned, stage};
pub use stages::Stages;
pub use weights::{AreaWeights, FieldWeights, Weights};
