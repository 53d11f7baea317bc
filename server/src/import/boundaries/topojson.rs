//! TopoJSON: polygons of arcs, which neighbours share.
//!
//! Source: M. Bostock and others, *The TopoJSON Format Specification* 1.0: arcs are delta-encoded where there is a
//! transform; an arc's number `n < 0` means arc `!n` turned around; the last position of an arc is the first of the next.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Map, Value};
use shared::boundary::{Position, Ring};

use super::{Feature, Unreadable, position, ring};

#[derive(Deserialize)]
struct Topology {
    objects: BTreeMap<String, Object>,
    arcs: Vec<Vec<Vec<f64>>>,
    transform: Option<Transform>,
}

#[derive(Deserialize)]
struct Transform {
    scale: [f64; 2],
    translate: [f64; 2],
}

#[derive(Deserialize)]
struct Object {
    #[serde(default)]
    geometries: Vec<Given>,
}

#[derive(Deserialize)]
struct Given {
    id: Option<Value>,
    properties: Option<Map<String, Value>>,
    #[serde(flatten)]
    geometry: Geometry,
}

/// Arcs by number.
type Polygon = Vec<Vec<i64>>;

#[derive(Deserialize)]
#[serde(tag = "type")]
enum Geometry {
    Polygon {
        arcs: Polygon,
    },
    MultiPolygon {
        arcs: Vec<Polygon>,
    },
    #[serde(other)]
    Other,
}

type Arc = Vec<Option<Position>>;

pub(super) fn features(bytes: &[u8]) -> Result<Vec<Feature>, Unreadable> {
    let topology: Topology = serde_json::from_slice(bytes)?;
    let arcs: Vec<Arc> = topology.arcs.iter().map(|arc| decoded(arc, topology.transform.as_ref())).collect();
    let mut features = Vec::new();
    for (name, object) in topology.objects {
        for (place, given) in object.geometries.into_iter().enumerate() {
            features.push(Feature {
                place: format!("objects.{name}.geometries[{place}]"),
                id: given.id,
                properties: given.properties.unwrap_or_default(),
                rings: rings(given.geometry, &arcs),
            });
        }
    }
    Ok(features)
}

/// An arc's positions.
fn decoded(arc: &[Vec<f64>], transform: Option<&Transform>) -> Arc {
    let (mut x, mut y) = (0.0, 0.0);
    let place = |given: &Vec<f64>| {
        let (longitude, latitude) = (*given.first()?, *given.get(1)?);
        let Some(Transform { scale, translate }) = transform else { return position(longitude, latitude) };
        x += longitude;
        y += latitude;
        position(x * scale[0] + translate[0], y * scale[1] + translate[1])
    };
    arc.iter().map(place).collect()
}

fn rings(geometry: Geometry, arcs: &[Arc]) -> Result<Vec<Ring>, String> {
    let polygons = match geometry {
        Geometry::Polygon { arcs } => vec![arcs],
        Geometry::MultiPolygon { arcs } => arcs,
        Geometry::Other => return Err("PolygonかMultiPolygonではありません。".to_owned()),
    };
    let mut rings = Vec::new();
    for numbers in polygons.iter().flatten() {
        let mut positions: Arc = Vec::new();
        for number in numbers {
            let place = usize::try_from(if *number < 0 { !*number } else { *number }).ok();
            let Some(arc) = place.and_then(|place| arcs.get(place)) else {
                return Err(format!("弧{number}がありません。"));
            };
            positions.pop();
            if *number < 0 {
                positions.extend(arc.iter().rev());
            } else {
                positions.extend(arc);
            }
        }
        rings.extend(ring(positions.into_iter())?);
    }
    Ok(rings)
}
