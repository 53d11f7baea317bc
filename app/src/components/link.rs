//! An address and its words.

/// A link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// The words shown.
    pub label: String,
    /// Where it leads.
    pub href: String,
}

impl Link {
    /// A link to `href` that reads `label`.
    pub fn new(label: impl Into<String>, href: impl Into<String>) -> Self {
        Self { label: label.into(), href: href.into() }
    }
}
