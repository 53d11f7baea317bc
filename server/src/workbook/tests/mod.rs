//! The whole way: a response out as a workbook, through other hands, and in again.

mod hostile;
mod office;
mod refusals;
mod resaved;
mod round_trip;
mod sheet;
