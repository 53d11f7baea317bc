//! データ: what there is, and its rows page by page. Whole files are below `/data/`.
pub mod list;
pub mod rows;
