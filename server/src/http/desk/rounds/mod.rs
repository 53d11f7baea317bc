//! Rounds: starting the next one.
pub mod new;
