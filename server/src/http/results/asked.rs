//! What the query of an address asks for. Nothing in it makes an error page: what is not known is said on the page.

use std::collections::BTreeMap;

use shared::tabulation::{Attribute, Filter, InvalidCondition};

use crate::http::refusal::Refusal;

/// What the query of an address asks for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Asked {
    /// Everything given, the first of each name.
    pairs: BTreeMap<String, String>,
    /// Whom tables count.
    pub filter: Filter,
    /// A condition that selects nothing that exists.
    pub invalid: Option<InvalidCondition>,
}

impl Asked {
    /// Reads the query, without its question mark.
    pub fn read(query: &str) -> Self {
        let mut asked = Self::default();
        for (name, value) in form_urlencoded::parse(query.as_bytes()) {
            asked.pairs.entry(name.into_owned()).or_insert_with(|| value.trim().to_owned());
        }
        for attribute in Attribute::ALL {
            match asked.filter.clone().with(attribute, asked.value(attribute.code())) {
                Ok(filter) => asked.filter = filter,
                Err(invalid) => asked.invalid = asked.invalid.take().or(Some(invalid)),
            }
        }
        asked
    }

    /// What was given under that name; empty for nothing.
    pub fn value(&self, name: &str) -> &str {
        self.pairs.get(name).map_or("", String::as_str)
    }

    /// Whom tables count, for programs: a condition that selects nothing that exists is refused.
    pub fn filter(&self) -> Result<&Filter, Refusal> {
        match &self.invalid {
            Some(invalid) => Err(Refusal::BadRequest(invalid.to_string())),
            None => Ok(&self.filter),
        }
    }

    /// The page of a list, from 1.
    pub fn page(&self) -> usize {
        self.value("page").parse().ok().filter(|page| *page > 0).unwrap_or(1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_read_is_kept_and_named() {
        let asked = Asked::read("region=tosei&kind=county&page=x&region=chunan&%FF&q=%E8%A3%9C%E5%8A%A9");
        assert_eq!((asked.filter.query().as_str(), asked.page(), asked.value("q")), ("region=tosei", 1, "補助"));
        assert_eq!(asked.invalid.unwrap().value, "county");
        assert_eq!(Asked::read(""), Asked::default());
    }
}
