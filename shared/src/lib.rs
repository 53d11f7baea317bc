//! Shirabe's domain rules.
//!
//! Nothing here reads a clock, draws a random number or touches a file, a network or a database:
//! whatever a rule needs is passed in. Everything compiles to wasm32, so the browser and the server
//! run the same code.

pub mod audit;
pub mod boundary;
pub mod comparison;
pub mod date;
pub mod email;
pub mod exploration;
pub mod fiscal_year;
pub mod indicator;
pub mod invitation;
pub mod job;
pub mod kpi;
pub mod maturity;
pub mod municipality;
pub mod plausibility;
pub mod printed_code;
pub mod publication;
pub mod questionnaire;
pub mod random;
pub mod reminder;
pub mod response;
pub mod roadmap;
pub mod round;
pub mod share;
pub mod statistics;
pub mod tabulation;
pub mod time;
pub mod visibility;
pub mod wire;
