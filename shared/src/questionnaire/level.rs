//! 成熟度 as level questions ask it: 0 未着手, 1 検討中, 2 実施予定, 3 一部実施・実証中, 4 実施している.

/// Names of the five choices, in order.
pub const NAMES: [&str; 5] = ["0", "1", "2", "3", "4"];

/// The first stage that counts as doing it.
pub const DOING: u8 = 3;

/// The highest stage: 実施している（本格運用）.
pub const HIGHEST: u8 = 4;
