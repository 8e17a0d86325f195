"""Looks at every screen of a journey: axe-core for what readers need, the console for faults.

On the narrowest phone, with twice the text, no words of any page, a desk's too, may stick out
sideways or be cut off; neither may the words that were chosen in a list.

A screen that was looked at once in the same shape (the same parts, states, width, colours and
language) is not looked at again: the answer would be the same, and the suite is short.
"""

import re
from hashlib import sha256
from pathlib import Path

from playwright.sync_api import BrowserContext, ConsoleMessage, Page

AXE = Path(__file__).parents[1] / "pwa" / "node_modules" / "axe-core" / "axe.min.js"
RULES = [
    *("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"),
    "best-practice",
]

SHAPE = """() => {
  const OWN = /^(id|for|href|src|name|value|d|points|aria-(labelledby|describedby))$/
  const shape = (node) => {
    const attributes = [...node.attributes]
      .filter(({ name }) => !OWN.test(name))
      .map(({ name, value }) => /label$/.test(name) ? name : `${name}=${value}`)
    return `${node.tagName}[${attributes}](${[...node.children].map(shape).join()})`
  }
  const { fontSize, backgroundColor } = getComputedStyle(document.documentElement)
  const wishes = ['(forced-colors: active)', '(prefers-contrast: more)']
  const granted = wishes.map((wish) => matchMedia(wish).matches)
  return [shape(document.documentElement), innerWidth, fontSize, backgroundColor, granted].join('|')
}"""

RUN = """async (tags) => {
  const runOnly = { type: 'tag', values: tags }
  const { violations } = await axe.run(document, { runOnly, preload: false })
  return violations.map(({ id, help, nodes }) => [`${id}: ${help}`,
    ...nodes.flatMap(({ html, failureSummary }) => [html, failureSummary])].join('\\n    '))
}"""

_GONE = 404
_NO_STYLE = "Refused to apply style"
NARROWEST = {"width": 320, "height": 568}
TWICE = "200%"

SIZED = """(size) => {
  const { style } = document.documentElement
  const before = style.fontSize
  style.fontSize = size
  return before
}"""

TOO_WIDE = """(width) => {
  const LINE = 1.3
  const pen = document.createElement('canvas').getContext('2d')
  const fits = (node) => {
    const style = getComputedStyle(node)
    const room = (at, from, to) => at - parseFloat(style[from]) - parseFloat(style[to])
    const width = room(node.clientWidth, 'paddingLeft', 'paddingRight')
    pen.font = style.font
    const words = (node.selectedOptions[0]?.text ?? '').split(' ')
    const lines = words.reduce(([line, ...above], word) => {
      const longer = `${line} ${word}`.trim()
      const has = pen.measureText(longer).width <= width
      return has ? [longer, ...above] : [word, line, ...above]
    }, [''])
    const height = room(node.clientHeight, 'paddingTop', 'paddingBottom')
    const rows = Math.floor(height / parseFloat(style.fontSize) / LINE)
    return lines.length <= (style.whiteSpace === 'normal' ? rows : 1)
  }
  const cuts = (node) => ['hidden', 'clip'].includes(getComputedStyle(node).overflowX)
  const wide = ({ clientWidth, scrollWidth }) => clientWidth > 1 && scrollWidth > clientWidth + 1
  const cut = [...document.body.querySelectorAll('*')]
    .filter((node) => wide(node) && cuts(node) && node.innerText)
    .map((node) => `cut off: ${node.innerText.slice(0, 80)}`)
  const chosen = [...document.querySelectorAll('select')]
    .filter((node) => node.offsetWidth && !fits(node))
    .map((node) => `cut off in a list: ${node.selectedOptions[0].text}`)
  const { scrollWidth } = document.documentElement
  const wider = scrollWidth > width ? [`reaches ${scrollWidth} pixels sideways`] : []
  return [...wider, ...cut, ...chosen]
}"""

_NO_WORKER = "Service Worker registration blocked"
_LOADING = re.compile(r"Failed to load resource: (?:net::(?P<net>\w+)|.*status of (?P<status>\d+))")


class Looked:
    """The shapes of all screens that were looked at in a run, by whichever of its workers."""

    def __init__(self, folder: Path) -> None:
        """Keep an empty file for each shape in a folder that all workers share."""
        folder.mkdir(exist_ok=True)
        self._folder = folder

    def __contains__(self, shape: str) -> bool:
        """Tell whether this shape was looked at and found good."""
        return self._file(shape).exists()

    def add(self, shape: str) -> None:
        """Remember that a shape is good."""
        self._file(shape).touch()

    def _file(self, shape: str) -> Path:
        return self._folder / sha256(shape.encode()).hexdigest()


class Inspector:
    """Watches one browser context; `seen` is shared by all of a run."""

    def __init__(self, context: BrowserContext, seen: Looked) -> None:
        """Listen from the first page on."""
        self._seen = seen
        self._faults: list[str] = []
        self._statuses: set[int] = set()
        self._may_lose_network = False
        self._keeps_nothing = False
        context.on("console", self._heard)
        context.on("weberror", lambda error: self._faults.append(f"uncaught: {error.error}"))

    def expect_status(self, *statuses: int) -> None:
        """The journey makes the server say no: the browser may write that down."""
        self._statuses |= set(statuses)

    def expect_lost_network(self) -> None:
        """The journey takes the network away: the browser may write that down."""
        self._may_lose_network = True

    def expect_no_worker(self) -> None:
        """The phone takes no service worker: the driver of the browser writes that down."""
        self._keeps_nothing = True

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type not in {"error", "warning"}:
            return
        if self._keeps_nothing and message.text.startswith(_NO_WORKER):
            return
        loading = _LOADING.search(message.text)
        if loading and loading["net"] and self._may_lose_network:
            return
        if loading and loading["status"] and int(loading["status"]) in self._statuses:
            return
        if message.text.startswith(_NO_STYLE) and _GONE in self._statuses:
            return
        self._faults.append(f"{message.type}: {message.text} ({message.location.get('url')})")

    def look(self, page: Page) -> None:
        """Have axe-core look at what stands on the screen now; any violation fails."""
        shape = str(page.evaluate(SHAPE))
        if shape in self._seen:
            return
        if not page.evaluate("typeof axe === 'object'"):
            _teach(page)
        violations = page.evaluate(RUN, RULES)
        assert not violations, f"{page.url}\n" + "\n".join(violations)
        too_wide = _too_wide_when_narrow(page)
        assert not too_wide, f"{page.url}\n" + "\n".join(too_wide)
        self._seen.add(shape)

    def nothing_wrong(self) -> None:
        """Fail when the console told of anything that the journey did not bring about."""
        assert not self._faults, "\n".join(self._faults)


def _too_wide_when_narrow(page: Page) -> list[str]:
    """Tell what does not fit 320 pixels with twice the text; then all is as before."""
    usual = page.viewport_size
    assert usual is not None
    page.set_viewport_size(NARROWEST)
    before = page.evaluate(SIZED, TWICE)
    found: list[str] = page.evaluate(TOO_WIDE, NARROWEST["width"])
    page.evaluate(SIZED, before)
    page.set_viewport_size(usual)
    return found


def is_chromium(page: Page) -> bool:
    """Tell whether the page stands in the first engine, which alone has developer sessions."""
    browser = page.context.browser
    return browser is not None and browser.browser_type.name == "chromium"


def _teach(page: Page) -> None:
    """Give the page axe-core past its own content policy, which stays in force for the page."""
    if not is_chromium(page):  # what Firefox is told to run is not asked of the page's policy
        page.evaluate(AXE.read_text())
        return
    session = page.context.new_cdp_session(page)
    session.send("Runtime.evaluate", {"expression": AXE.read_text(), "silent": True})
    session.detach()
