//! Files that are made before they are fetched: whoever ordered one sees how far it is, and may stop it.
//!
//! A download from a permanent address begins at once and has no length until it was made once. What takes long is
//! ordered instead: it is written to a temporary file, two at a time and apart from the downloads, so that nobody waits
//! for it who did not order it. Orders live in memory and go with the server.

use std::io::{self, Write};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use shared::time::Timestamp;
use tempfile::NamedTempFile;
use tokio::sync::Semaphore;

use crate::export::format::{CannotWrite, Export, Form, Hashing};
use crate::export::table::{Column, Sink, Table};
use crate::store::AccountId;

/// Files that are made at a time; the next ones wait.
const PLACES: usize = 2;
/// Orders that are not finished, of one account; all visitors without one count as one.
const MOST_OPEN: usize = 4;
/// Orders that are kept in all; of more, the oldest finished one goes.
const MOST_KEPT: usize = 24;
/// How long an order is kept, in milliseconds.
const KEPT: i64 = 3_600_000;

/// All orders.
pub struct Orders {
    kept: Mutex<Vec<Arc<Order>>>,
    places: Arc<Semaphore>,
}

/// One order.
pub struct Order {
    /// Its address: 128 random bits.
    pub id: String,
    /// Whose it is; of nobody in particular, whoever knows the address.
    pub owner: Option<AccountId>,
    /// What it is, in words.
    pub title: String,
    /// The name under which it is saved.
    pub file_name: String,
    /// In which form.
    pub form: Form,
    /// When it was ordered.
    pub at: Timestamp,
    total: OnceLock<u64>,
    done: AtomicU64,
    stopped: AtomicBool,
    outcome: OnceLock<Outcome>,
}

/// What came of an order.
pub enum Outcome {
    /// The file.
    Made {
        /// It; removed with the order.
        file: NamedTempFile,
        /// Its size.
        bytes: u64,
    },
    /// It was stopped.
    Stopped,
    /// The form cannot carry it, and why.
    Refused(String),
    /// Something that should not happen; the log says what.
    Failed,
}

/// Too many orders are open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TooMany;

impl Default for Orders {
    fn default() -> Self {
        Self { kept: Mutex::default(), places: Arc::new(Semaphore::new(PLACES)) }
    }
}

impl Order {
    /// A new one.
    pub fn new(
        id: String,
        owner: Option<AccountId>,
        title: String,
        file_name: String,
        form: Form,
        at: Timestamp,
    ) -> Arc<Self> {
        Arc::new(Self {
            id,
            owner,
            title,
            file_name,
            form,
            at,
            total: OnceLock::new(),
            done: AtomicU64::new(0),
            stopped: AtomicBool::new(false),
            outcome: OnceLock::new(),
        })
    }

    /// What came of it; `None` while it waits or is made.
    pub fn outcome(&self) -> Option<&Outcome> {
        self.outcome.get()
    }

    /// Rows written, of how many; `None` before it was begun.
    pub fn progress(&self) -> Option<(u64, u64)> {
        self.total.get().map(|total| (self.done.load(Ordering::Relaxed), *total))
    }

    /// Stops it: the next row is not written.
    pub fn stop(&self) {
        self.stopped.store(true, Ordering::Relaxed);
    }

    fn is_stopped(&self) -> bool {
        self.stopped.load(Ordering::Relaxed)
    }

    fn make(self: &Arc<Self>, export: Export) -> Outcome {
        let watched = Watched { table: export.table, order: self.clone() };
        let export = Export { table: Box::new(watched), ..export };
        let made = self.written(&export);
        match made {
            _ if self.is_stopped() => Outcome::Stopped,
            Ok(outcome) => outcome,
            Err(error) => {
                tracing::error!(%error, "an ordered file was not made");
                Outcome::Failed
            }
        }
    }

    fn written(&self, export: &Export) -> io::Result<Outcome> {
        let rows = match export.check(self.form) {
            Ok(checked) => checked.rows,
            Err(CannotWrite::Io(error)) => return Err(error),
            Err(refused) => return Ok(Outcome::Refused(refused.to_string())),
        };
        // Checking may have passed over every row.
        self.done.store(0, Ordering::Relaxed);
        let _ = self.total.set(rows);
        let mut file = NamedTempFile::new()?;
        let mut hashing = Hashing::new(io::BufWriter::with_capacity(1 << 16, file.as_file_mut()));
        export.write(self.form, rows, &mut hashing)?;
        hashing.flush()?;
        let (bytes, _) = hashing.finish();
        Ok(Outcome::Made { file, bytes })
    }
}

/// A table that counts its rows as they are written, and ends when its order is stopped.
struct Watched {
    table: Box<dyn Table>,
    order: Arc<Order>,
}

impl Table for Watched {
    fn columns(&self) -> &[Column] {
        self.table.columns()
    }

    fn rows(&self, sink: &mut Sink<'_>) -> io::Result<()> {
        self.table.rows(&mut |values| {
            if self.order.is_stopped() {
                return Err(io::Error::other("stopped"));
            }
            self.order.done.fetch_add(1, Ordering::Relaxed);
            sink(values)
        })
    }

    fn row_count(&self) -> io::Result<u64> {
        self.table.row_count()
    }
}

impl Orders {
    /// The order of that id.
    pub fn find(&self, id: &str) -> Option<Arc<Order>> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner).iter().find(|order| order.id == id).cloned()
    }

    /// Takes an order and has it made as soon as there is a place.
    pub fn begin(&self, order: &Arc<Order>, export: Export) -> Result<(), TooMany> {
        self.keep(order)?;
        let (order, places) = (order.clone(), self.places.clone());
        tokio::spawn(async move {
            // The places are never closed.
            let place = places.acquire_owned().await.ok();
            tokio::task::spawn_blocking(move || {
                let _place = place;
                let outcome = if order.is_stopped() { Outcome::Stopped } else { order.make(export) };
                let _ = order.outcome.set(outcome);
            });
        });
        Ok(())
    }

    fn keep(&self, order: &Arc<Order>) -> Result<(), TooMany> {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.retain(|other| other.outcome().is_none() || order.at.0 - other.at.0 < KEPT);
        let is_open = |other: &&Arc<Order>| other.owner == order.owner && other.outcome().is_none();
        if kept.iter().filter(is_open).count() >= MOST_OPEN {
            return Err(TooMany);
        }
        if kept.len() >= MOST_KEPT {
            let oldest = kept.iter().position(|other| other.outcome().is_some()).ok_or(TooMany)?;
            kept.remove(oldest);
        }
        kept.push(order.clone());
        Ok(())
    }
}

/// When the server ends, so does what it makes.
impl Drop for Orders {
    fn drop(&mut self) {
        for order in self.kept.get_mut().unwrap_or_else(PoisonError::into_inner) {
            order.stop();
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;
    use std::time::Duration;

    use shared::visibility::Visibility;

    use super::*;
    use crate::export::format::Format;
    use crate::export::provenance::Provenance;
    use crate::export::table::{Kind, Value};

    /// So many rows; without end where none is said.
    struct Rows {
        columns: Vec<Column>,
        count: Option<u64>,
    }

    impl Table for Rows {
        fn columns(&self) -> &[Column] {
            &self.columns
        }

        fn rows(&self, sink: &mut Sink<'_>) -> io::Result<()> {
            (0..self.count.unwrap_or(u64::MAX)).try_for_each(|_| sink(&[Value::Text("ねぶた")]))
        }

        fn row_count(&self) -> io::Result<u64> {
            Ok(self.count.unwrap_or(1_000_000))
        }
    }

    fn export(count: Option<u64>) -> Export {
        Export {
            table: Box::new(Rows { columns: vec![Column::new("a", "甲", Kind::Text, "")], count }),
            provenance: Provenance {
                dataset: "rows",
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

    fn order(id: &str, owner: Option<i64>, at: i64) -> Arc<Order> {
        let form = Form::from(Format::Csv);
        Order::new(id.to_owned(), owner.map(AccountId), "表".into(), "a.csv".into(), form, Timestamp(at))
    }

    async fn outcome(order: &Arc<Order>) -> &Outcome {
        for _ in 0..500 {
            if let Some(outcome) = order.outcome() {
                return outcome;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        panic!("nothing came of it");
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_file_is_made_with_its_progress_and_stays_until_it_is_fetched() {
        let orders = Orders::default();
        let order = order("a", None, 0);
        orders.begin(&order, export(Some(1_000))).unwrap();
        let Outcome::Made { file, bytes } = outcome(&order).await else { panic!("made") };
        let mut text = String::new();
        file.reopen().unwrap().read_to_string(&mut text).unwrap();
        assert_eq!((text.len() as u64, text.lines().count()), (*bytes, 1_001));
        assert_eq!(order.progress(), Some((1_000, 1_000)));
        assert!(orders.find("a").is_some() && orders.find("b").is_none());
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_stopped_order_ends_and_makes_place_for_the_next() {
        let orders = Orders::default();
        let endless: Vec<_> = ["a", "b", "c"].iter().map(|id| order(id, None, 0)).collect();
        for order in &endless {
            orders.begin(order, export(None)).unwrap();
        }
        let last = order("d", None, 0);
        orders.begin(&last, export(Some(1))).unwrap();
        assert_eq!(orders.begin(&order("e", None, 0), export(Some(1))), Err(TooMany));
        assert!(orders.begin(&order("f", Some(1), 0), export(Some(1))).is_ok(), "another's orders do not count");
        for order in &endless {
            order.stop();
            assert!(matches!(outcome(order).await, Outcome::Stopped));
        }
        assert!(matches!(outcome(&last).await, Outcome::Made { .. }));
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn old_orders_go() {
        let orders = Orders::default();
        let first = order("a", None, 0);
        orders.begin(&first, export(Some(1))).unwrap();
        outcome(&first).await;
        orders.begin(&order("b", None, KEPT - 1), export(Some(1))).unwrap();
        assert!(orders.find("a").is_some());
        orders.begin(&order("c", None, KEPT), export(Some(1))).unwrap();
        assert!(orders.find("a").is_none() && orders.find("b").is_some());
    }
}
