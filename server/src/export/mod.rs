//! Files for analysts and the public. Exports take snapshots, never SQL.

pub mod answers;
pub mod exhibit;
pub mod png;
