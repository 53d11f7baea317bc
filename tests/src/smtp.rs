//! A real mail server on the loopback interface (aiosmtpd), stopped when dropped.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

use crate::program::repository;
use crate::workbook::python;

/// Where the messages go; servers that follow one another may share it.
pub struct Mailbox(TempDir);

/// A running mail server. What it does with a recipient stands in `readers/smtp_server.py`.
pub struct MailServer {
    child: Child,
    port: u16,
}

impl Mailbox {
    /// An empty one.
    pub fn empty() -> Self {
        Self(tempfile::tempdir().expect("a temporary directory"))
    }

    /// What was taken, in order: recipient and message as sent.
    pub fn messages(&self) -> Vec<String> {
        let mut messages = Vec::new();
        while let Ok(bytes) = std::fs::read(self.0.path().join(format!("{}.eml", messages.len() + 1))) {
            messages.push(String::from_utf8(bytes).expect("messages are ASCII"));
        }
        messages
    }

    /// Waits until so many messages have been taken.
    pub async fn wait_for(&self, count: usize) -> Vec<String> {
        let patience = Instant::now() + Duration::from_mins(3);
        loop {
            let messages = self.messages();
            if messages.len() >= count {
                return messages;
            }
            assert!(Instant::now() < patience, "{count} messages were expected: {messages:#?}");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }
}

impl MailServer {
    /// Starts one on a port; 0 for any.
    pub fn start(mailbox: &Mailbox, port: u16) -> Self {
        let script = repository().join("tests/readers/smtp_server.py");
        let mut command = Command::new(python());
        command.arg(script).arg(mailbox.0.path()).arg(port.to_string()).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.spawn().expect("aiosmtpd is missing. Run: cargo xtask test (it installs it)");
        let mut line = String::new();
        let stdout = child.stdout.take().expect("piped");
        BufReader::new(stdout).read_line(&mut line).expect("its port");
        let port = line.trim().parse().expect("a port");
        Self { child, port }
    }

    /// Its port.
    pub fn port(&self) -> u16 {
        self.port
    }
}

impl Drop for MailServer {
    fn drop(&mut self) {
        // SIGKILL; an error means that it has ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
