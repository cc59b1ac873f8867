"""A small page about one entity, shown in a frame beside a cell of a table."""

from __future__ import annotations

from markupsafe import Markup, escape

from server.reconcile.entities import Directory, Entity

PAGE = Markup(
    '<!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>{name}</title><style>'
    "body{{font:14px/1.4 system-ui,sans-serif;margin:10px;color:#222;background:#fff}}h1{{font-size:17px;margin:0}}"
    "p{{margin:4px 0}}.k{{color:#555}}</style></head><body><h1>{name}</h1>{rest}</body></html>"
)
OTHERS = 6  # further names shown


def preview(directory: Directory, entity: Entity) -> str:
    """Return the HTML; everything from the store is escaped."""
    english = entity.labels.get("en", "")
    coordinates = f"{entity.latitude:.3f}, {entity.longitude:.3f}" if entity.longitude and entity.latitude else ""
    lines = [
        ("", english if english != entity.name else ""),
        ("", directory.description(entity)),
        ("", " · ".join(sorted(entity.others)[:OTHERS])),
        ("Koordinaten: ", coordinates),
        ("Wikidata: ", entity.wikidata or ""),
        ("Ereignisse: ", str(entity.events) if entity.events else ""),
    ]
    rest = Markup("").join(Markup('<p class="k">{}{}</p>').format(escape(what), escape(said)) for what, said in lines if said)
    return str(PAGE.format(language="de", name=escape(entity.name), rest=rest))
