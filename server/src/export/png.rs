//! A picture as PNG, from the same SVG, in BIZ UDGothic, at twice its size.
//!
//! The font is part of the binary, and nothing of the system is read: the same picture has the same bytes everywhere.

use std::sync::{Arc, LazyLock};

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree, fontdb};
use tokio::sync::Semaphore;

const REGULAR: &[u8] = include_bytes!("../../fonts/bizud-gothic/BIZUDGothic-Regular.ttf");
const BOLD: &[u8] = include_bytes!("../../fonts/bizud-gothic/BIZUDGothic-Bold.ttf");
const FAMILY: &str = "BIZ UDGothic";

/// Pixels a unit.
const SCALE: f32 = 2.0;
/// Longest side in pixels: a longer picture gets fewer pixels a unit.
const LONGEST: f32 = 16_000.0;
/// Pictures drawn at a time; others wait. One takes a core and some tens of megabytes.
static TURNS: Semaphore = Semaphore::const_new(2);

static FONTS: LazyLock<Arc<fontdb::Database>> = LazyLock::new(|| {
    let mut fonts = fontdb::Database::new();
    fonts.load_font_source(fontdb::Source::Binary(Arc::new(REGULAR)));
    fonts.load_font_source(fontdb::Source::Binary(Arc::new(BOLD)));
    fonts.set_sans_serif_family(FAMILY);
    Arc::new(fonts)
});

/// Draws a picture on a thread of its own; says what went wrong.
pub async fn render(svg: String) -> Result<Vec<u8>, String> {
    let _turn = TURNS.acquire().await.map_err(|error| error.to_string())?;
    tokio::task::spawn_blocking(move || draw(&svg)).await.map_err(|error| error.to_string())?
}

fn draw(svg: &str) -> Result<Vec<u8>, String> {
    let options = Options { fontdb: FONTS.clone(), font_family: FAMILY.to_owned(), ..Options::default() };
    let tree = Tree::from_str(svg, &options).map_err(|error| error.to_string())?;
    let size = tree.size();
    let scale = SCALE.min(LONGEST / size.width().max(size.height()));
    let size = size.to_int_size().scale_by(scale).ok_or("the picture has no size")?;
    let mut pixmap = Pixmap::new(size.width(), size.height()).ok_or("the picture is too large")?;
    resvg::render(&tree, Transform::from_scale(scale, scale), &mut pixmap.as_mut());
    pixmap.encode_png().map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    const SVG: &str = r##"<svg xmlns="http://www.w3.org/2000/svg" width="100" height="40" viewBox="0 0 100 40" font-family="'BIZ UDGothic', sans-serif"><rect width="100" height="40" fill="#ffffff"/><text x="4" y="24" font-size="20" fill="#000000">青森市</text></svg>"##;

    #[test]
    fn a_picture_is_drawn_at_twice_its_size_with_its_words_and_the_same_bytes_each_time() {
        let png = draw(SVG).unwrap();
        let pixels = Pixmap::decode_png(&png).unwrap();
        assert_eq!((pixels.width(), pixels.height()), (200, 80));
        assert!(pixels.pixels().iter().filter(|pixel| pixel.red() < 100).count() > 200, "nothing is written");
        assert_eq!(png, draw(SVG).unwrap());
        assert!(draw("<svg").is_err());
    }

    #[test]
    fn a_very_long_picture_gets_fewer_pixels() {
        let long = SVG.replace("height=\"40\" viewBox=\"0 0 100 40\"", "height=\"40000\" viewBox=\"0 0 100 40000\"");
        let pixels = Pixmap::decode_png(&draw(&long).unwrap()).unwrap();
        assert_eq!((pixels.width(), pixels.height()), (40, 16_000));
    }
}
