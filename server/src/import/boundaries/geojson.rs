//! GeoJSON (RFC 7946): polygons with their positions.

use serde::Deserialize;
use shared::boundary::Ring;

use super::codes::{Codes, Written};
use super::nested::{Nested, Place};
use super::{Feature, Unreadable, position, ring, written};

#[derive(Deserialize)]
struct Collection {
    features: Vec<Given>,
}

#[derive(Deserialize)]
struct Given {
    id: Option<Written>,
    properties: Option<Codes>,
    geometry: Option<Geometry>,
}

#[derive(Deserialize)]
struct Geometry {
    #[serde(rename = "type")]
    kind: String,
    coordinates: Option<Nested<Place>>,
}

pub(super) fn features(bytes: &[u8]) -> Result<Vec<Feature>, Unreadable> {
    let collection: Collection = serde_json::from_slice(bytes)?;
    let feature = |(place, given): (usize, Given)| Feature {
        place: format!("features[{place}]"),
        code: written(given.id, given.properties),
        rings: rings(given.geometry),
    };
    Ok(collection.features.into_iter().enumerate().map(feature).collect())
}

fn rings(geometry: Option<Geometry>) -> Result<Vec<Ring>, String> {
    let Some(Geometry { kind, coordinates }) = geometry else { return Err("geometryがありません。".to_owned()) };
    let polygons = match (kind.as_str(), coordinates) {
        ("Polygon", Some(polygon)) => vec![polygon],
        ("MultiPolygon", Some(polygons)) => polygons.into_list()?,
        ("Polygon" | "MultiPolygon", None) => return Err("geometryに座標がありません。".to_owned()),
        _ => return Err("geometryがPolygonかMultiPolygonではありません。".to_owned()),
    };
    let mut rings = Vec::new();
    for polygon in polygons {
        for line in polygon.into_list()? {
            let positions = line.into_list()?.into_iter().map(|place| match place {
                Nested::Leaf([longitude, latitude]) => position(longitude, latitude),
                Nested::Number(_) | Nested::List(_) => None,
            });
            rings.extend(ring(positions)?);
        }
    }
    Ok(rings)
}
