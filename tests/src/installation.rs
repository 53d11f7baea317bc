//! Installations: each test has one of its own, copied from one made once.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, OnceLock};

use tempfile::TempDir;
use tokio::sync::OnceCell;

use crate::client::Client;
use crate::program::{self, Ended};
use crate::server::Server;

/// Password of every account of the demonstration.
pub const DEMO_PASSWORD: &str = "shirabe-demo-2026";
/// Password of every account of [`Installation::prepared`].
pub const PASSWORD: &str = "ねぶた祭り・八月二日から";

/// Accounts of [`Installation::prepared`]: login name, display name, role, municipality. Two officials answer for
/// 青森市.
pub const ACCOUNTS: [(&str, &str, &str, Option<&str>); 7] = [
    ("officer", "県DX推進課 田中", "officer", None),
    ("analyst", "分析担当 伊藤", "analyst", None),
    ("aomori", "企画課 佐藤", "respondent", Some("022012")),
    ("aomori2", "総務課 鈴木", "respondent", Some("022012")),
    ("hirosaki", "企画課 高橋", "respondent", Some("022021")),
    ("hachinohe", "企画課 渡辺", "respondent", Some("022039")),
    ("kuroishi", "企画課 中村", "respondent", Some("022047")),
];

/// A data directory, and for PostgreSQL a database, removed after the last use.
#[derive(Clone)]
pub struct Installation(Arc<Inner>);

struct Inner {
    directory: TempDir,
    database: Database,
}

enum Database {
    /// `shirabe.db` in the directory.
    File,
    /// `demo.db` in the directory.
    Demo,
    /// A database of its own on the server of the tests.
    Postgres { server: String, name: String },
}

/// What a data directory holds.
type Files = Vec<(String, Vec<u8>)>;

impl Installation {
    /// An empty data directory.
    pub fn empty() -> Self {
        Self::new(Database::File, &Files::new())
    }

    /// The demonstration.
    pub fn demo() -> Self {
        static FILES: OnceLock<Files> = OnceLock::new();
        let files = FILES.get_or_init(|| {
            let demo = Self::new(Database::Demo, &Files::new());
            demo.run(&["migrate"]).done();
            demo.files()
        });
        Self::new(Database::Demo, files)
    }

    /// [`ACCOUNTS`] and the round of FY2026 as a draft.
    pub fn prepared() -> Self {
        static FILES: OnceLock<Files> = OnceLock::new();
        let files = FILES.get_or_init(|| {
            let prepared = Self::empty();
            prepared.prepare();
            prepared.files()
        });
        Self::new(Database::File, files)
    }

    /// As [`Self::prepared`], with the round open.
    pub async fn opened() -> Self {
        static FILES: OnceCell<Files> = OnceCell::const_new();
        let open = async || {
            let prepared = Self::prepared();
            let server = prepared.serve();
            server.open_round().await;
            drop(server);
            prepared.files()
        };
        Self::new(Database::File, FILES.get_or_init(open).await)
    }

    /// As [`Self::prepared`], in a new database on the PostgreSQL server of the tests.
    pub fn prepared_on_postgres() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let server = std::env::var("SHIRABE_TEST_POSTGRES").unwrap_or_else(|_| {
            panic!("SHIRABE_TEST_POSTGRES names no PostgreSQL server. Run: cargo xtask test (it starts one)")
        });
        let name = format!("black_box_{}_{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        psql(&server, &format!("CREATE DATABASE {name}"));
        let prepared = Self::new(Database::Postgres { server, name }, &Files::new());
        prepared.run(&["migrate"]).done();
        prepared.prepare();
        prepared
    }

    fn new(database: Database, files: &Files) -> Self {
        let directory = tempfile::tempdir().expect("a temporary directory");
        for (name, bytes) in files {
            std::fs::write(directory.path().join(name), bytes).expect("a data file");
        }
        Self(Arc::new(Inner { directory, database }))
    }

    fn prepare(&self) {
        for (login_name, name, role, municipality) in ACCOUNTS {
            self.add_user(login_name, name, role, municipality);
        }
        self.run(&["round", "add", "2026"]).done();
    }

    /// The data files; what SQLite shares between processes is left out.
    fn files(&self) -> Files {
        let entries = std::fs::read_dir(self.directory()).expect("the data directory");
        let file = |entry: std::io::Result<std::fs::DirEntry>| {
            let path = entry.expect("an entry").path();
            let name = path.file_name().expect("a name").to_string_lossy().into_owned();
            (!name.ends_with("-shm")).then(|| (name, std::fs::read(&path).expect("a data file")))
        };
        // What is kept of publications is made anew.
        let is_file = |entry: &std::io::Result<std::fs::DirEntry>| entry.as_ref().is_ok_and(|e| e.path().is_file());
        entries.filter(is_file).filter_map(file).collect()
    }

    /// The data directory.
    pub fn directory(&self) -> &Path {
        self.0.directory.path()
    }

    /// A file in the data directory.
    pub fn file(&self, name: &str) -> PathBuf {
        self.directory().join(name)
    }

    /// `shirabe` with those arguments on this installation.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = program::command::<&str>([]);
        command.arg("--data-dir").arg(self.directory());
        match &self.0.database {
            Database::File => {}
            Database::Demo => {
                command.arg("--demo");
            }
            Database::Postgres { server, name } => {
                command.arg("--database-url").arg(address(server, name));
            }
        }
        command.args(arguments);
        command
    }

    /// Runs a command to its end.
    pub fn run(&self, arguments: &[&str]) -> Ended {
        program::run(self.command(arguments), "")
    }

    /// Adds an account with [`PASSWORD`].
    pub fn add_user(&self, login_name: &str, name: &str, role: &str, municipality: Option<&str>) {
        let mut command = self.command(&["user", "add", login_name, "--name", name, "--role", role]);
        if let Some(code) = municipality {
            command.args(["--municipality", code]);
        }
        program::run(command, &format!("{PASSWORD}\n")).done();
    }

    /// Lets the official indicator read that one question from that year on, in a version of its own: a round whose
    /// questionnaire lacks what the seeded one reads cannot be opened.
    pub fn read_officially(&self, year: u16, version: u16, concept: &str) {
        let definition = format!(
            r#"
            id = "engaged-any"
            version = {version}
            official = true
            role = "headline"
            title = "取り組んでいる市町村の割合"
            description = "1つの設問で決まります。"
            valid_from = {year}
            counts = {{ choices = ["1"] }}
            source = "試験"
            note = "試験のための定義です。"

            [rule]
            quota = "any"
            fields = [{{ field = "industry", question = "{concept}" }}]
            "#
        );
        let path = self.file("official.toml");
        std::fs::write(&path, definition).expect("a definition");
        self.run(&["indicator", "import", path.to_str().expect("a path in UTF-8")]).done();
    }

    /// Starts the server on a free port.
    pub fn serve(&self) -> Server {
        Server::start(self, &[])
    }

    /// The password of its accounts.
    pub fn password(&self) -> &'static str {
        match self.0.database {
            Database::Demo => DEMO_PASSWORD,
            Database::File | Database::Postgres { .. } => PASSWORD,
        }
    }
}

impl Server {
    /// Opens the round of FY2026 as the officer.
    pub async fn open_round(&self) {
        let officer = self.visitor("officer").await;
        let dates = [("to", "open"), ("reference_date", "2026-04-01T00:00"), ("deadline", "2099-11-30T17:00")];
        officer.post("/desk/2026/state", &dates).await.leads_to("/desk/2026");
    }

    /// A visitor signed in under that name.
    pub async fn visitor(&self, login_name: &str) -> Client {
        let client = self.anonymous();
        client.login(login_name, self.installation().password()).await;
        client
    }
}

impl Drop for Inner {
    fn drop(&mut self) {
        if let Database::Postgres { server, name } = &self.database {
            psql(server, &format!("DROP DATABASE {name} WITH (FORCE)"));
        }
    }
}

/// The server's address with another database.
fn address(server: &str, name: &str) -> String {
    let (host, _) = server.rsplit_once('/').expect("postgres://user@host:port/database");
    format!("{host}/{name}")
}

/// Runs a statement with Debian's client.
fn psql(server: &str, statement: &str) {
    let mut places = vec![PathBuf::from("psql")];
    let versions = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    places.extend(versions.map(|version| version.path().join("bin").join("psql")));
    let run = |place: &PathBuf| {
        Command::new(place)
            .args(["--quiet", "--no-psqlrc", "--set=ON_ERROR_STOP=1", server, "--command", statement])
            .stdin(Stdio::null())
            .output()
            .ok()
    };
    let output = places.iter().find_map(run).expect("psql is missing. Run: sudo apt-get install --yes postgresql");
    // While a failing test unwinds, a second panic would hide why.
    let done = output.status.success() || std::thread::panicking();
    assert!(done, "{statement}: {}", String::from_utf8_lossy(&output.stderr));
}
