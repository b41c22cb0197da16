#!/usr/bin/python3
"""Writes the help pages as one page for a browser, where there is no help viewer.
SPDX-License-Identifier: GPL-3.0-or-later

usage: make_html.py OUT INDEX.page PAGE...

The pages are Mallard (projectmallard.org), of which this knows what they use; for
anything else it ends with an error, as it does for a link that leads nowhere and a
page that the index does not lead to. Pages stand below the index's sections in the
order in which they are given."""
import html
import pathlib
import sys
import xml.etree.ElementTree as ElementTree

MALLARD = '{http://projectmallard.org/1.0/}'

# element: what it is in HTML
SAME = {'p': 'p', 'code': 'code', 'em': 'em', 'key': 'kbd', 'keyseq': 'span class="keys"', 'gui': 'span class="gui"',
        'file': 'code', 'cmd': 'code', 'list': 'ul', 'steps': 'ol', 'item': 'li', 'note': 'div class="note"',
        'table': 'table', 'thead': 'thead', 'tbody': 'tbody', 'tr': 'tr', 'td': 'td'}
BLOCKS = ('screen', 'code')

STYLE = """
:root { color-scheme: light dark; --line: #8888; --soft: #8882; }
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 46rem; margin: 0 auto; padding: 1rem; }
h1, h2, h3, h4 { line-height: 1.2; }
article { border-top: 1px solid var(--line); margin-top: 2.5rem; }
table { border-collapse: collapse; width: 100%; }
td { border-bottom: 1px solid var(--line); padding: .2rem .6rem .2rem 0; vertical-align: top; }
td p { margin: 0; }
thead td, dt, .gui { font-weight: 600; }
code, kbd, pre { font-family: ui-monospace, monospace; font-size: .92em; }
kbd { border: 1px solid var(--line); border-radius: .25rem; padding: 0 .3rem; }
kbd + kbd { margin-inline-start: .2rem; }
.note p { margin: .2rem 0; }
pre, .note { background: var(--soft); padding: .6rem .8rem; border-radius: .4rem; overflow-x: auto; }
pre { white-space: pre-wrap; }
"""


class Problem(Exception):
    """A page that cannot be shown, and why."""


class Page:
    def __init__(self, path):
        self.path = path
        try:
            self.root = ElementTree.parse(path).getroot()
        except ElementTree.ParseError as error:
            raise Problem(f'{path}: {error}') from error
        self.id = self.root.get('id')
        if self.id != pathlib.Path(path).stem:
            raise Problem(f'{path}: its id is {self.id}')
        self.title = self.root.findtext(f'{MALLARD}title')
        self.about = self.root.findtext(f'{MALLARD}info/{MALLARD}desc')
        self.guides = [link.get('xref') for link in self.root.iterfind(f'{MALLARD}info/{MALLARD}link') if link.get('type') == 'guide']
        if not self.title or not self.about:
            raise Problem(f'{path}: it needs a title and a description')


class Writer:
    def __init__(self, index, pages):
        self.index = index
        self.pages = pages
        self.titles = {page.id: page.title for page in [index, *pages]}
        sections = [f'{index.id}#{section.get("id")}' for section in index.root.iterfind(f'{MALLARD}section')]
        for page in pages:
            if len(page.guides) != 1 or page.guides[0] not in sections:
                raise Problem(f'{page.path}: no section of the index leads to it')

    def link(self, element, page):
        if element.get('href') is not None:
            return f'<a href="{html.escape(element.get("href"))}">{self.inside(element, page)}</a>'
        target = element.get('xref', '').partition('#')[0]
        if target not in self.titles:
            raise Problem(f'{page.path}: a link to {element.get("xref")}, which is not there')
        return f'<a href="#{target}">{self.inside(element, page) or html.escape(self.titles[target])}</a>'

    def inside(self, element, page, level=2, in_terms=False):
        parts = [html.escape(element.text or '')]
        for child in element:
            parts.append(self.element(child, element, page, level, in_terms))
            parts.append(html.escape(child.tail or ''))
        return ''.join(parts)

    def element(self, element, parent, page, level, in_terms):
        name = element.tag.removeprefix(MALLARD)
        around = parent.tag.removeprefix(MALLARD)
        if name == 'info':
            return ''
        if name == 'link':
            return self.link(element, page)
        if name == 'section':
            return f'<section>{self.inside(element, page, level + 1)}</section>'
        if name == 'title':
            if around == 'item':
                return f'<dt>{self.inside(element, page)}</dt>'
            return f'<h{level}>{self.inside(element, page)}</h{level}>'
        if name == 'terms':
            return f'<dl>{self.inside(element, page, level, True)}</dl>'
        if in_terms and name == 'item':
            return self.inside(element, page, level, True)
        if in_terms and name == 'p' and around == 'item':
            return f'<dd>{self.inside(element, page)}</dd>'
        if name in BLOCKS and around in ('section', 'page'):
            return f'<pre>{self.inside(element, page).strip()}</pre>'
        if name not in SAME:
            raise Problem(f'{page.path}: <{name}> is not among what this can show')
        tag = SAME[name]
        return f'<{tag}>{self.inside(element, page, level)}</{tag.partition(" ")[0]}>'

    def contents(self):
        for section in self.index.root.iterfind(f'{MALLARD}section'):
            found = [page for page in self.pages if page.guides == [f'{self.index.id}#{section.get("id")}']]
            if not found:
                raise Problem(f'{self.index.path}: nothing is in its section {section.get("id")}')
            yield f'<h2>{html.escape(section.findtext(f"{MALLARD}title"))}</h2>\n<ul>'
            for page in found:
                yield f'<li><a href="#{page.id}">{html.escape(page.title)}</a>: {html.escape(page.about)}</li>'
            yield '</ul>'

    def write(self):
        title = html.escape(self.index.title)
        yield f'<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>{title}</title>'
        yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
        yield f'<style>{STYLE}</style>\n</head>\n<body>\n<main>\n<h1>{title}</h1>'
        yield from (self.element(child, self.index.root, self.index, 1, False)
                    for child in self.index.root if child.tag == f'{MALLARD}p')
        yield '<nav>'
        yield from self.contents()
        yield '</nav>'
        for page in self.pages:
            yield f'<article id="{page.id}">{self.inside(page.root, page)}</article>'
        yield '</main>\n</body>\n</html>'


def main():
    out, index, *pages = sys.argv[1:]
    try:
        text = '\n'.join(Writer(Page(index), [Page(path) for path in pages]).write())
    except Problem as problem:
        sys.exit(f'make_html.py: {problem}')
    pathlib.Path(out).write_text(text + '\n', encoding='utf-8')


if __name__ == '__main__':
    main()
