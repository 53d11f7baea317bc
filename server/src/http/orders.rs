//! Files that are made before they are fetched: whoever ordered one sees how far it is, and may stop it.
//!
//! A download from a permanent address begins at once and has no length until it was made once. What takes long is
//! ordered instead: it is written to a temporary file, a few at a time and apart from the downloads, so that nobody waits
//! for it who did not order it. Accounts wait for no visitor. Orders live in memory and go with the server.

use std::io::{self, Write as _};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use serde_json::Value as Json;
use shared::time::Timestamp;
use tempfile::NamedTempFile;
use tokio::sync::Semaphore;

use super::limits::Caller;
use super::room::{Room, Taken, Within};
use crate::export::format::{CannotWrite, Export, Form, Hashing, manifest};
use crate::export::table::Watched;
use crate::store::AccountId;

/// Files that are made at a time for accounts, and for visitors without one; the next ones wait.
const PLACES: [usize; 2] = [2, 1];
/// Bytes of the files that are there at a time, for accounts and for visitors.
const ROOM: [u64; 2] = [8 << 30, 1 << 30];
/// Orders that are not finished, of one account or of one address.
const MOST_OPEN: usize = 4;
/// Orders that are kept of accounts, and of visitors; of more, the oldest finished one goes.
const MOST_KEPT: usize = 24;
/// How long an order is kept, in milliseconds.
const KEPT: i64 = 3_600_000;

/// Why nothing more is written.
const FULL: &str =
    "作成したファイルを置く場所がいっぱいです。1時間ほど待つか、データの画面のリンクから直接ダウンロードしてください。";

/// All orders.
pub struct Orders {
    kept: Mutex<Vec<Arc<Order>>>,
    accounts: Lane,
    visitors: Lane,
}

/// What orders of one sort share.
struct Lane {
    places: Arc<Semaphore>,
    room: Arc<Room>,
}

impl Lane {
    fn new(places: usize, room: u64) -> Self {
        Self { places: Arc::new(Semaphore::new(places)), room: Arc::new(Room::new(room)) }
    }
}

/// One order.
pub struct Order {
    /// Its address: 128 random bits.
    pub id: String,
    /// Whose it is; of nobody in particular, whoever knows the address.
    pub owner: Option<AccountId>,
    /// Whom it counts for.
    caller: Caller,
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
        /// Of all its bytes, in hexadecimal.
        sha256: String,
        /// Where it comes from, its columns, what was replaced.
        manifest: Json,
        /// What it takes up.
        taken: Taken,
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
        Self::of(Lane::new(PLACES[0], ROOM[0]), Lane::new(PLACES[1], ROOM[1]))
    }
}

impl Order {
    /// A new one. `caller` is whom a visitor's counts for.
    pub fn new(
        id: String,
        owner: Option<AccountId>,
        caller: Caller,
        title: String,
        file_name: String,
        form: Form,
        at: Timestamp,
    ) -> Arc<Self> {
        Arc::new(Self {
            id,
            owner,
            caller: owner.map_or(caller, Caller::Account),
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

    /// Stops it: the next row is not read.
    pub fn stop(&self) {
        self.stopped.store(true, Ordering::Relaxed);
    }

    fn is_stopped(&self) -> bool {
        self.stopped.load(Ordering::Relaxed)
    }

    fn make(self: &Arc<Self>, export: Export, taken: Taken) -> Outcome {
        let order = self.clone();
        let go_on = move || {
            if order.is_stopped() {
                return Err(io::Error::other("stopped"));
            }
            order.done.fetch_add(1, Ordering::Relaxed);
            Ok(())
        };
        let export = Export { table: Box::new(Watched::new(export.table, go_on)), ..export };
        let made = self.written(&export, taken);
        match made {
            _ if self.is_stopped() => Outcome::Stopped,
            Ok(outcome) => outcome,
            Err(error) if error.kind() == io::ErrorKind::StorageFull => Outcome::Refused(FULL.to_owned()),
            Err(error) => {
                tracing::error!(%error, "an ordered file was not made");
                Outcome::Failed
            }
        }
    }

    fn written(&self, export: &Export, mut taken: Taken) -> io::Result<Outcome> {
        let checked = match export.check(self.form) {
            Ok(checked) => checked,
            Err(CannotWrite::Io(error)) => return Err(error),
            Err(refused) => return Ok(Outcome::Refused(refused.to_string())),
        };
        // Checking may have passed over every row.
        self.done.store(0, Ordering::Relaxed);
        let _ = self.total.set(checked.rows);
        let mut file = NamedTempFile::new()?;
        let within = Within { file: file.as_file_mut(), taken: &mut taken };
        let mut hashing = Hashing::new(io::BufWriter::with_capacity(1 << 16, within));
        export.write(self.form, checked.rows, &mut hashing)?;
        hashing.flush()?;
        let (bytes, sha256) = hashing.finish();
        let written = manifest::Written { name: &self.file_name, bytes, sha256: &sha256 };
        let manifest = manifest::of(export, self.form, &checked, written);
        Ok(Outcome::Made { file, bytes, sha256, manifest, taken })
    }
}

impl Orders {
    fn of(accounts: Lane, visitors: Lane) -> Self {
        Self { kept: Mutex::default(), accounts, visitors }
    }

    /// The order of that id.
    pub fn find(&self, id: &str) -> Option<Arc<Order>> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner).iter().find(|order| order.id == id).cloned()
    }

    /// Takes an order and has it made as soon as there is a place.
    pub fn begin(&self, order: &Arc<Order>, export: Export) -> Result<(), TooMany> {
        self.keep(order)?;
        let lane = if order.owner.is_some() { &self.accounts } else { &self.visitors };
        let (order, places) = (order.clone(), lane.places.clone());
        let taken = Taken::of(&lane.room);
        tokio::spawn(async move {
            // The places are never closed.
            let place = places.acquire_owned().await.ok();
            tokio::task::spawn_blocking(move || {
                let _place = place;
                let outcome = if order.is_stopped() { Outcome::Stopped } else { order.make(export, taken) };
                let _ = order.outcome.set(outcome);
            });
        });
        Ok(())
    }

    fn keep(&self, order: &Arc<Order>) -> Result<(), TooMany> {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.retain(|other| other.outcome().is_none() || order.at.0 - other.at.0 < KEPT);
        let is_open = |other: &&Arc<Order>| other.caller == order.caller && other.outcome().is_none();
        if kept.iter().filter(is_open).count() >= MOST_OPEN {
            return Err(TooMany);
        }
        let is_like = |other: &Arc<Order>| other.owner.is_some() == order.owner.is_some();
        if kept.iter().filter(|other| is_like(other)).count() >= MOST_KEPT {
            let is_done = |other: &Arc<Order>| is_like(other) && other.outcome().is_some();
            let oldest = kept.iter().position(is_done).ok_or(TooMany)?;
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

    use sha2::Digest as _;
    use shared::visibility::Visibility;

    use super::*;
    use crate::export::format::Format;
    use crate::export::provenance::Provenance;
    use crate::export::table::{Column, Kind, Sink, Table, Value};

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
            basis: None,
            joins_years: false,
        }
    }

    fn address(last: u8) -> Caller {
        Caller::Address(std::net::IpAddr::from([192, 0, 2, last]))
    }

    fn order(id: &str, owner: Option<i64>, at: i64) -> Arc<Order> {
        of(id, owner, 1, at)
    }

    fn of(id: &str, owner: Option<i64>, last: u8, at: i64) -> Arc<Order> {
        let (form, owner) = (Form::from(Format::Csv), owner.map(AccountId));
        Order::new(id.to_owned(), owner, address(last), "表".into(), "a.csv".into(), form, Timestamp(at))
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
        let Outcome::Made { file, bytes, sha256, manifest, .. } = outcome(&order).await else { panic!("made") };
        let mut text = String::new();
        file.reopen().unwrap().read_to_string(&mut text).unwrap();
        assert_eq!((text.len() as u64, text.lines().count()), (*bytes, 1_001));
        assert_eq!(*sha256, crate::service::answering::hex(&sha2::Sha256::digest(&text)));
        assert_eq!(manifest["file"]["sha256"], **sha256);
        assert_eq!((&manifest["file"]["name"], &manifest["rows"]), (&"a.csv".into(), &1_000.into()));
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

    #[tokio::test(flavor = "multi_thread")]
    async fn visitors_hold_up_neither_each_other_nor_accounts() {
        let orders = Orders::default();
        let endless: Vec<_> = ["a", "b", "c", "d"].iter().map(|id| of(id, None, 1, 0)).collect();
        for order in &endless {
            orders.begin(order, export(None)).unwrap();
        }
        assert_eq!(orders.begin(&of("e", None, 1, 0), export(Some(1))), Err(TooMany));
        let other = of("f", None, 2, 0);
        assert!(orders.begin(&other, export(Some(1))).is_ok(), "at another address");
        let account = of("g", Some(1), 1, 0);
        orders.begin(&account, export(Some(1))).unwrap();
        assert!(matches!(outcome(&account).await, Outcome::Made { .. }), "while visitors' are made");
        for order in &endless {
            order.stop();
        }
        assert!(matches!(outcome(&other).await, Outcome::Made { .. }));
        // Nor do visitors push an account's file out.
        for number in 0..=MOST_KEPT {
            let order = of(&format!("h{number}"), None, 3, 0);
            orders.begin(&order, export(Some(1))).unwrap();
            outcome(&order).await;
        }
        assert!(orders.find("g").is_some() && orders.find("f").is_none());
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn files_fill_their_room_and_give_it_back() {
        let heading = "a\r\n".len() as u64 + 3;
        let row = "ねぶた\r\n".len() as u64;
        let orders = Orders::of(Lane::new(1, 0), Lane::new(1, heading + 100 * row));
        let (fits, next) = (order("a", None, 0), order("b", None, 0));
        orders.begin(&fits, export(Some(100))).unwrap();
        assert!(matches!(outcome(&fits).await, Outcome::Made { .. }));
        orders.begin(&next, export(Some(1))).unwrap();
        assert!(matches!(outcome(&next).await, Outcome::Refused(why) if why == FULL));
        drop(fits);
        let later = order("c", None, KEPT);
        orders.begin(&later, export(Some(100))).unwrap();
        assert!(matches!(outcome(&later).await, Outcome::Made { .. }), "an hour later");
    }

    #[test]
    fn a_stopped_order_does_not_even_count_its_rows() {
        let order = order("a", None, 0);
        order.stop();
        let lane = Lane::new(1, 1 << 20);
        assert!(matches!(order.make(export(None), Taken::of(&lane.room)), Outcome::Stopped));
        assert_eq!(order.progress(), None);
    }
}
