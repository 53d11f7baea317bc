//! `shirabe serve`.

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::process::{Child, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use crate::client::Client;
use crate::installation::Installation;

/// A running server; it is killed when dropped, and fails the test if anything in it panicked.
pub struct Server {
    child: Child,
    address: String,
    installation: Installation,
}

/// Where a server writes its log, in the data directory.
const LOG: &str = "serve.log";

impl Server {
    /// Starts the server with further arguments and waits until it says its address.
    pub fn start(installation: &Installation, arguments: &[&str]) -> Self {
        let mut command = installation.command(&["serve"]);
        if !arguments.contains(&"--listen") {
            command.args(["--listen", "127.0.0.1:0"]);
        }
        let log = File::options().create(true).append(true).open(installation.file(LOG)).expect("a log file");
        let mut child = command.args(arguments).stdout(Stdio::piped()).stderr(log).spawn().expect("shirabe starts");
        let mut lines = BufReader::new(child.stdout.take().expect("piped")).lines();
        let address = lines.find_map(|line| {
            let line = line.expect("output is UTF-8");
            let address = line.trim().strip_prefix("公開ページ")?.trim().trim_end_matches('/');
            Some(address.to_owned())
        });
        // Whatever else it prints must find a reader.
        std::thread::spawn(move || lines.for_each(drop));
        let mut server = Self { child, address: String::new(), installation: installation.clone() };
        server.address = address.unwrap_or_else(|| panic!("the server did not start:\n{}", server.log()));
        server
    }

    /// `http://127.0.0.1:PORT`
    pub fn address(&self) -> &str {
        &self.address
    }

    /// The installation it serves.
    pub fn installation(&self) -> &Installation {
        &self.installation
    }

    /// Somebody who is not signed in.
    pub fn anonymous(&self) -> Client {
        Client::new(&self.address)
    }

    /// The most memory that it held at any time, in bytes.
    pub fn peak_memory(&self) -> u64 {
        let status =
            std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).expect("the process's status");
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).expect("its peak");
        line.trim().trim_end_matches(" kB").parse::<u64>().expect("kilobytes") * 1024
    }

    /// What it logged, and what earlier servers of the installation did.
    pub fn log(&self) -> String {
        std::fs::read_to_string(self.installation.file(LOG)).expect("the log")
    }

    /// Sends SIGTERM and waits for the end.
    pub fn terminate(mut self) -> ExitStatus {
        let kill = format!("kill -TERM {}", self.child.id());
        let sent = std::process::Command::new("sh").args(["-c", &kill]).status().expect("sh starts");
        assert!(sent.success());
        let patience = Instant::now() + Duration::from_secs(30);
        loop {
            if let Some(status) = self.child.try_wait().expect("the server's state") {
                return status;
            }
            assert!(Instant::now() < patience, "the server did not stop");
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // SIGKILL; an error means that it has ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
        if !std::thread::panicking() {
            let log = self.log();
            assert!(!log.contains("panicked"), "{log}");
        }
    }
}
