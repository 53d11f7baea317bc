//! Bodies that a thread writes while the client reads: nothing is held whole, and a client that goes away ends the work.

use std::collections::HashMap;
use std::io::{self, Write};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::body::{Body, Bytes};
use tokio::runtime::Handle;
use tokio::sync::{Semaphore, mpsc};
use tokio_stream::wrappers::ReceiverStream;

use crate::export::format::{Export, Form, Hashing};

/// Files that are written at a time; whoever comes then waits for a place.
const PLACES: usize = 8;
/// Bytes handed over at a time, and how many such pieces wait for the client.
const PIECE: usize = 1 << 16;
const PIECES: usize = 8;
/// A client that takes nothing for so long has gone away.
const PATIENCE: Duration = Duration::from_mins(1);

/// What is known of a file once it was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facts {
    /// Rows without the heading.
    pub rows: u64,
    /// Its size.
    pub bytes: u64,
    /// Of all its bytes, in hexadecimal.
    pub sha256: String,
}

/// Files under way, and what is known of those that cannot change.
pub struct Downloads {
    places: Arc<Semaphore>,
    facts: Mutex<HashMap<String, Facts>>,
    /// Held by the one task that works out sizes for the page.
    pub measuring: tokio::sync::Mutex<()>,
}

impl Default for Downloads {
    fn default() -> Self {
        Self {
            places: Arc::new(Semaphore::new(PLACES)),
            facts: Mutex::default(),
            measuring: tokio::sync::Mutex::default(),
        }
    }
}

impl Downloads {
    /// What is known of the file.
    pub fn known(&self, export: &Export, form: Form) -> Option<Facts> {
        self.facts.lock().unwrap_or_else(PoisonError::into_inner).get(&key(export, form)?).cloned()
    }

    /// Whether what is known of the file stays true.
    pub fn may_keep(&self, export: &Export, form: Form) -> bool {
        key(export, form).is_some()
    }

    fn learn(&self, key: Option<String>, facts: &Facts) {
        if let Some(key) = key {
            self.facts.lock().unwrap_or_else(PoisonError::into_inner).insert(key, facts.clone());
        }
    }

    /// Makes the file without keeping it, for what is to be known of it.
    pub fn measure(&self, export: &Export, form: Form, rows: u64) -> io::Result<Facts> {
        if let Some(known) = self.known(export, form) {
            return Ok(known);
        }
        let mut hashing = Hashing::new(io::sink());
        export.write(form, rows, &mut hashing)?;
        let (bytes, sha256) = hashing.finish();
        let facts = Facts { rows, bytes, sha256 };
        self.learn(key(export, form), &facts);
        Ok(facts)
    }

    /// The file as a body, written by a thread of its own as fast as the client reads.
    pub async fn body(self: Arc<Self>, export: Export, form: Form, rows: u64) -> Body {
        // The places are never closed.
        let place = self.places.clone().acquire_owned().await.ok();
        let (sender, receiver) = mpsc::channel(PIECES);
        let runtime = Handle::current();
        tokio::task::spawn_blocking(move || {
            let _place = place;
            let mut hashing = Hashing::new(Pipe { sender: sender.clone(), piece: Vec::new(), runtime });
            let written = export.write(form, rows, &mut hashing).and_then(|()| hashing.flush());
            match written {
                Ok(()) => {
                    let (bytes, sha256) = hashing.finish();
                    self.learn(key(&export, form), &Facts { rows, bytes, sha256 });
                }
                Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {
                    tracing::debug!("the client went away");
                }
                Err(error) => {
                    tracing::error!(%error, "a file was not written to its end");
                    // The connection breaks off, so that nobody takes the half for the whole.
                    let _ = sender.blocking_send(Err(error));
                }
            }
        });
        Body::from_stream(ReceiverStream::new(receiver))
    }
}

/// A file that is there already, as fast as the client reads.
pub fn of_file(mut file: std::fs::File) -> Body {
    let (sender, receiver) = mpsc::channel(PIECES);
    let runtime = Handle::current();
    tokio::task::spawn_blocking(move || {
        let mut pipe = Pipe { sender: sender.clone(), piece: Vec::new(), runtime };
        match io::copy(&mut file, &mut pipe).and_then(|_| pipe.flush()) {
            Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
                tracing::error!(%error, "a file was not read to its end");
                let _ = sender.blocking_send(Err(error));
            }
            Ok(()) | Err(_) => {}
        }
    });
    Body::from_stream(ReceiverStream::new(receiver))
}

/// What the file's bytes depend on; `None` where they may change under the same name.
fn key(export: &Export, form: Form) -> Option<String> {
    let provenance = &export.provenance;
    let frozen = provenance.rounds.iter().all(|round| round.revision.is_some());
    if !frozen || (provenance.rounds.is_empty() && provenance.updated.is_none()) {
        return None;
    }
    let rounds: Vec<&str> = provenance.rounds.iter().map(|round| round.sha256.as_str()).collect();
    Some(format!(
        "{} {} {form:?} {} {:?}",
        provenance.dataset,
        provenance.audience.code(),
        rounds.join(" "),
        provenance.updated
    ))
}

/// Hands pieces over to the body.
struct Pipe {
    sender: mpsc::Sender<io::Result<Bytes>>,
    piece: Vec<u8>,
    runtime: Handle,
}

impl Pipe {
    fn hand_over(&mut self) -> io::Result<()> {
        if self.piece.is_empty() {
            return Ok(());
        }
        let piece = Bytes::from(std::mem::replace(&mut self.piece, Vec::with_capacity(PIECE)));
        let sent = async { tokio::time::timeout(PATIENCE, self.sender.send(Ok(piece))).await };
        match self.runtime.block_on(sent) {
            Ok(Ok(())) => Ok(()),
            Ok(Err(_)) | Err(_) => Err(io::ErrorKind::BrokenPipe.into()),
        }
    }
}

impl Write for Pipe {
    fn write(&mut self, buffer: &[u8]) -> io::Result<usize> {
        self.piece.extend_from_slice(buffer);
        if self.piece.len() >= PIECE {
            self.hand_over()?;
        }
        Ok(buffer.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.hand_over()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU64, Ordering};

    use shared::visibility::Visibility;
    use tokio_stream::StreamExt;

    use super::*;
    use crate::export::format::Format;
    use crate::export::provenance::Provenance;
    use crate::export::table::{Column, Kind, Sink, Table, Value};

    /// A table without end that counts its rows.
    struct Endless {
        columns: Vec<Column>,
        written: Arc<AtomicU64>,
    }

    impl Table for Endless {
        fn columns(&self) -> &[Column] {
            &self.columns
        }

        fn rows(&self, sink: &mut Sink<'_>) -> io::Result<()> {
            loop {
                sink(&[Value::Text("ねぶた")])?;
                self.written.fetch_add(1, Ordering::Relaxed);
            }
        }
    }

    fn endless(written: &Arc<AtomicU64>) -> Export {
        let columns = vec![Column::new("a", "甲", Kind::Text, "")];
        Export {
            table: Box::new(Endless { columns, written: written.clone() }),
            provenance: Provenance {
                dataset: "endless",
                title: String::new(),
                description: String::new(),
                audience: Visibility::Public,
                rounds: Vec::new(),
                updated: None,
                demonstration: false,
                notes: Vec::new(),
            },
            codebook: None,
        }
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_file_waits_for_its_client_and_ends_with_it() {
        let written = Arc::new(AtomicU64::new(0));
        let downloads = Arc::new(Downloads::default());
        let body = downloads.clone().body(endless(&written), Form::from(Format::Csv), 0).await;
        let mut pieces = body.into_data_stream();
        let first = pieces.next().await.unwrap().unwrap();
        assert!(first.len() >= PIECE);
        // The pieces that wait, those under way, and nothing more.
        tokio::time::sleep(Duration::from_millis(200)).await;
        let most = (PIECES as u64 + 8) * PIECE as u64;
        assert!(written.load(Ordering::Relaxed) * 11 < most, "{}", written.load(Ordering::Relaxed));
        assert_eq!(downloads.places.available_permits(), PLACES - 1);
        drop(pieces);
        for _ in 0..100 {
            if downloads.places.available_permits() == PLACES {
                return;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        panic!("the file is still being written");
    }
}
