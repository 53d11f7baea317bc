//! The public pages and their pictures, as documents.
#![cfg(feature = "ssr")]

mod charts;
mod pages;
mod sample;
