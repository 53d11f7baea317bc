//! The JSON that `/api/v1` takes and gives, one file a resource.

mod answer;
mod exploration;
mod live_form;
mod problem;
mod response;
mod round;

pub use answer::{AnswerConflict, SaveAnswer, SavedAnswer};
pub use exploration::{CountedRow, EffectResult, ExplorationResult, FindingResult, NamedInterval, TestResult};
pub use live_form::{LiveForm, LiveQuestion, Sparse};
pub use problem::{FieldProblem, Problem};
pub use response::{
    ApprovalAct, ApprovalStep, CurrentAnswer, CurrentResponse, QuestionReason, ReceiptOfSubmission, ResponseSummary,
    ReturnOfResponse, StateOfResponse,
};
pub use round::{IndicatorResult, PublishedResults, RoundSummary, ShareValue};
