//! `docs/cookbook.md`: what it shows of Python and curl does what it says.

use std::process::{Command, Stdio};

use tests::Installation;
use tests::program::repository;
use tests::workbook::python;

/// The blocks of that language, in order.
fn blocks(language: &str) -> Vec<String> {
    let text = std::fs::read_to_string(repository().join("docs/cookbook.md")).expect("the cookbook");
    let blocks = text.split("\n```").skip(1).step_by(2);
    blocks.filter_map(|block| block.strip_prefix(&format!("{language}\n")).map(str::to_owned)).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_snippets_run() {
    let server = Installation::demo().serve();
    let token = server.visitor("councilmember").await.token("cookbook", &["read"]).await;
    let here = |block: &String| block.replace("https://dx.example.lg.jp", server.address());
    // One process runs each language's blocks in order.
    for (language, mut command, expected) in [
        (
            "python",
            Command::new(python()),
            ["取り組んでいる", "未提出", "joined_concept", "engaged-any", "choice_label", "municipality_name"]
                .as_slice(),
        ),
        ("sh", Command::new("sh"), ["tabulations.csv: OK", "data/data.csv: OK"].as_slice()),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let found = blocks(language);
        assert!(found.len() >= 4, "{language}: {}", found.len());
        let script = found.iter().map(here).collect::<Vec<_>>().join("\n");
        if language == "sh" {
            command.arg("-e");
        }
        command.arg("-c").arg(script).current_dir(folder.path()).env("SHIRABE_TOKEN", &token).stdin(Stdio::null());
        let output = command.output().unwrap_or_else(|error| panic!("{language}: {error}"));
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(output.status.success(), "{language}: {said}{}", String::from_utf8_lossy(&output.stderr));
        for words in expected {
            assert!(said.contains(words), "{language}: {words} is missing in\n{said}");
        }
    }
}
