//! The JSON that `/api/v1` takes and gives, one file a resource.

mod answer;
mod comparison;
mod computation;
mod dataset;
mod desk;
mod exchange;
mod exhibit;
mod exploration;
mod indicator;
mod kpi;
mod live_form;
mod municipality;
mod problem;
mod publication;
mod questionnaire;
mod response;
mod results;
mod round;
mod share;
mod standing;
mod table;

pub use answer::{AnswerConflict, SaveAnswer, SavedAnswer};
pub use comparison::{ComparedMaturity, ComparedMunicipality, ComparedRow, ComparisonResult, DoneElsewhere};
pub use computation::{
    AnswerOfFigure, AnswersOfFigure, ComputationOfFigure, EngagementInField, FieldOfFigure, PlaceOfFigure,
    RegionOfFigure, StepCounts,
};
pub use dataset::{DatasetOfPeriod, DatasetRows, FileOfDataset};
pub use desk::{AccountSummary, AnswerBesideEarlier, ExtensionOfResponse, MailOfReminder, StepOfExtension};
pub use exchange::{Advice, CorrectionOfAnswer, EventOfResponse, InquiryThread, InquiryWords, SectionOfResponse};
pub use exhibit::ExhibitTable;
pub use exploration::{CountedRow, EffectResult, ExplorationResult, FindingResult, NamedInterval, TestResult};
pub use indicator::{
    BridgeValue, ChangeValue, DefinitionText, IndicatorCounts, IndicatorHistory, IndicatorResult, IndicatorSummary,
    IndicatorYear, IntervalValue, MunicipalityEngagement, PopulationValue, PublishedResults, ReferenceYear,
};
pub use kpi::{ComputedValue, KpiOfLedger, KpiRevision, KpiValue};
pub use live_form::{LiveForm, LiveQuestion, Sparse};
pub use municipality::RegisteredMunicipality;
pub use problem::{FieldProblem, Problem};
pub use publication::{
    AnswerInWords, CorrectedAnswer, CorrectedByRevision, CorrectedFigure, FigureOfRevision, PublishedRevision,
    RevisionOfPublication, WithdrawnRevision,
};
pub use questionnaire::{
    DifferencesOfQuestionnaire, QuestionAskedDifferently, QuestionnaireOfRound, SectionOfQuestionnaire, UnusedQuestion,
};
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
pub use standing::{ChangeOfStage, ChangesOfStages, StandingOfResponse};
pub use table::{ColumnOfTable, TableCell, TableRows};
