//! Bodies that a thread writes while the client reads: nothing is held whole, and a client that goes away ends the work.
//!
//! Whatever passes over rows needs a place, and gives it up while it waits for its client: who reads slowly holds up
//! nobody. So many files may be open at a time, a few of each caller, and a client that takes too little is left.

use std::collections::HashMap;
use std::io::{self, Write};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use axum::body::{Body, Bytes};
use tokio::runtime::Handle;
use tokio::sync::mpsc::error::TrySendError;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, mpsc};
use tokio_stream::wrappers::ReceiverStream;

use super::limits::Caller;
use super::refusal::Refusal;
use crate::export::format::{Export, Form, Hashing};
use crate::export::table::Watched;

/// Threads that pass over rows at a time; whoever comes then waits for a place.
const PLACES: usize = 8;
/// Files that are open at a time, each with a thread; whoever comes then waits.
const OPEN: usize = 32;
/// Of them, those of one caller.
const OPEN_OF_ONE: usize = 8;
/// Bytes handed over at a time, and how many such pieces wait for the client.
const PIECE: usize = 1 << 16;
const PIECES: usize = 8;
/// A client that takes nothing for so long has gone away.
const PATIENCE: Duration = Duration::from_mins(1);
/// So much of it each further piece gives back. Who takes less than 16 KiB a second uses it up.
const EARNED: Duration = Duration::from_secs(4);

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
    open: Arc<Semaphore>,
    callers: Mutex<HashMap<Caller, usize>>,
    facts: Mutex<HashMap<String, Facts>>,
    /// Held by the one task that works out sizes for the page.
    pub measuring: tokio::sync::Mutex<()>,
}

impl Default for Downloads {
    fn default() -> Self {
        Self {
            places: Arc::new(Semaphore::new(PLACES)),
            open: Arc::new(Semaphore::new(OPEN)),
            callers: Mutex::default(),
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

    /// The same; of a table in memory it is found out, because it is small.
    pub fn found(&self, export: &Export, form: Form) -> Option<Facts> {
        let find = || {
            let rows = export.table.row_count()?;
            self.measure(export, form, rows)
        };
        self.known(export, form).or_else(|| if export.table.is_held() { find().ok() } else { None })
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

    /// Begins with a file of that caller's.
    pub async fn open(self: &Arc<Self>, caller: Caller) -> Result<Opened, Refusal> {
        let counted = self.count(caller).ok_or(Refusal::TooManyAtOnce)?;
        // It is never closed.
        let permit = self.open.clone().acquire_owned().await.ok();
        Ok(Opened { counted, wanted: Arc::default(), _permit: permit })
    }

    fn count(self: &Arc<Self>, caller: Caller) -> Option<Counted> {
        let mut callers = self.callers.lock().unwrap_or_else(PoisonError::into_inner);
        let open = callers.entry(caller).or_default();
        if *open >= OPEN_OF_ONE {
            return None;
        }
        *open += 1;
        Some(Counted { downloads: self.clone(), caller })
    }

    async fn place(&self) -> Option<OwnedSemaphorePermit> {
        // The places are never closed.
        self.places.clone().acquire_owned().await.ok()
    }
}

/// One of a caller's open files; counted until it is dropped.
struct Counted {
    downloads: Arc<Downloads>,
    caller: Caller,
}

impl Drop for Counted {
    fn drop(&mut self) {
        let mut callers = self.downloads.callers.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(open) = callers.get_mut(&self.caller) {
            *open -= 1;
            if *open == 0 {
                callers.remove(&self.caller);
            }
        }
    }
}

/// A file that somebody asked for, until its last byte was taken. Who holds it wants it.
pub struct Opened {
    counted: Counted,
    wanted: Arc<()>,
    _permit: Option<OwnedSemaphorePermit>,
}

impl Opened {
    /// The same, of which no row is made once nobody wants this any more.
    pub fn watch(&self, export: Export) -> Export {
        let wanted = Arc::downgrade(&self.wanted);
        let go_on =
            move || if wanted.strong_count() > 0 { Ok(()) } else { Err(io::Error::from(io::ErrorKind::BrokenPipe)) };
        Export { table: Box::new(Watched::new(export.table, go_on)), ..export }
    }

    /// Does what passes over rows: in a place, off the threads that answer others.
    pub async fn read<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> io::Result<T> {
        let place = self.counted.downloads.place().await;
        let done = tokio::task::spawn_blocking(move || {
            let _place = place;
            work()
        });
        done.await.map_err(io::Error::other)
    }

    /// The file as a body, written by a thread of its own as fast as the client reads.
    pub async fn body(self, export: Export, form: Form, rows: u64) -> Body {
        let downloads = self.counted.downloads.clone();
        let place = downloads.place().await;
        self.stream(place, move |pipe| {
            let mut hashing = Hashing::new(pipe);
            export.write(form, rows, &mut hashing)?;
            hashing.flush()?;
            let (bytes, sha256) = hashing.finish();
            downloads.learn(key(&export, form), &Facts { rows, bytes, sha256 });
            Ok(())
        })
    }

    /// A file that is there already, as fast as the client reads.
    pub fn of_file(self, mut file: std::fs::File) -> Body {
        self.stream(None, move |pipe| io::copy(&mut file, pipe).map(drop))
    }

    fn stream(
        self,
        place: Option<OwnedSemaphorePermit>,
        write: impl FnOnce(&mut Pipe) -> io::Result<()> + Send + 'static,
    ) -> Body {
        let (sender, receiver) = mpsc::channel(PIECES);
        let runtime = Handle::current();
        tokio::task::spawn_blocking(move || {
            let opened = self;
            let places = opened.counted.downloads.places.clone();
            let mut pipe = Pipe { sender, piece: Vec::new(), runtime, places, place, patience: PATIENCE };
            match write(&mut pipe).and_then(|()| pipe.flush()) {
                Ok(()) => {}
                Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {
                    tracing::debug!("the client went away");
                }
                Err(error) => {
                    tracing::error!(%error, "a file was not written to its end");
                    // The connection breaks off, so that nobody takes the half for the whole.
                    let _ = pipe.send(Err(error));
                }
            }
        });
        Body::from_stream(ReceiverStream::new(receiver))
    }
}

/// What the file's bytes depend on; `None` where they may change under the same name.
fn key(export: &Export, form: Form) -> Option<String> {
    export.basis.as_ref().map(|basis| format!("{basis} {form:?}"))
}

/// Hands pieces over to the body.
struct Pipe {
    sender: mpsc::Sender<io::Result<Bytes>>,
    piece: Vec<u8>,
    runtime: Handle,
    places: Arc<Semaphore>,
    /// Of what passes over rows.
    place: Option<OwnedSemaphorePermit>,
    /// How long the client may still be waited for.
    patience: Duration,
}

impl Pipe {
    fn hand_over(&mut self) -> io::Result<()> {
        if self.piece.is_empty() {
            return Ok(());
        }
        let piece = Bytes::from(std::mem::replace(&mut self.piece, Vec::with_capacity(PIECE)));
        self.send(Ok(piece))
    }

    fn send(&mut self, piece: io::Result<Bytes>) -> io::Result<()> {
        self.patience = (self.patience + EARNED).min(PATIENCE);
        let piece = match self.sender.try_send(piece) {
            Ok(()) => return Ok(()),
            Err(TrySendError::Closed(_)) => return Err(io::ErrorKind::BrokenPipe.into()),
            Err(TrySendError::Full(piece)) => piece,
        };
        // Others pass over their rows meanwhile.
        let held_place = self.place.take().is_some();
        let began = Instant::now();
        let sent = async { tokio::time::timeout(self.patience, self.sender.send(piece)).await };
        let Ok(Ok(())) = self.runtime.block_on(sent) else { return Err(io::ErrorKind::BrokenPipe.into()) };
        self.patience = self.patience.saturating_sub(began.elapsed());
        if held_place {
            self.place = self.runtime.block_on(self.places.clone().acquire_owned()).ok();
        }
        Ok(())
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

    use axum::body::BodyDataStream;
    use tokio_stream::StreamExt;

    use super::*;
    use crate::export::format::samples::export;
    use crate::export::format::{Encoding, Format, OnUnmappable};
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

        fn row_count(&self) -> io::Result<u64> {
            Ok(u64::MAX)
        }
    }

    fn endless(written: &Arc<AtomicU64>) -> Export {
        let columns = vec![Column::new("a", "甲", Kind::Text, "")];
        export(Endless { columns, written: written.clone() })
    }

    fn caller(last: u8) -> Caller {
        Caller::Address(std::net::IpAddr::from([192, 0, 2, last]))
    }

    async fn body(downloads: &Arc<Downloads>, caller: Caller, written: &Arc<AtomicU64>) -> BodyDataStream {
        let opened = downloads.open(caller).await.expect("fewer than may be open");
        let export = opened.watch(endless(written));
        opened.body(export, Form::from(Format::Csv), 0).await.into_data_stream()
    }

    /// When nothing passes over rows.
    async fn all_wait(downloads: &Downloads) {
        drop(downloads.places.acquire_many(u32::try_from(PLACES).unwrap()).await.unwrap());
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_file_waits_for_its_client_and_ends_with_it() {
        let written = Arc::new(AtomicU64::new(0));
        let downloads = Arc::new(Downloads::default());
        let mut pieces = body(&downloads, caller(1), &written).await;
        let first = pieces.next().await.unwrap().unwrap();
        assert!(first.len() >= PIECE);
        all_wait(&downloads).await;
        // The pieces that wait, those under way, and nothing more.
        let most = (PIECES as u64 + 8) * PIECE as u64;
        assert!(written.load(Ordering::Relaxed) * 11 < most, "{}", written.load(Ordering::Relaxed));
        assert_eq!(downloads.open.available_permits(), OPEN - 1);
        drop(pieces);
        drop(downloads.open.acquire_many(u32::try_from(OPEN).unwrap()).await.unwrap());
        assert!(downloads.callers.lock().unwrap().is_empty());
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn those_who_read_nothing_hold_up_nobody_else() {
        let written = Arc::new(AtomicU64::new(0));
        let downloads = Arc::new(Downloads::default());
        let mut stalled = Vec::new();
        for _ in 0..OPEN_OF_ONE {
            stalled.push(body(&downloads, caller(1), &written).await);
        }
        assert!(stalled.len() >= PLACES);
        let refused = downloads.open(caller(1)).await.err().expect("one more than may be open");
        assert!(matches!(refused, Refusal::TooManyAtOnce), "{refused:?}");
        all_wait(&downloads).await;
        let mut ninth = body(&downloads, caller(2), &written).await;
        assert!(ninth.next().await.unwrap().unwrap().len() >= PIECE);
        drop(stalled);
        drop(ninth);
        drop(downloads.open.acquire_many(u32::try_from(OPEN).unwrap()).await.unwrap());
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn what_is_found_out_before_the_first_byte_ends_with_its_client() {
        let written = Arc::new(AtomicU64::new(0));
        let downloads = Arc::new(Downloads::default());
        let opened = downloads.open(caller(1)).await.expect("the first");
        let export = opened.watch(endless(&written));
        let form = Form { format: Format::Csv, encoding: Encoding::Cp932, on_unmappable: OnUnmappable::Error };
        let checking = tokio::spawn(async move { opened.read(move || export.check(form).is_ok()).await });
        while written.load(Ordering::Relaxed) == 0 {
            tokio::task::yield_now().await;
        }
        assert_eq!(downloads.places.available_permits(), PLACES - 1);
        checking.abort();
        all_wait(&downloads).await;
    }
}
