//! Text that a device reads from the screen.

use std::fmt::Write as _;

use leptos::prelude::*;
use qrcode::types::Color;
use qrcode::{EcLevel, QrCode};

/// Light modules around the code (ISO/IEC 18004, 6.3.8).
const QUIET: usize = 4;

/// A QR code as SVG, dark on light in every colour scheme: readers expect it so. Nothing is drawn of a text that is too
/// long for one (2,953 bytes); it should stand beside it anyway.
#[expect(clippy::needless_pass_by_value, reason = "a component owns what it shows")]
#[component]
pub fn QrPicture(
    /// What it says.
    text: String,
    /// What it is for, to be read out.
    label: &'static str,
) -> impl IntoView {
    let code = QrCode::with_error_correction_level(text.as_bytes(), EcLevel::L).ok();
    code.map(|code| {
        let side = code.width() + 2 * QUIET;
        view! {
            <svg
                class="qr-code"
                viewBox=format!("0 0 {side} {side}")
                role="img"
                aria-label=label
                shape-rendering="crispEdges"
            >
                <rect width=side.to_string() height=side.to_string() fill="#fff" />
                <path d=outline(&code) fill="#000" />
            </svg>
        }
        .into_any()
    })
}

/// The dark modules, each run of a row as one rectangle.
fn outline(code: &QrCode) -> String {
    let (width, colors) = (code.width(), code.to_colors());
    let mut path = String::new();
    for (y, row) in colors.chunks(width).enumerate() {
        let mut x = 0;
        for run in row.chunk_by(|a, b| a == b) {
            let length = run.len();
            if run[0] == Color::Dark {
                let _ = write!(path, "M{} {}h{length}v1h-{length}z", x + QUIET, y + QUIET);
            }
            x += length;
        }
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::components::question::samples::plain;

    /// Every module of the path, painted on a grid again.
    fn painted(path: &str, side: usize) -> Vec<bool> {
        let mut grid = vec![false; side * side];
        for run in path.split('M').skip(1) {
            let (start, rest) = run.split_once('h').unwrap();
            let (x, y) = start.split_once(' ').unwrap();
            let length: usize = rest.split_once('v').unwrap().0.parse().unwrap();
            let at = (y.parse::<usize>().unwrap() - QUIET) * side + x.parse::<usize>().unwrap() - QUIET;
            grid[at..at + length].fill(true);
        }
        grid
    }

    #[test]
    fn every_dark_module_is_drawn_and_no_other() {
        let code = QrCode::new("otpauth://totp/a:b?secret=GEZDGNBVGY3TQOJQ").unwrap();
        let dark: Vec<bool> = code.to_colors().into_iter().map(|color| color == Color::Dark).collect();
        assert_eq!(painted(&outline(&code), code.width()), dark);
    }

    #[test]
    fn a_code_stands_in_its_quiet_zone_and_a_text_too_long_draws_nothing() {
        let html = plain(view! { <QrPicture text="A".to_owned() label="試し" /> });
        assert!(html.contains("viewBox=\"0 0 29 29\"") && html.contains("aria-label=\"試し\""), "{html}");
        assert!(!plain(view! { <QrPicture text="a".repeat(3000) label="試し" /> }).contains("<svg"));
    }
}
