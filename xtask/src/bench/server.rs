//! The server under measurement, on a database of its own.

use super::client::{Account, Client};
use crate::process::{program, succeed};
use anyhow::{Context, Result, bail};
use std::fs::{self, File};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// A running server; it stops when this is dropped.
pub struct Server {
    process: Child,
    address: String,
    output: PathBuf,
}

impl Server {
    /// Starts the server with demonstration data in a folder, waits until it is healthy and says how long that took.
    pub fn start(binary: &Path, folder: &Path, patience: Duration) -> Result<(Self, Duration)> {
        Self::start_with(&["--demo"], binary, folder, patience)
    }

    /// The same with other options than those for demonstration data.
    pub fn start_with(options: &[&str], binary: &Path, folder: &Path, patience: Duration) -> Result<(Self, Duration)> {
        let listen = TcpListener::bind("127.0.0.1:0")?.local_addr()?.to_string();
        let output = folder.join("output.txt");
        let file = File::create(&output).with_context(|| output.display().to_string())?;
        let client = Client::new(&format!("http://{listen}"));
        let start = Instant::now();
        let process = program(binary)
            // One client asks as often as a whole prefecture would.
            .args(["serve", "--rate-limit", "1000000", "--listen", &listen, "--data-dir"])
            .arg(folder)
            .args(options)
            .stdin(Stdio::null())
            .stdout(file)
            .spawn()
            .with_context(|| binary.display().to_string())?;
        let mut server = Self { process, address: format!("http://{listen}"), output };
        while !client.get("/healthz").is_ok_and(|answer| answer.status == 200) {
            if let Some(status) = server.process.try_wait()? {
                bail!("the server ended with {status}");
            }
            if start.elapsed() > patience {
                bail!("the server was not healthy after {patience:?}");
            }
            sleep(Duration::from_millis(1));
        }
        Ok((server, start.elapsed()))
    }

    /// `http://HOST:PORT`
    pub fn address(&self) -> &str {
        &self.address
    }

    /// The demonstration account that the server prints for a respondent.
    pub fn respondent(&self) -> Result<Account> {
        self.account("回答者")
    }

    /// The demonstration account that the server prints for an officer.
    pub fn officer(&self) -> Result<Account> {
        self.account("県担当")
    }

    fn account(&self, role: &str) -> Result<Account> {
        let start = Instant::now();
        loop {
            let printed = fs::read_to_string(&self.output)?;
            if let Some(account) = account_of(&printed, role) {
                return Ok(account);
            }
            if start.elapsed() > Duration::from_secs(5) {
                bail!("the server printed no account of a {role}:\n{printed}");
            }
            sleep(Duration::from_millis(10));
        }
    }

    /// Resident memory in MB; 1 MB is 1,000,000 bytes.
    pub fn resident_memory(&self) -> Result<f64> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.process.id()))?;
        resident_kib(&status).map(|kib| f64::from(kib) * 1024.0 / 1e6).context("no VmRSS in /proc")
    }

    /// Asks the server to stop and waits for it.
    pub fn stop(mut self) -> Result<()> {
        succeed(program("kill").arg("-TERM").arg(self.process.id().to_string()))?;
        self.process.wait()?;
        Ok(())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Both only fail when the process has ended already.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// All demonstration accounts have one password; the line of a role begins with the login name.
fn account_of(printed: &str, role: &str) -> Option<Account> {
    let (_, password) = printed.split_once("パスワードはすべて ")?;
    let (password, accounts) = password.split_once('）')?;
    let login_name = accounts.lines().find(|line| line.contains(role))?.split_whitespace().next()?;
    Some(Account { login_name: login_name.to_owned(), password: password.to_owned() })
}

fn resident_kib(status: &str) -> Option<u32> {
    status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?.trim().strip_suffix(" kB")?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_account_is_read_from_what_the_server_prints() {
        let printed = "調べ（shirabe 0.1.0）\n  ログイン      http://127.0.0.1:3000/login\n  \
            デモデータ（架空の回答）のアカウント（パスワードはすべて one-two）\n    officer   県DX推進課 県担当\n    \
            m022012   青森市 回答者（m のあとに市町村コード）\n";
        let account = Account { login_name: "m022012".into(), password: "one-two".into() };
        assert_eq!(account_of(printed, "回答者"), Some(account));
        assert_eq!(account_of(printed, "県担当").map(|account| account.login_name), Some("officer".to_owned()));
        assert_eq!(account_of("調べ（shirabe 0.1.0）\n", "回答者"), None);
    }

    #[test]
    fn resident_memory_is_read_in_kib() {
        assert_eq!(resident_kib("Name:\tshirabe\nVmRSS:\t   51200 kB\nThreads:\t4\n"), Some(51200));
        assert_eq!(resident_kib("Name:\tshirabe\n"), None);
    }
}
