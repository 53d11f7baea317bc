//! Which column is what, by its heading.

use super::Layout;
use crate::import::fault::Faults;
use crate::import::whose::Whose;

/// Which column is what.
pub(super) struct Columns {
    /// Those that say whose row it is.
    pub(super) whose: Whose,
    /// Wide: the items. Long: the columns that name the item.
    pub(super) items: Vec<usize>,
    /// Long: the column that holds the figure.
    pub(super) value: Option<usize>,
}

impl Columns {
    /// Finds them by their headings.
    pub(super) fn find(headings: &[String], layout: &Layout, faults: &mut Faults) -> Option<Self> {
        let whose = Whose::find(headings, faults)?;
        let (items, value) = match layout {
            Layout::Wide => ((0..headings.len()).filter(|place| !whose.is(*place)).collect::<Vec<_>>(), None),
            Layout::Long { items, value } => {
                let mut missing = false;
                let mut named = |heading: &String| {
                    let found = headings.iter().position(|there| there == heading);
                    if found.is_none() {
                        faults.row(1, format!("「{heading}」という見出しの列がありません。"));
                        missing = true;
                    }
                    found
                };
                let (items, value) = (items.iter().filter_map(&mut named).collect(), named(value));
                if missing {
                    return None;
                }
                (items, value)
            }
        };
        if items.is_empty() {
            faults.row(1, "項目の列がありません。");
            return None;
        }
        Some(Self { whose, items, value })
    }
}
