//! The JSON that `/api/v1` takes and gives, one file a resource.

mod answer;
mod live_form;
mod problem;
mod response;
mod round;

pub use answer::{SaveAnswer, SavedAnswer};
pub use live_form::{LiveForm, LiveQuestion};
pub use problem::{FieldProblem, Problem};
pub use response::{CurrentAnswer, CurrentResponse, ReceiptOfSubmission, ResponseSummary};
pub use round::{IndicatorResult, PublishedResults, RoundSummary, ShareValue};
