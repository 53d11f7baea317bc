//! New migrations and a new browser bundle are embedded: their folders count as sources.

fn main() {
    println!("cargo:rerun-if-changed=../migrations");
    println!("cargo:rerun-if-changed=../target/site");
}
