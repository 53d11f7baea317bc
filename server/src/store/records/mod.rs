//! What goes into the store and comes out of it.

mod accounts;
mod answers;
mod boundaries;
mod inquiries;
mod ledger;
mod peer_groups;
mod questions_and_answers;
mod reference;
mod responses;
mod results;
mod roadmap;
mod rounds;
mod section_tasks;

pub use accounts::*;
pub use answers::*;
pub use boundaries::*;
pub use inquiries::*;
pub use ledger::*;
pub use peer_groups::*;
pub use questions_and_answers::*;
pub use reference::*;
pub use responses::*;
pub use results::*;
pub use roadmap::*;
pub use rounds::*;
pub use section_tasks::*;
