//! A questionnaire in pyxform, the reference implementation of XLSForm.

use std::path::Path;
use std::process::{Command, Stdio};

use crate::workbook::python;

/// Converts a workbook and prints every warning as a line of JSON.
const CONVERT: &str = "
import json, sys
from pyxform.xls2xform import convert
warnings = []
result = convert(sys.argv[1], warnings=warnings)
assert result.xform.startswith('<?xml'), result.xform[:40]
for warning in warnings:
    print(json.dumps(warning))
";

/// Converts the workbook to an XForm and returns pyxform's warnings.
pub fn converted(workbook: &Path) -> Vec<String> {
    let mut command = Command::new(python());
    command.args(["-c", CONVERT]).arg(workbook).stdin(Stdio::null());
    let output = command.output().unwrap_or_else(|e| panic!("pyxform (cargo xtask test installs it): {e}"));
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "pyxform refuses {}: {said}", workbook.display());
    let warnings = String::from_utf8(output.stdout).expect("UTF-8");
    warnings.lines().map(|warning| serde_json::from_str(warning).expect("a line of JSON")).collect()
}
