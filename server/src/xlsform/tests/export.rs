//! Forms written as workbooks and read again.

use std::path::Path;

use shared::questionnaire::Questionnaire;

use super::super::{compile, export, read};
use super::shown;

fn forms() -> Vec<Questionnaire> {
    let folders = ["src/xlsform/testdata/small", "src/xlsform/testdata/full", "../seeds/questionnaires/2026"];
    let form = |folder: &str| {
        let compilation = compile(&read(&Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)).unwrap());
        assert_eq!(shown(&compilation), "", "{folder}");
        compilation.questionnaire.unwrap()
    };
    folders.map(form).into()
}

#[test]
fn a_form_written_and_read_again_is_the_same() {
    let folder = tempfile::tempdir().unwrap();
    for form in forms() {
        let path = folder.path().join(format!("{}.xlsx", form.form_id));
        std::fs::write(&path, export::workbook(&form.source).unwrap()).unwrap();
        let again = compile(&read(&path).unwrap());
        assert_eq!(shown(&again), "", "{}", form.form_id);
        assert!(again.questionnaire.unwrap() == form, "{} has changed", form.form_id);
    }
}

#[test]
fn the_same_form_gives_the_same_bytes() {
    for form in forms() {
        assert!(export::workbook(&form.source).unwrap() == export::workbook(&form.source).unwrap(), "{}", form.form_id);
    }
}
