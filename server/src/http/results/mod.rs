//! `/results`: question by question.
//!
//! - [`asked`]: what an address asks for
//! - [`seen`]: the results as one reader may see them
//! - [`exhibits`]: the exhibits of a question, for its page and for their own addresses

pub mod asked;
pub mod exhibits;
pub mod get;
pub mod question;
pub mod seen;
pub mod year;
