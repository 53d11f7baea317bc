//! Running `shirabe` on the command line.

use std::ffi::OsStr;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::workbook::python;

/// The repository's root.
pub fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The binary under test.
pub fn binary() -> PathBuf {
    let path = std::env::var_os("SHIRABE_BIN")
        .map_or_else(|| repository().join("target").join("debug").join("shirabe"), PathBuf::from);
    assert!(path.is_file(), "{} is missing. Run: cargo xtask test (or cargo build -p server)", path.display());
    path
}

/// The binary with arguments, and nothing of this process's configuration.
pub fn command<A: AsRef<OsStr>>(arguments: impl IntoIterator<Item = A>) -> Command {
    let mut command = Command::new(binary());
    for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("SHIRABE_")) {
        command.env_remove(name);
    }
    command.args(arguments).stdin(Stdio::null());
    command
}

/// How a command ended.
#[derive(Debug)]
pub struct Ended {
    /// Exit code.
    pub code: i32,
    /// Standard output.
    pub stdout: String,
    /// Standard error.
    pub stderr: String,
}

/// Runs a command to its end with that standard input. A panic fails the test, whatever was expected.
pub fn run(mut command: Command, input: &str) -> Ended {
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("shirabe starts");
    // A command that refuses its arguments does not read its input.
    let _ = child.stdin.take().expect("piped").write_all(input.as_bytes());
    let output = child.wait_with_output().expect("shirabe ends");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("output is UTF-8");
    let (stdout, stderr) = (text(output.stdout), text(output.stderr));
    assert!(!stderr.contains("panicked"), "{stderr}");
    Ended { code: output.status.code().unwrap_or_else(|| panic!("ended by a signal: {stderr}")), stdout, stderr }
}

/// Runs a command to its end, and measures the most memory that it held at any time, in bytes.
pub fn run_measured(command: &Command) -> (Ended, u64) {
    const MEASURE: &str = "import resource, subprocess, sys\n\
        code = subprocess.run(sys.argv[2:]).returncode\n\
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss\n\
        open(sys.argv[1], 'w').write(str(peak))\n\
        sys.exit(code if code >= 0 else 128 - code)\n";
    let folder = tempfile::tempdir().expect("a temporary directory");
    let peak = folder.path().join("peak");
    let mut measured = Command::new(python());
    measured.args(["-c", MEASURE]).arg(&peak).arg(command.get_program()).args(command.get_args());
    for (name, _) in command.get_envs().filter(|(_, value)| value.is_none()) {
        measured.env_remove(name);
    }
    let ended = run(measured, "");
    let kilobytes = std::fs::read_to_string(&peak).expect("the peak");
    (ended, kilobytes.parse::<u64>().expect("kilobytes") * 1024)
}

impl Ended {
    /// Requires success and returns the output.
    pub fn done(self) -> String {
        assert_eq!(self.code, 0, "{}{}", self.stdout, self.stderr);
        self.stdout
    }

    /// Requires that exit code and returns what was said about it.
    pub fn refused(self, code: i32) -> String {
        assert_eq!(self.code, code, "{}{}", self.stdout, self.stderr);
        assert!(!self.stderr.trim().is_empty(), "refused without a word");
        self.stderr
    }
}
