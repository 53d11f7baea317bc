//! A picture read back as XML, with the rules that every picture keeps.

use std::collections::BTreeMap;

use app::chart::Layout;
use app::chart::text::text_width;

/// A picture read back.
pub struct Drawn {
    svg: String,
    width: i32,
    /// What is written, in order.
    texts: Vec<Text>,
}

struct Text {
    words: String,
    size: i32,
    left: i32,
    baseline: i32,
}

impl Text {
    fn right(&self) -> i32 {
        self.left + text_width(&self.words, self.size)
    }

    /// Whether two texts cover each other; a baseline's descent is little in this font's full-width signs.
    fn covers(&self, other: &Self) -> bool {
        let (above, below) = if self.baseline <= other.baseline { (self, other) } else { (other, self) };
        let apart = self.right() <= other.left || other.right() <= self.left;
        !apart && below.baseline - above.baseline < below.size - 1
    }
}

impl Drawn {
    pub fn read(svg: &str, layout: Layout) -> Self {
        let document = roxmltree::Document::parse(svg).expect("well-formed");
        let texts = document.descendants().filter(|node| node.has_tag_name("text")).map(|node| {
            let number = |name: &str| node.attribute(name).unwrap().parse::<i32>().unwrap();
            let words = node.text().unwrap_or_default().to_owned();
            let (size, x) = (number("font-size"), number("x"));
            let length = text_width(&words, size);
            let left = match node.attribute("text-anchor") {
                None => x,
                Some("middle") => x - length / 2,
                Some("end") => x - length,
                Some(other) => panic!("anchor {other}"),
            };
            Text { words, size, left, baseline: number("y") }
        });
        Self { svg: svg.to_owned(), width: layout.width(), texts: texts.collect() }
    }

    /// Named and described, nothing that is no number, no small text, nothing outside, no text over another.
    pub fn keeps_the_rules(&self, name: &str) {
        let Self { svg, width, texts } = self;
        assert!(!svg.contains("NaN") && !svg.contains(" style=") && !svg.contains("inf"), "{name}");
        assert!(svg.contains(r#"role="img" aria-labelledby="sample-title sample-desc""#), "{name}");
        assert!(!svg.contains("<desc id=\"sample-desc\"></desc>"), "{name} has no description");
        assert!(texts.iter().any(|text| text.words == "デモデータ（架空の回答）"), "{name}");
        for (place, text) in texts.iter().enumerate() {
            let Text { words, size, left, .. } = text;
            assert!(*size >= 12, "{name}: {words} has {size} units");
            assert!(
                *left >= -1 && text.right() <= width + 1,
                "{name}: {words} from {left} to {} of {width}",
                text.right()
            );
            for other in &texts[..place] {
                assert!(!text.covers(other), "{name}: {words} covers {} at {left} {}", other.words, text.baseline);
            }
        }
    }

    /// One element a line.
    pub fn lines(&self) -> String {
        self.svg.replace("><", ">\n<")
    }

    /// All that is written and told, a line each.
    pub fn words(&self) -> String {
        let document = roxmltree::Document::parse(&self.svg).unwrap();
        let told = document.descendants().filter(|node| ["text", "desc"].iter().any(|name| node.has_tag_name(*name)));
        told.filter_map(|node| node.text()).collect::<Vec<_>>().join("\n")
    }

    /// How many elements of each kind, how large, and the first words.
    pub fn structure(&self) -> String {
        let document = roxmltree::Document::parse(&self.svg).unwrap();
        let mut kinds: BTreeMap<&str, usize> = BTreeMap::new();
        for node in document.descendants().filter(roxmltree::Node::is_element) {
            *kinds.entry(node.tag_name().name()).or_default() += 1;
        }
        let counts: Vec<String> = kinds.iter().map(|(name, count)| format!("{name} {count}")).collect();
        let view = document.root_element().attribute("viewBox").unwrap_or_default();
        let first: Vec<&str> = self.texts.iter().take(12).map(|text| text.words.as_str()).collect();
        format!("viewBox {view}\n{}\n{}", counts.join("\n"), first.join("\n"))
    }
}
