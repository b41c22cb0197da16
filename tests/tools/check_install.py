#!/usr/bin/python3
"""Installs the tree into a folder of its own and looks at every file there.
SPDX-License-Identifier: GPL-3.0-or-later

usage: check_install.py BUILD PREFIX ID

A tool that is not installed is skipped, and named."""
import os
import pathlib
import re
import shutil
import struct
import subprocess
import sys
import tempfile

# What may be installed: anything else has strayed. {id} is the application's.
MUST = [
    r'bin/steelyard', r'bin/steelyard-cli',
    r'share/applications/{id}\.desktop',
    r'share/dbus-1/services/{id}\.service',
    r'share/glib-2\.0/schemas/{id}\.gschema\.xml',
    r'share/gnome-shell/search-providers/{id}\.search-provider\.ini',
    r'share/help/C/steelyard/[\w-]+\.page', r'share/steelyard/help/steelyard\.html',
    r'share/icons/hicolor/scalable/apps/{id}\.svg',
    r'share/icons/hicolor/symbolic/apps/{id}-symbolic\.svg',
    r'share/man/man1/steelyard\.1', r'share/man/man1/steelyard-cli\.1',
    r'share/metainfo/{id}\.metainfo\.xml',
    r'share/mime/packages/{id}\.xml',
    r'share/thumbnailers/{id}\.thumbnailer',
    r'share/steelyard/prices/[\w.-]+\.json',
    r'share/steelyard/recordings/[\w-]+\.steelyard',
    r'share/steelyard/recognisers/.+', r'share/steelyard/reference/.+',
    r'share/steelyard/use-cases/.+', r'share/steelyard/workloads/.+',
]
MAY = [r'share/steelyard/(?:prices|recordings)/README\.md', r'share/locale/\w+/LC_MESSAGES/steelyard\.mo']


class Installed:
    def __init__(self, root, prefix, app):
        self.top = pathlib.Path(str(root) + prefix)
        self.app = app
        self.root = root
        self.n = 0
        self.failed = 0

    def ok(self, condition, what, detail=''):
        self.n += 1
        self.failed += not condition
        print(f"{'ok' if condition else 'not ok'} {self.n} - {what}", flush=True)
        if not condition:
            for line in str(detail).splitlines():
                print('#', line)
        return bool(condition)

    def files(self):
        return sorted(str(path.relative_to(self.top)) for path in self.top.rglob('*') if not path.is_dir())

    def tool(self, what, *command, env=None):
        """A checker that ends with 0 and has nothing to say on standard error."""
        if shutil.which(command[0]) is None:
            self.n += 1
            print(f'ok {self.n} - {what} # SKIP {command[0]} is not installed')
            return
        answer = subprocess.run(list(map(str, command)), capture_output=True, text=True, check=False, env=env)
        self.ok(answer.returncode == 0 and not answer.stderr, what, answer.stdout + answer.stderr)


def check_places(it):
    found = it.files()
    patterns = [re.compile(pattern.format(id=re.escape(it.app))) for pattern in MUST + MAY]
    for pattern in patterns[:len(MUST)]:
        it.ok(any(pattern.fullmatch(name) for name in found), f'there is {pattern.pattern}', '\n'.join(found))
    strays = [name for name in found if not any(pattern.fullmatch(name) for pattern in patterns)]
    it.ok(not strays, 'nothing lies where it does not belong', '\n'.join(strays))
    outside = [path for path in it.root.rglob('*') if not path.is_dir() and not path.is_relative_to(it.top)]
    it.ok(not outside, 'nothing lies outside of the prefix', outside)


def check_form(it):
    share = it.top / 'share'
    it.tool('the desktop file', 'desktop-file-validate', share / f'applications/{it.app}.desktop')
    it.tool('the metainfo', 'appstreamcli', 'validate', '--no-net', share / f'metainfo/{it.app}.metainfo.xml')
    it.tool('the settings', 'glib-compile-schemas', '--strict', '--dry-run', share / 'glib-2.0/schemas')
    schema = (share / f'glib-2.0/schemas/{it.app}.gschema.xml').read_text(encoding='utf-8')
    keys = re.findall(r'<key name="([\w-]+)".*?</key>', schema, re.S)
    told = re.findall(r'<key name="([\w-]+)"(?:(?!</key>).)*<summary>.+?</summary>\s*<description>.+?</description>', schema, re.S)
    it.ok(keys and keys == told, 'every setting is described', set(keys) - set(told))
    desktop = (share / f'applications/{it.app}.desktop').read_text(encoding='utf-8')
    it.ok(f'\nIcon={it.app}\n' in desktop, 'the desktop file names the installed icon', desktop)


def check_screenshots(it):
    """What a shop of software shows is in the tree, as large as it says."""
    source = pathlib.Path(__file__).resolve().parents[2] / 'data/screenshots'
    metainfo = (it.top / f'share/metainfo/{it.app}.metainfo.xml').read_text(encoding='utf-8')
    pictures = re.findall(r'<image type="source" width="(\d+)" height="(\d+)">https://\S+/([\w-]+\.png)</image>', metainfo)
    wrong = []
    for width, height, name in pictures:
        header = (source / name).read_bytes()[:24] if (source / name).exists() else bytes(24)
        if header[:4] != b'\x89PNG' or struct.unpack('>II', header[16:24]) != (int(width), int(height)):
            wrong.append(name)
    it.ok(len(pictures) == metainfo.count('<screenshot') - metainfo.count('<screenshots') and len(pictures) > 2 and not wrong,
          'the screenshots of the metainfo are there', wrong or metainfo)


def check_bus(it):
    """What the desktop starts by its name on the bus is what was installed."""
    share = it.top / 'share'
    service = (share / f'dbus-1/services/{it.app}.service').read_text(encoding='utf-8')
    program = '/' + str(it.top.relative_to(it.root) / 'bin/steelyard')
    it.ok(f'\nName={it.app}\n' in service and f'\nExec={program} --gapplication-service\n' in service,
          'the service starts the installed program', service)
    desktop = (share / f'applications/{it.app}.desktop').read_text(encoding='utf-8')
    actions = re.search(r'^Actions=(.*);$', desktop, re.M).group(1).split(';')
    it.ok('\nDBusActivatable=true\n' in desktop and all(f'[Desktop Action {name}]' in desktop for name in actions),
          'the desktop file says so, and has its actions', desktop)
    provider = (share / f'gnome-shell/search-providers/{it.app}.search-provider.ini').read_text(encoding='utf-8')
    it.ok(f'\nDesktopId={it.app}.desktop\n' in provider and f'\nBusName={it.app}\n' in provider
          and f"\nObjectPath=/{it.app.replace('.', '/')}/SearchProvider\n" in provider,
          'the search provider is where its description says', provider)


def check_help(it):
    """Each page is installed, well-formed, and in what a browser shows; the links lead somewhere."""
    source = pathlib.Path(__file__).resolve().parents[2] / 'data/help/C'
    folder = it.top / 'share/help/C/steelyard'
    pages = sorted(folder.glob('*.page'))
    names = {page.name for page in pages}
    it.ok(len(names) > 10 and names == {page.name for page in source.glob('*.page')}, 'every help page is installed', names)
    it.tool('the help pages are well-formed', 'xmllint', '--noout', *pages)
    it.tool('and what Mallard allows', 'yelp-check', 'validate', *pages)
    it.tool('their links lead to pages', 'yelp-check', 'links', *pages)
    it.tool('and to all of them', 'yelp-check', 'orphans', *pages)
    text = (it.top / 'share/steelyard/help/steelyard.html').read_text(encoding='utf-8')
    ids = set(re.findall(r'id="([\w-]+)"', text))
    gone = [page.stem for page in pages if page.stem != 'index' and (page.stem not in ids or f'href="#{page.stem}"' not in text)]
    it.ok(not gone, 'the page for a browser has all of them, and leads to them', gone)
    lost = [target for target in re.findall(r'href="#([\w-]+)"', text) if target not in ids]
    it.ok(not lost, 'and none of its links is lost', lost)


def check_thumbnailer(it):
    """What a file manager runs is what was installed, for what our MIME type says."""
    share = it.top / 'share'
    entry = (share / f'thumbnailers/{it.app}.thumbnailer').read_text(encoding='utf-8')
    program = '/' + str(it.top.relative_to(it.root) / 'bin/steelyard-cli')
    mime = re.search(r'mime-type type="([^"]+)"', (share / f'mime/packages/{it.app}.xml').read_text(encoding='utf-8')).group(1)
    it.ok(f'\nTryExec={program}\n' in entry and f'\nMimeType={mime};\n' in entry, 'the thumbnailer is for recordings', entry)
    command = re.search(rf'^Exec={re.escape(program)} (.*)$', entry, re.M)
    if not it.ok(command, 'and runs the installed program', entry):
        return
    picture = it.root / 'picture.png'
    recording = next((share / 'steelyard/recordings').glob('*.steelyard'))
    words = {'%s': '128', '%o': str(picture), '%i': str(recording)}
    answer = subprocess.run([it.top / 'bin/steelyard-cli', *(words.get(word, word) for word in command.group(1).split())],
                            env=dict(os.environ, STEELYARD_DATADIR=str(share / 'steelyard')),
                            capture_output=True, text=True, check=False)
    header = picture.read_bytes()[:24] if picture.exists() else b''
    it.ok(answer.returncode == 0 and header[:8] == b'\x89PNG\r\n\x1a\n' and struct.unpack('>I', header[16:20]) == (128,),
          'which draws a PNG as wide as it was asked to', answer)


def check_mime(it):
    """A recording is known by its name, and by its content under any other."""
    share = it.top / 'share'
    env = dict(os.environ, XDG_DATA_HOME=str(it.root / 'none'), XDG_DATA_DIRS=f'{share}:/usr/share', GIO_USE_VFS='local')
    it.tool('the MIME type', 'update-mime-database', share / 'mime', env=env)
    if shutil.which('update-mime-database') is None or shutil.which('gio') is None:
        return
    named = it.root / 'a.steelyard'
    named.write_bytes(bytes(8))
    other = it.root / 'other.bin'
    other.write_bytes(b'SQLite format 3\0' + bytes(52) + struct.pack('>I', 0x53594c59) + bytes(28))
    for path in (named, other):
        answer = subprocess.run(['gio', 'info', '-a', 'standard::content-type', str(path)],
                                capture_output=True, text=True, check=False, env=env)
        it.ok('application/x-steelyard' in answer.stdout, f'{path.name} is a recording', answer)


def check_programs(it):
    for name in ('steelyard', 'steelyard-cli'):
        it.ok(os.access(it.top / 'bin' / name, os.X_OK), f'{name} can be started')


def check_icons(it):
    """Symbolic icons are recoloured: one colour, and sixteen pixels."""
    icon = (it.top / f'share/icons/hicolor/symbolic/apps/{it.app}-symbolic.svg').read_text(encoding='utf-8')
    colours = set(re.findall(r'(?:fill|stroke)="(#\w+)"', icon))
    it.ok(len(colours) == 1 and 'viewBox="0 0 16 16"' in icon, 'the symbolic icon can be recoloured', colours)


def check_manual(it):
    """Every command and every option that the program has, in a page that formats without a word."""
    page = (it.top / 'share/man/man1/steelyard-cli.1').read_text(encoding='utf-8').replace('\\-', '-')
    answer = subprocess.run([it.top / 'bin/steelyard-cli', '--help'], capture_output=True, text=True, check=False)
    commands = re.findall(r'^  ([a-z]+) ', answer.stdout, re.M)
    gone = [name for name in commands if f'.SS "{name} ' not in page]
    it.ok(len(commands) > 8 and not gone, 'the manual has every command', gone or answer)

    sections = {part.split(' ', 1)[0]: part.split('\n.SH ', 1)[0] for part in page.split('\n.SS "')[1:]}
    for name in commands:
        answer = subprocess.run([it.top / 'bin/steelyard-cli', name, '--help'], capture_output=True, text=True, check=False)
        options = re.findall(r'^ +(?:-\w, )?(--[a-z-]+)', answer.stdout.partition('Application Options:')[2], re.M)
        gone = [option for option in options if not re.search(rf'^\\fB(-\w, )?{option}\\fR', sections.get(name, ''), re.M)]
        it.ok(not gone, f'the manual has the options of {name}', gone or answer)

    for name in ('steelyard', 'steelyard-cli'):
        it.tool(f'the manual of {name} formats', 'man', '--warnings', '-Tutf8', '-Z', '-l',
                it.top / f'share/man/man1/{name}.1')


def main():
    build, prefix, app = sys.argv[1:4]
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder) / 'root'
        answer = subprocess.run(['meson', 'install', '-C', build, '--no-rebuild', '--destdir', str(root)],
                                capture_output=True, text=True, check=False)
        it = Installed(root, prefix, app)
        it.ok(answer.returncode == 0, 'meson install', answer.stdout + answer.stderr)
        if answer.returncode == 0:
            for check in (check_places, check_form, check_screenshots, check_bus, check_programs, check_icons, check_manual, check_help, check_thumbnailer, check_mime):
                check(it)
    print(f'1..{it.n}')
    return 1 if it.failed else 0


if __name__ == '__main__':
    sys.exit(main())
