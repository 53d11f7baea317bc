"""Reads the catalogue as RDF and asks it what DCAT-AP asks for. Prints how many datasets it has."""

import sys

from rdflib import Graph, Namespace
from rdflib.namespace import DCAT, DCTERMS, FOAF, RDF, RDFS

VCARD = Namespace("http://www.w3.org/2006/vcard/ns#")

graph = Graph().parse(sys.argv[1], format="json-ld")
(catalog,) = graph.subjects(RDF.type, DCAT.Catalog)


def one(subject, predicate):
    (value,) = graph.objects(subject, predicate)
    return value


def name(subject):
    return str(one(one(subject, DCTERMS.publisher), FOAF.name))


datasets = set(graph.objects(catalog, DCAT.dataset))
assert datasets == set(graph.subjects(RDF.type, DCAT.Dataset))
for subject in {catalog} | datasets:
    assert one(subject, DCTERMS.title).language == "ja" and one(subject, DCTERMS.description).language == "ja"
    assert name(subject) == sys.argv[2], name(subject)
    assert str(one(one(subject, DCAT.contactPoint), VCARD.fn)) == sys.argv[3]
    place = one(subject, DCTERMS.spatial)
    assert (str(one(place, RDFS.label)), str(one(place, DCTERMS.identifier))) == ("青森県", "02")
for dataset in datasets:
    assert str(one(dataset, DCTERMS.identifier)) == str(dataset) == str(one(dataset, DCAT.landingPage))
    assert str(one(dataset, DCAT.theme)).startswith("http://publications.europa.eu/resource/authority/data-theme/")
    for distribution in graph.objects(dataset, DCAT.distribution):
        assert one(distribution, DCTERMS.license) and one(distribution, DCAT.downloadURL)
        assert one(distribution, DCAT.accessURL) == dataset
    periods = list(graph.objects(dataset, DCTERMS.temporal))
    name = str(dataset).rsplit("/", 1)[1]
    now = name in ("municipalities", "kpis", "kpi-values") or name.startswith("roadmap")
    assert len(periods) == (0 if now else 1), dataset
    for period in periods:
        first, last = one(period, DCAT.startDate).toPython(), one(period, DCAT.endDate).toPython()
        assert first < last and (first.month, last.month) == (4, 3), (dataset, first, last)
print(len(datasets))
