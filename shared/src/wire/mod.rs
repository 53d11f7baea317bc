//! The JSON that `/api/v1` takes and gives, one file a resource.

mod answer;
mod comparison;
mod exploration;
mod live_form;
mod problem;
mod response;
mod results;
mod round;

pub use answer::{AnswerConflict, SaveAnswer, SavedAnswer};
pub use comparison::{ComparedMaturity, ComparedMunicipality, ComparedRow, ComparisonResult, DoneElsewhere};
pub use exploration::{CountedRow, EffectResult, ExplorationResult, FindingResult, NamedInterval, TestResult};
pub use live_form::{LiveForm, LiveQuestion, Sparse};
pub use problem::{FieldProblem, Problem};
pub use response::{
    ApprovalAct, ApprovalStep, CurrentAnswer, CurrentResponse, QuestionReason, ReceiptOfSubmission, ResponseSummary,
    ReturnOfResponse, StateOfResponse,
};
pub use results::{
    ChoiceOfResult, CountOfResult, NamedMunicipality, NumbersOfResult, QuestionResult, QuestionSummary, ResultLine,
    ResultsEdition, ResultsOfYear, TransitionResult, ValueOfMunicipality, ValuesOfQuestion, WeightedResult,
};
pub use round::{IndicatorResult, PublishedResults, RoundSummary, ShareValue};
