//! A Postgres server in a temporary folder, for as long as the tests run.

use crate::process::{output, program};
use anyhow::{Context, Result, bail};
use std::fs;
use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, Stdio};

/// Starts the server and waits for the end of its standard input, which comes whichever way xtask ends: then it stops
/// the server and removes the folder. Arguments: the folder of Postgres's programs, the port.
const KEEPER: &str = r#"
set -eu
programs=$1 port=$2
# Not $TMPDIR, which may be closed to another user.
folder=$(mktemp -d /tmp/shirabe-postgres.XXXXXX)
trap 'rm -rf "$folder"' EXIT
"$programs/initdb" --pgdata="$folder/data" --username=postgres --auth=trust \
    --locale=C.UTF-8 --encoding=UTF8 --no-sync >"$folder/log" 2>&1 || { cat "$folder/log"; exit 1; }
"$programs/postgres" -D "$folder/data" -h 127.0.0.1 -p "$port" -k "$folder" \
    -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=200 \
    </dev/null >"$folder/log" 2>&1 &
server=$!
tries=0
until "$programs/pg_isready" --quiet --host=127.0.0.1 --port="$port"; do
    tries=$((tries + 1))
    if [ "$tries" -gt 300 ] || ! kill -0 "$server" 2>/dev/null; then cat "$folder/log"; exit 1; fi
    sleep 0.1
done
echo ready
cat >/dev/null
kill -INT "$server"
wait "$server" || true
"#;

/// A running server; it stops when this is dropped.
pub struct Postgres {
    keeper: Child,
    port: u16,
}

impl Postgres {
    /// Makes a database cluster and starts its server on a free port of the loopback interface.
    pub fn start(programs: &Path) -> Result<Self> {
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let mut keeper = program("sh");
        keeper.args(["-c", KEEPER, "keeper"]).arg(programs).arg(port.to_string());
        // The repository may be closed to another user.
        keeper.current_dir("/").stdin(Stdio::piped()).stdout(Stdio::piped());
        // Ctrl-C at the terminal must not kill the keeper before it has cleaned up.
        keeper.process_group(0);
        if output(program("id").arg("-u"))? == "0" {
            // PostgreSQL refuses to run as root.
            let (user, group) = unprivileged(&fs::read_to_string("/etc/passwd")?)
                .context("no user postgres. Run: sudo apt-get install --yes postgresql")?;
            keeper.uid(user).gid(group);
        }
        let mut keeper = keeper.spawn().context("cannot start sh")?;
        let mut said = String::new();
        if let Some(stdout) = keeper.stdout.take() {
            for line in BufReader::new(stdout).lines() {
                let line = line?;
                if line == "ready" {
                    return Ok(Self { keeper, port });
                }
                said += &line;
                said.push('\n');
            }
        }
        keeper.wait()?;
        bail!("PostgreSQL did not start:\n{said}")
    }

    /// Where a superuser without password connects.
    pub fn url(&self) -> String {
        format!("postgres://postgres@127.0.0.1:{}/postgres", self.port)
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        drop(self.keeper.stdin.take());
        if let Err(error) = self.keeper.wait() {
            eprintln!("PostgreSQL may still be running: {error}");
        }
    }
}

/// User and group id of the account that Debian's package made.
fn unprivileged(passwd: &str) -> Option<(u32, u32)> {
    let mut fields = passwd.lines().find(|line| line.starts_with("postgres:"))?.split(':').skip(2);
    Some((fields.next()?.parse().ok()?, fields.next()?.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::process::succeeds;
    use crate::setup::postgres_programs;

    #[test]
    fn the_server_answers_until_it_is_dropped() {
        let programs = postgres_programs().unwrap();
        let postgres = Postgres::start(&programs).unwrap();
        let url = postgres.url();
        let answers = || succeeds(program(programs.join("psql")).args(["--command=select 1", &url]));
        assert!(answers());
        drop(postgres);
        assert!(!answers());
    }

    #[test]
    fn the_account_is_found_by_its_whole_name() {
        let passwd =
            "root:x:0:0:root:/root:/bin/bash\npostgresql:x:7:7::/:\npostgres:x:101:104:Admin,,,:/var/lib:/bin/sh\n";
        assert_eq!(unprivileged(passwd), Some((101, 104)));
        assert_eq!(unprivileged("root:x:0:0:root:/root:/bin/bash\n"), None);
    }
}
