//! What runs in the browser.
//!
//! - [`section_form`]: a section's form, checked and saved while it is filled

#[expect(missing_docs, reason = "the island macro makes a struct without documentation")]
pub mod section_form;

pub use section_form::SectionForm;
