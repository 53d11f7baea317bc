//! The JSON that `/api/v1` takes and gives, one file a resource.

mod answer;
mod comparison;
mod exploration;
mod indicator;
mod live_form;
mod problem;
mod response;
mod results;
mod round;
mod share;

pub use answer::{AnswerConflict, SaveAnswer, SavedAnswer};
pub use comparison::{ComparedMaturity, ComparedMunicipality, ComparedRow, ComparisonResult, DoneElsewhere};
pub use exploration::{CountedRow, EffectResult, ExplorationResult, FindingResult, NamedInterval, TestResult};
pub use indicator::{
    BridgeValue, ChangeValue, DefinitionText, IndicatorCounts, IndicatorHistory, IndicatorResult, IndicatorYear,
    IntervalValue, MunicipalityEngagement, PopulationValue, PublishedResults, ReferenceYear,
};
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
pub use round::RoundSummary;
pub use share::ShareValue;
