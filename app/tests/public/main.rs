//! The public pages and their pictures, as documents.
#![cfg(feature = "ssr")]

mod charts;
mod drawn;
mod pages;
mod pictures;
mod sample;
