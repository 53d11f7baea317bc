//! Files that take long: ordered, watched, stopped, fetched.
//!
//! - [`post`] `POST /data/exports`
//! - [`get`] `GET /data/exports/{id}`, [`stop`] `POST …/stop`, [`file`](mod@file) `GET …/file` and what is known of it

pub mod file;
pub mod get;
pub mod post;
pub mod stop;

use std::sync::Arc;

use crate::http::orders::Order;
use crate::http::page::Page;
use crate::http::state::AppState;
use crate::service::Error;

/// The order of that id, if it is the viewer's.
fn order_of(state: &AppState, page: &Page, id: &str) -> Result<Arc<Order>, Error> {
    let order = state.orders.find(id).ok_or(Error::NotFound)?;
    let viewer = page.account.as_ref().map(|account| account.id);
    if order.owner.is_none() || order.owner == viewer { Ok(order) } else { Err(Error::NotFound) }
}
