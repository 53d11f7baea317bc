//! Reading HTML as a browser does: text, links, and what a form would send.

/// A parsed page.
#[derive(Debug)]
pub struct Page(Vec<Part>);

#[derive(Debug)]
enum Part {
    Start(Tag),
    End(String),
    Text(String),
}

/// A start tag.
#[derive(Debug, Clone)]
pub struct Tag {
    /// Its name, in lower case.
    pub name: String,
    /// Its attributes, values decoded; those without a value have an empty one.
    pub attributes: Vec<(String, String)>,
}

impl Tag {
    /// An attribute's value.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(n, _)| n == name).map(|(_, value)| value.as_str())
    }
}

/// What a form would send.
#[derive(Debug, Clone)]
pub struct Form {
    /// Where to.
    pub action: String,
    /// Names and values, in the page's order.
    pub fields: Vec<(String, String)>,
}

impl Form {
    /// Replaces the values of a field.
    pub fn set(&mut self, name: &str, values: &[&str]) {
        self.fields.retain(|(n, _)| n != name);
        self.fields.extend(values.iter().map(|value| (name.to_owned(), (*value).to_owned())));
    }

    /// Names and values, to be sent.
    pub fn borrowed(&self) -> Vec<(&str, &str)> {
        self.fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect()
    }

    /// A field's values.
    pub fn values(&self, name: &str) -> Vec<&str> {
        self.fields.iter().filter(|(n, _)| n == name).map(|(_, value)| value.as_str()).collect()
    }
}

impl Page {
    /// Parses the HTML that leptos writes.
    pub fn read(html: &str) -> Self {
        let mut parts = Vec::new();
        let mut rest = html;
        while let Some(at) = rest.find('<') {
            push_text(&mut parts, &rest[..at]);
            rest = &rest[at..];
            if let Some(comment) = rest.strip_prefix("<!--") {
                rest = after(comment, "-->");
            } else if rest.starts_with("<!") {
                rest = after(rest, ">");
            } else if let Some(end) = rest.strip_prefix("</") {
                let name = end.split('>').next().unwrap_or_default().trim().to_ascii_lowercase();
                parts.push(Part::End(name));
                rest = after(end, ">");
            } else {
                let (tag, behind) = start_tag(&rest[1..]);
                rest = behind;
                let raw = matches!(tag.name.as_str(), "script" | "style");
                let end = format!("</{}>", tag.name);
                parts.push(Part::Start(tag));
                if raw {
                    rest = &rest[rest.find(&end).unwrap_or(rest.len())..];
                }
            }
        }
        push_text(&mut parts, rest);
        Self(parts)
    }

    /// All words, without tags and scripts.
    pub fn text(&self) -> String {
        texts(&self.0)
    }

    /// Every start tag.
    pub fn tags(&self) -> impl Iterator<Item = &Tag> {
        self.0.iter().filter_map(|part| match part {
            Part::Start(tag) => Some(tag),
            Part::End(_) | Part::Text(_) => None,
        })
    }

    /// The tag with that id.
    pub fn tag(&self, id: &str) -> Option<&Tag> {
        self.tags().find(|tag| tag.attribute("id") == Some(id))
    }

    /// The words of every element that `wanted` accepts.
    pub fn texts_of(&self, wanted: impl Fn(&Tag) -> bool) -> Vec<String> {
        let starts = self.0.iter().enumerate().filter(|(_, part)| matches!(part, Part::Start(tag) if wanted(tag)));
        starts.map(|(at, _)| texts(self.element(at))).collect()
    }

    /// The words of the element with that id.
    pub fn text_of(&self, id: &str) -> String {
        let found = self.texts_of(|tag| tag.attribute("id") == Some(id));
        found.into_iter().next().unwrap_or_else(|| panic!("no element {id} in {}", self.text()))
    }

    /// The words of each row of every table.
    pub fn rows(&self) -> Vec<Vec<String>> {
        let starts = self.0.iter().enumerate().filter(|(_, part)| matches!(part, Part::Start(tag) if tag.name == "tr"));
        let cells = |row: &[Part]| {
            let starts = row
                .iter()
                .enumerate()
                .filter(|(_, part)| matches!(part, Part::Start(tag) if matches!(tag.name.as_str(), "th" | "td")));
            starts.map(|(at, _)| texts(element(row, at)).trim().to_owned()).collect()
        };
        starts.map(|(at, _)| cells(self.element(at))).collect()
    }

    /// Every address of a link on this site, without its fragment.
    pub fn links(&self) -> Vec<String> {
        let hrefs = self.tags().filter(|tag| tag.name == "a").filter_map(|tag| tag.attribute("href"));
        let local = hrefs.filter(|href| href.starts_with('/'));
        local.map(|href| href.split('#').next().unwrap_or_default().to_owned()).collect()
    }

    /// What the form with that action would send now.
    pub fn form(&self, action: &str) -> Form {
        let is_form = |part: &Part| matches!(part, Part::Start(tag) if tag.name == "form" && tag.attribute("action") == Some(action));
        let at = self.0.iter().position(is_form).unwrap_or_else(|| panic!("no form {action} in {}", self.text()));
        Form { action: action.to_owned(), fields: fields(self.element(at)) }
    }

    /// What the form with that id would send now.
    pub fn fields_of(&self, id: &str) -> Vec<(String, String)> {
        let is_form = |part: &Part| matches!(part, Part::Start(tag) if tag.attribute("id") == Some(id));
        let at = self.0.iter().position(is_form).unwrap_or_else(|| panic!("no form {id} in {}", self.text()));
        fields(self.element(at))
    }

    fn element(&self, at: usize) -> &[Part] {
        element(&self.0, at)
    }
}

/// What the controls among those parts send.
fn fields(parts: &[Part]) -> Vec<(String, String)> {
    let controls = parts.iter().enumerate().filter_map(|(at, part)| match part {
        Part::Start(tag) if tag.name == "select" => chosen(tag, element(parts, at)),
        Part::Start(tag) => field(tag, || texts(element(parts, at))),
        Part::End(_) | Part::Text(_) => None,
    });
    controls.collect()
}

/// What a list sends: the option that is selected, otherwise the first one.
fn chosen(tag: &Tag, parts: &[Part]) -> Option<(String, String)> {
    let name = tag.attribute("name").filter(|name| !name.is_empty())?.to_owned();
    let options = || {
        parts.iter().filter_map(|part| match part {
            Part::Start(option) if option.name == "option" => Some(option),
            Part::Start(_) | Part::End(_) | Part::Text(_) => None,
        })
    };
    let option = options().find(|option| option.attribute("selected").is_some()).or_else(|| options().next())?;
    Some((name, option.attribute("value").unwrap_or_default().to_owned()))
}

/// What one control sends, if anything.
fn field(tag: &Tag, content: impl Fn() -> String) -> Option<(String, String)> {
    let name = tag.attribute("name").filter(|name| !name.is_empty())?.to_owned();
    let value = || tag.attribute("value").unwrap_or_default().to_owned();
    match (tag.name.as_str(), tag.attribute("type")) {
        ("input", Some("radio" | "checkbox")) => tag.attribute("checked").map(|_| (name, value())),
        ("input", _) => Some((name, value())),
        // The parser drops one line feed after the start tag.
        ("textarea", _) => {
            let content = content();
            Some((name, content.strip_prefix('\n').unwrap_or(&content).to_owned()))
        }
        _ => None,
    }
}

/// The parts of the element that starts there, its tags included.
fn element(parts: &[Part], at: usize) -> &[Part] {
    let Part::Start(tag) = &parts[at] else { return &parts[at..=at] };
    if matches!(tag.name.as_str(), "input" | "br" | "link" | "meta" | "img") {
        return &parts[at..=at];
    }
    let mut depth = 0;
    for (offset, part) in parts[at..].iter().enumerate() {
        match part {
            Part::Start(inner) if inner.name == tag.name => depth += 1,
            Part::End(name) if *name == tag.name => depth -= 1,
            Part::Start(_) | Part::End(_) | Part::Text(_) => {}
        }
        if depth == 0 {
            return &parts[at..=at + offset];
        }
    }
    &parts[at..]
}

fn texts(parts: &[Part]) -> String {
    let text = |part: &Part| match part {
        Part::Text(text) => Some(text.clone()),
        Part::Start(_) | Part::End(_) => None,
    };
    parts.iter().filter_map(text).collect()
}

fn push_text(parts: &mut Vec<Part>, text: &str) {
    if !text.is_empty() {
        parts.push(Part::Text(decode(text)));
    }
}

/// What follows the mark.
fn after<'a>(text: &'a str, mark: &str) -> &'a str {
    text.find(mark).map_or("", |at| &text[at + mark.len()..])
}

/// Reads a start tag from behind its `<`.
fn start_tag(text: &str) -> (Tag, &str) {
    let name_end = text.find(|c: char| c.is_whitespace() || c == '>' || c == '/').unwrap_or(text.len());
    let mut tag = Tag { name: text[..name_end].to_ascii_lowercase(), attributes: Vec::new() };
    let mut rest = &text[name_end..];
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
        if rest.is_empty() || rest.starts_with('>') {
            return (tag, rest.get(1..).unwrap_or_default());
        }
        let end = rest.find(|c: char| c.is_whitespace() || matches!(c, '=' | '>' | '/')).unwrap_or(rest.len());
        let name = rest[..end].to_ascii_lowercase();
        rest = &rest[end..];
        let mut value = "";
        if let Some(given) = rest.strip_prefix('=') {
            let quote = given.chars().next().filter(|c| matches!(c, '"' | '\''));
            let (start, end) = match quote {
                Some(quote) => (1, given[1..].find(quote).map_or(given.len(), |at| at + 1)),
                None => (0, given.find(|c: char| c.is_whitespace() || c == '>').unwrap_or(given.len())),
            };
            value = &given[start..end];
            rest = given[end..].trim_start_matches(|c| Some(c) == quote);
        }
        tag.attributes.push((name, decode(value)));
    }
}

fn decode(text: &str) -> String {
    let named = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#x27;", "'"), ("&#39;", "'"), ("&amp;", "&")];
    named.iter().fold(text.to_owned(), |text, (from, to)| text.replace(from, to))
}
