"""Articles written as files of every format that is read."""

from __future__ import annotations

import gzip
import io
import json
import mailbox
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from email.message import EmailMessage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from html import escape
from pathlib import Path

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

MONTHS = (
    "Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November", "Dezember",
)  # fmt: skip


@dataclass(frozen=True)
class Story:
    """What a file is made of; ``paragraphs`` are its body."""

    title: str
    day: date
    outlet: str
    paragraphs: tuple[str, ...]

    @property
    def url(self) -> str:
        return f"https://www.blatt.example/politik/{self.title.split()[-1].lower()}"

    @property
    def german_day(self) -> str:
        return f"{self.day.day}. {MONTHS[self.day.month - 1]} {self.day.year}"

    @property
    def body(self) -> str:
        return "\n\n".join(self.paragraphs)


def page(story: Story, head: str = "") -> str:
    body = "".join(f"<p>{escape(p, quote=False)}</p>" for p in story.paragraphs)
    return f"""<!DOCTYPE html><html lang="de"><head>{head}<title>{story.title}</title>
<meta property="og:title" content="{story.title}"><meta property="og:site_name" content="{story.outlet}">
<meta property="article:published_time" content="{story.day}T14:05:00+01:00"></head>
<body><nav><a href="/">Startseite</a></nav><article><h1>{story.title}</h1>{body}</article>
<footer><p>Impressum</p></footer></body></html>"""


def text(story: Story) -> str:
    return f"Titel: {story.title}\nQuelle: {story.outlet}\nDatum: {story.day}\n\n# {story.title}\n\n{story.body}\n"


def write_text(path: Path, story: Story) -> None:
    path.write_text(text(story), encoding="utf8")


def write_latin(path: Path, story: Story) -> None:
    path.write_bytes(text(story).encode("cp1252"))


def write_page(path: Path, story: Story) -> None:
    path.write_text(page(story, '<meta charset="utf-8">'), encoding="utf8")


def write_json(path: Path, *stories: Story) -> None:
    rows = (
        {"text": s.body, "title": s.title, "date": str(s.day), "outlet": s.outlet, "url": f"{s.url}?json"} for s in stories
    )
    path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf8")


def write_warc(path: Path, *stories: Story, coding: str = "", pack: Callable[[bytes], bytes] = bytes) -> None:
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=path.name.endswith(".gz"))
        for story in stories:
            fields = [("Content-Type", "text/html; charset=iso-8859-1")]
            fields += [("Content-Encoding", coding)] if coding else []
            record = writer.create_warc_record(
                f"{story.url}?warc={path.name}",
                "response",
                payload=io.BytesIO(pack(page(story).encode("cp1252"))),
                http_headers=StatusAndHeaders("200 OK", fields, protocol="HTTP/1.1"),
                warc_headers_dict={"WARC-Date": f"{story.day}T20:00:00Z"},
            )
            writer.write_record(record)


def linked(paragraph: str) -> str:
    """Link one word of a paragraph to another page of the site."""
    first, second, rest = paragraph.split(" ", 2)
    return f"{first} <a href='/thema'>{second}</a> {rest}"


def write_rss(path: Path, *stories: Story) -> None:
    items = "".join(
        f"<item><title>{escape(s.title)}</title><link>{s.url}?rss</link><source url='/'>{s.outlet}</source>"
        f"<pubDate>{s.day.strftime('%a, %d %b %Y')} 12:00:00 +0100</pubDate><description>{escape(s.paragraphs[0])}"
        "</description><content:encoded><![CDATA["
        + "".join(f"<p>{linked(p).replace('ü', '&uuml;')}</p>" for p in s.paragraphs)
        + "]]></content:encoded></item>"
        for s in stories
    )
    path.write_text(
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0" '
        f'xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Blatt</title>{items}</channel></rss>',
        encoding="utf8",
    )


def write_atom(path: Path, *stories: Story) -> None:
    entries = "".join(
        f"<entry><title>{escape(s.title)}</title><link href='/politik/atom-{n}'/><id>urn:blatt:{s.day}</id>"
        f"<updated>{s.day}T12:00:00+01:00</updated><content type='html'>"
        + escape("".join(f"<p>{p}</p>" for p in s.paragraphs))
        + f"</content><source><title>{s.outlet}</title></source></entry>"
        for n, s in enumerate(stories)
    )
    path.write_text(
        "<?xml version='1.0'?><feed xmlns='http://www.w3.org/2005/Atom' xml:base='https://www.blatt.example/'>"
        f"<title>Blatt</title>{entries}</feed>",
        encoding="utf8",
    )


def write_table(path: Path, *stories: Story) -> None:
    delimiter = "\t" if path.suffix == ".tsv" else ";"
    rows = [("Datum", "Titel", "Medium", "Volltext", "Bemerkung")]
    rows += [(s.german_day, s.title, s.outlet, s.body, "") for s in stories]
    quoted = (delimiter.join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows)
    path.write_text("\r\n".join(quoted), encoding="cp1252")


def mail(story: Story) -> EmailMessage:
    made = EmailMessage()
    made["From"], made["To"] = f"{story.outlet} <brief@blatt.example>", "leser@amt.example"
    made["Subject"], made["Message-ID"] = f"WG: {story.title}", f"<{story.day}@blatt.example>"
    made["Date"] = story.day.strftime("%a, %d %b %Y 08:00:00 +0100")
    made.set_content(story.body, cte="quoted-printable")
    return made


def write_mail(path: Path, story: Story) -> None:
    path.write_bytes(mail(story).as_bytes())


def write_mailbox(path: Path, *stories: Story) -> None:
    made = mailbox.mbox(path)
    for story in stories:
        one = mailbox.mboxMessage(mail(story))
        one.set_from(f"brief@blatt.example {story.day.strftime('%a %b %d 08:00:00 %Y')}")
        made.add(one)
    made.close()


def write_saved_page(path: Path, story: Story) -> None:
    made = MIMEMultipart("related")
    made["From"], made["Subject"] = "<Saved by Blink>", story.title
    made["Snapshot-Content-Location"] = f"{story.url}?mht={path.stem}"
    made["Date"] = "Tue, 5 May 2020 10:00:00 -0000"
    made.attach(MIMEText(page(story), "html", "utf-8"))
    made.attach(MIMEText("p { color: black }", "css"))
    path.write_bytes(made.as_bytes())


def write_rtf(path: Path, story: Story) -> None:
    coded = "".join(c if ord(c) < 128 else f"\\u{ord(c)}?" for c in text(story)).replace("\n", "\\par\n")
    path.write_text("{\\rtf1\\ansi\\ansicpg1252{\\fonttbl{\\f0 Times;}}\\f0 " + coded + "}", encoding="ascii")


def write_docx(path: Path, story: Story) -> None:
    lines = [f"Quelle: {story.outlet}", f"Datum: {story.german_day}", *story.paragraphs]
    head = f'<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t>{escape(story.title)}</w:t></w:r></w:p>'
    write_docx_lines(path, lines, head)


def write_docx_lines(path: Path, lines: list[str], head: str = "") -> None:
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    runs = "".join(f"<w:p><w:r><w:t>{escape(p[:20])}</w:t></w:r><w:r><w:t>{escape(p[20:])}</w:t></w:r></w:p>" for p in lines)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", f'<w:document xmlns:w="{word}"><w:body>{head}{runs}</w:body></w:document>')


def write_odt(path: Path, story: Story) -> None:
    office, ns = "urn:oasis:names:tc:opendocument:xmlns:office:1.0", "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
    lines = [f"Quelle: {story.outlet}", f"Datum: {story.german_day}", *story.paragraphs]
    body = "".join(f"<t:p>{escape(p[:20])}<t:span>{escape(p[20:])}</t:span></t:p>" for p in lines)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr(
            "content.xml",
            f'<o:document-content xmlns:o="{office}" xmlns:t="{ns}"><o:body><o:text>'
            f'<t:h t:outline-level="1">{escape(story.title)}</t:h>{body}</o:text></o:body></o:document-content>',
        )


def write_pdf(path: Path, story: Story, width: int = 70) -> None:
    """Write a page of lines as a typesetter breaks them, words divided at their ends."""
    lines = [story.title, "", f"Quelle: {story.outlet}", f"Datum: {story.german_day}", ""]
    for paragraph in story.paragraphs:
        lines += [*broken(paragraph, width), ""]
    write_pdf_page(path, lines)


def write_pdf_page(path: Path, lines: list[str]) -> None:
    shown = "".join(
        f"({line.replace('(', chr(92) + '(').replace(')', chr(92) + ')')}) Tj T*\n" if line else "T*\n" for line in lines
    )
    stream = f"BT /F1 11 Tf 14 TL 60 780 Td\n{shown}ET".encode("cp1252")
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        font,
    ]
    out, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    count = len(objects) + 1
    trailer = b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (count, len(out))
    path.write_bytes(out + b"xref\n0 %d\n0000000000 65535 f \n" % count + table + trailer)


def broken(paragraph: str, width: int) -> list[str]:
    """Break a paragraph into full lines; a word of ten letters that does not fit is divided in its middle."""
    lines = [""]
    for word in paragraph.split():
        room = width - len(lines[-1]) - 1
        if len(word) <= room or not lines[-1]:
            lines[-1] = f"{lines[-1]} {word}".strip()
        elif word.isalpha() and len(word) >= 10 and room > 5:
            lines[-1] += f" {word[:5]}-"
            lines.append(word[5:])
        else:
            lines.append(word)
    return lines


def write_gzip(path: Path, story: Story) -> None:
    path.write_bytes(gzip.compress(text(story).encode()))


def write_zip(path: Path, *stories: Story) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, story in enumerate(stories):
            archive.writestr(f"ordner/{number}.txt", text(story))


def lexis(*stories: Story) -> str:
    return "".join(
        f"{' ' * 30}Dokument {n} von {len(stories)}\n\n{' ' * 20}Copyright {s.day.year} Verlag GmbH\n"
        f"{' ' * 20}Alle Rechte vorbehalten\n{' ' * 20}{s.outlet}\n\n{' ' * 20}Freitag {s.german_day}\n\n{s.title}\n\n"
        f"AUTOR: Rana Haddad\n\nRUBRIK: POLITIK; S. 7\n\nLÄNGE: 433 Wörter\n\n{s.body}\n\nUPDATE: 2. Januar 2021\n\n"
        "SPRACHE: GERMAN; Deutsch\n\nPUBLICATION-TYPE: Zeitung\n\n\n"
        for n, s in enumerate(stories, 1)
    )


def nexis(*stories: Story) -> str:
    return "".join(
        f"{s.title}\n{s.outlet}\n{s.german_day} Freitag\n\nCopyright {s.day.year} Verlag GmbH Alle Rechte vorbehalten\n\n"
        f"Section: POLITIK; S. 7\nLength: 433 words\nByline: Rana Haddad\nBody\n\n{s.body}\n\n"
        "Load-Date: January 2, 2021\n\nEnd of Document\n\n"
        for s in stories
    )


def factiva(*stories: Story) -> str:
    return "".join(
        f"SE   Politik\nHD   {s.title}\nBY   Rana Haddad\nWC   345 Wörter\nPD   {s.german_day}\nSN   {s.outlet}\n"
        f"SC   BLTT\nPG   7\nLA   Deutsch\nCY   (c) {s.day.year} Verlag\nLP   \n{s.paragraphs[0]}\n\nTD   \n"
        + "\n\n".join(s.paragraphs[1:])
        + f"\n\nAN   Dokument BLTT0000{s.day:%Y%m%d}edbh0000x\n\n"
        for s in stories
    )


def factiva_without_codes(*stories: Story) -> str:
    return "".join(
        f"{s.title}\nRana Haddad\n345 Wörter\n{s.german_day}\n{s.outlet}\nBLTT\n7\nDeutsch\nCopyright {s.day.year} Verlag\n\n"
        f"{s.body}\n\nDokument BLTT0000{s.day:%Y%m%d}edbh0000x\n\n"
        for s in stories
    )


def wiso(*stories: Story) -> str:
    return "".join(
        f"{s.title}\n\n{s.body}\n\nQuelle: {s.outlet} vom {s.day:%d.%m.%Y}, Seite 7\nRessort: Politik\n"
        "Dokumentnummer: A12345\nDauerhafte Adresse des Dokuments: https://www.wiso.example/document/BL__A12345\n\n"
        "© GBI-Genios Deutsche Wirtschaftsdatenbank GmbH\n\n"
        for s in stories
    )


EXPORTS = {f.__name__: f for f in (lexis, nexis, factiva, factiva_without_codes, wiso)}
