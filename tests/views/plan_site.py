"""Read the public pages of the plan as a browser would: titles, headings, links, anchors."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

from flask.testing import FlaskClient

from dbsapp.content import Library
from dbsapp.plan.paths import public_paths


@dataclass
class Page:
    """What a test asks of a page."""

    html: str
    title: str = ""
    heading: str = ""
    description: str = ""
    ids: list[str] = field(default_factory=list)
    links: list[tuple[str, str]] = field(default_factory=list)
    assets: list[str] = field(default_factory=list)
    data: list[str] = field(default_factory=list)
    text: str = ""


class _Reader(HTMLParser):
    def __init__(self, page: Page) -> None:
        super().__init__()
        self.page, self.tag, self.data_script, self.in_heading = page, "", False, False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.tag, self.data_script = tag, given.get("type") == "application/ld+json"
        self.in_heading = self.in_heading or tag == "h1"
        if "id" in given:
            self.page.ids.append(given["id"])
        if tag == "meta" and given.get("name") == "description":
            self.page.description = given["content"]
        if tag == "a":
            self.page.links.append((given["href"], given.get("class", "")))
        elif source := given.get("src") or (given.get("href") if tag in ("link", "use") else ""):
            self.page.assets.append(source.split("#")[0])

    def handle_endtag(self, tag: str) -> None:
        self.tag = ""
        self.in_heading = self.in_heading and tag != "h1"

    def handle_data(self, data: str) -> None:
        if self.tag == "title":
            self.page.title += data
        elif self.tag == "script":
            if self.data_script:
                self.page.data.append(data)
            return
        if self.in_heading:
            self.page.heading += data
        self.page.text += data


def read_page(html: str) -> Page:
    """Return what stands on a page."""
    page = Page(html)
    _Reader(page).feed(html)
    return page


def read_site(client: FlaskClient, library: Library) -> dict[str, Page]:
    """Return every public page of the plan by its path."""
    return {path: read_page(client.get(path).text) for path in public_paths(library)}
