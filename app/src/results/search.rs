//! Finding questions by words.

/// Whether every word of the query stands in one of the texts. Width, case and the kind of kana do not matter; a query
/// without words finds everything.
pub fn matches(query: &str, texts: &[&str]) -> bool {
    let texts: Vec<String> = texts.iter().map(|text| folded(text)).collect();
    folded(query).split_whitespace().all(|word| texts.iter().any(|text| text.contains(word)))
}

/// Full-width letters, digits and signs as ASCII, small letters, hiragana for katakana.
fn folded(text: &str) -> String {
    let fold = |c: char| match c {
        '\u{3000}' => ' ',
        '！'..='～' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        'ァ'..='ヶ' => char::from_u32(u32::from(c) - 0x60).unwrap_or(c),
        '−' | '‐' | '–' => '-',
        other => other,
    };
    text.chars().map(fold).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_whatever_their_width_and_kana() {
        let texts = ["産-6-1", "管内事業者のデジタル化・ＤＸを対象とした補助", "商工業・サービス業"];
        for query in ["", "　", "産－６", "dx 補助", "ＤＸ　さーびす", "デジタル 商工業", "産-6-1"]
        {
            assert!(matches(query, &texts), "{query}");
        }
        for query in ["農業", "dx 農業", "産-6-12"] {
            assert!(!matches(query, &texts), "{query}");
        }
    }
}
