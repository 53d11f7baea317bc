//! What goes into the store and comes out of it.

mod accounts;
mod answers;
mod api_tokens;
mod audit;
mod boundaries;
mod extensions;
mod inquiries;
mod ledger;
mod mail;
mod peer_groups;
mod publications;
mod questions_and_answers;
mod reference;
mod responses;
mod roadmap;
mod rounds;
mod second_factor;
mod section_tasks;

pub use accounts::*;
pub use answers::*;
pub use api_tokens::*;
pub use audit::*;
pub use boundaries::*;
pub use extensions::*;
pub use inquiries::*;
pub use ledger::*;
pub use mail::*;
pub use peer_groups::*;
pub use publications::*;
pub use questions_and_answers::*;
pub use reference::*;
pub use responses::*;
pub use roadmap::*;
pub use rounds::*;
pub use second_factor::*;
pub use section_tasks::*;
