//! GeoJSON (RFC 7946): polygons with their positions.

use serde::Deserialize;
use serde_json::{Map, Value};
use shared::boundary::Ring;

use super::{Feature, Unreadable, position, ring};

#[derive(Deserialize)]
struct Collection {
    features: Vec<Given>,
}

#[derive(Deserialize)]
struct Given {
    id: Option<Value>,
    properties: Option<Map<String, Value>>,
    geometry: Option<Geometry>,
}

/// Longitude, latitude, and perhaps a height.
type Place = Vec<f64>;
type Polygon = Vec<Vec<Place>>;

#[derive(Deserialize)]
#[serde(tag = "type")]
enum Geometry {
    Polygon {
        coordinates: Polygon,
    },
    MultiPolygon {
        coordinates: Vec<Polygon>,
    },
    #[serde(other)]
    Other,
}

pub(super) fn features(bytes: &[u8]) -> Result<Vec<Feature>, Unreadable> {
    let collection: Collection = serde_json::from_slice(bytes)?;
    let feature = |(place, given): (usize, Given)| Feature {
        place: format!("features[{place}]"),
        id: given.id,
        properties: given.properties.unwrap_or_default(),
        rings: rings(given.geometry),
    };
    Ok(collection.features.into_iter().enumerate().map(feature).collect())
}

fn rings(geometry: Option<Geometry>) -> Result<Vec<Ring>, String> {
    let polygons = match geometry {
        Some(Geometry::Polygon { coordinates }) => vec![coordinates],
        Some(Geometry::MultiPolygon { coordinates }) => coordinates,
        Some(Geometry::Other) => return Err("geometryがPolygonかMultiPolygonではありません。".to_owned()),
        None => return Err("geometryがありません。".to_owned()),
    };
    let mut rings = Vec::new();
    for line in polygons.iter().flatten() {
        let positions = line.iter().map(|place| position(*place.first()?, *place.get(1)?));
        rings.extend(ring(positions)?);
    }
    Ok(rings)
}
