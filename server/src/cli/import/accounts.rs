//! `shirabe import accounts`

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::Args;

use super::super::open::open;
use super::super::{Outcome, options::Options};
use super::{only_read, parse_encoding, refused, registered};
use crate::export::text::escaped;
use crate::import::ImportError;
use crate::import::accounts::read;
use crate::import::encoding::Encoding;
use crate::import::file::TableFile;
use crate::import::register::Register;
use crate::service::account_import::Initial;
use crate::store::Changed;

/// `shirabe import accounts`
#[derive(Args)]
pub struct AccountFile {
    /// The file.
    #[arg(help = "CSVファイルかExcelのブック。login_name、display_name、roles、municipality_code、email の列")]
    file: PathBuf,
    /// 初期パスワードを書き出すファイル（新しく作り、自分だけが読めるようにします）
    #[arg(long, required_unless_present = "dry_run")]
    passwords: Option<PathBuf>,
    /// 読み取った内容を表示するだけで、追加しません
    #[arg(long)]
    dry_run: bool,
    /// 文字コード: utf-8、cp932、utf-16le、utf-16be（指定しないときは判定します）
    #[arg(long, value_parser = parse_encoding)]
    encoding: Option<Encoding>,
}

impl AccountFile {
    pub(super) async fn run(self, options: &Options) -> anyhow::Result<Outcome> {
        let file = TableFile::read(&self.file, self.encoding)?;
        println!("{}: {file}", file.name);
        let service = open(options).await?;
        let register = Register::new(service.whole_register().await?, "02");
        let reading = match read(&file, &register) {
            Ok(reading) => reading,
            Err(error) => return refused(error),
        };
        let new = match service.new_accounts(&file.name, &reading).await? {
            Ok(new) => new,
            Err(faults) => return refused(ImportError::Faults(faults)),
        };
        let all = reading.accounts.len();
        println!("{all}件のうち、追加{}件、登録済み{}件", new.len(), all - new.len());
        for named in &new {
            let roles: Vec<_> = named.roles.iter().map(|role| role.label()).collect();
            let municipality = named.municipality.map(|code| format!("、{code}")).unwrap_or_default();
            println!("  {} {}（{}{municipality}）", named.login_name, named.display_name, roles.join("、"));
        }
        if !reading.unused.is_empty() {
            println!("使わない列: {}", reading.unused.join("、"));
        }
        let Some(passwords) = self.passwords.filter(|_| !self.dry_run) else { return Ok(only_read()) };
        if new.is_empty() {
            return Ok(registered(Changed::No));
        }
        let initial = service.initial_passwords(new.iter().copied())?;
        // Before the accounts: a password that could not be written would be nobody's.
        write(&passwords, &initial).with_context(|| format!("{} に書き込めません", passwords.display()))?;
        if let Err(error) = service.add_accounts(&reading.accounts, &initial).await {
            // What cannot be removed holds passwords of no account.
            let _ = fs::remove_file(&passwords);
            return Err(error.into());
        }
        println!("初期パスワードを {} に書き出しました。渡した後は消してください。", passwords.display());
        Ok(registered(Changed::Yes))
    }
}

/// A new file that only its owner may read.
fn write(path: &Path, initial: &[Initial]) -> io::Result<()> {
    let file = private(path)?;
    let written = fill(&file, initial);
    if written.is_err() {
        // Named by the error all the same.
        let _ = fs::remove_file(path);
    }
    written
}

fn private(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    options.open(path)
}

fn fill(file: &File, initial: &[Initial]) -> io::Result<()> {
    let mut bytes = "\u{feff}".as_bytes().to_vec();
    let mut csv = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(&mut bytes);
    csv.write_record(["login_name", "display_name", "initial_password"])?;
    for one in initial {
        csv.write_record([&*one.login_name, &*escaped(&one.display_name), &*one.password])?;
    }
    csv.flush()?;
    drop(csv);
    let mut file = file;
    file.write_all(&bytes)?;
    file.sync_all()
}
