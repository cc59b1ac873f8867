"""GeoJSON for maps: every event that somebody states, with a point where its place has one."""

from __future__ import annotations

import json

from tests.support.told import exported

CAPTURE = {
    "type": "Capture", "typeLabel_de": "Einnahme", "typeLabel_en": "capture",
    "agent": ["https://w3id.org/lagebild/entity/iraqi-army"],
    "agentLabel_de": "Irakische Armee", "agentLabel_en": "Iraqi Army",
    "target": ["https://w3id.org/lagebild/entity/islamic-state"],
    "targetLabel_de": "Islamischer Staat", "targetLabel_en": "Islamic State",
    "place": ["https://w3id.org/lagebild/entity/mosul"], "placeLabel_de": "Mossul", "placeLabel_en": "Mosul",
    "location": "Mosul", "precision": "spot", "admin1": "Nineveh Governorate", "admin2": None, "country": "Iraq",
    "earliest": "2017-03-01", "latest": "2017-03-01", "factuality": "Factual",
    "attributedTo": ["https://w3id.org/lagebild/entity/sana"],
    "fatalitiesLow": None, "fatalitiesBest": None, "fatalitiesHigh": None, "reports": 2, "independentReports": 2,
    "articles": ["https://w3id.org/lagebild/article/morgenpost", "https://w3id.org/lagebild/article/abendblatt"],
}  # fmt: skip


def test_a_feature_is_an_event_with_its_point(told):
    document = json.loads(exported(told, "geojson"))
    assert document["type"] == "FeatureCollection"
    features = {feature["id"].rpartition("/")[2]: feature for feature in document["features"]}
    assert list(features) == ["f1", "a1", "k1", "c1", "b1", "i1", "u1"]
    assert features["c1"] == {
        "type": "Feature",
        "id": "https://w3id.org/lagebild/event/c1",
        "geometry": {"type": "Point", "coordinates": [43.145, 36.345]},
        "properties": CAPTURE,
    }
    assert features["k1"]["properties"]["fatalitiesLow"] == 12
    assert features["k1"]["properties"]["fatalitiesHigh"] == 15


def test_a_selection_without_events_is_an_empty_collection(empty):
    assert json.loads(exported(empty, "geojson")) == {"type": "FeatureCollection", "features": []}
