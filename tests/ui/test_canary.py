"""A secret is nowhere but on its way to its server.
SPDX-License-Identifier: GPL-3.0-or-later

Servers that want a credential and send back whatever they were told; the command
line and the real window, with each kind of credential, without a keyring and
with one. Then every file, every output, every argument, every title and every
accessible text is searched for the secret in the forms in which it travels."""
import base64
import http.server
import os
import ssl
import subprocess
import sys
import threading
import urllib.parse

from atspi_driver import Atspi, GLib, Program, main, name_of, wait_for, walk

SECRET = 'CANARY-9f3a7c55e1'
FORMS = (SECRET, base64.b64encode(f'user:{SECRET}'.encode()).decode(), urllib.parse.quote(SECRET, safe=''), SECRET[::-1])
SUPPORT = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'support')
KINDS = {
    'basic': (f'basic user:{SECRET}', 'Authorization'),
    'bearer': (f'bearer {SECRET}', 'Authorization'),
    'header': (f'header X-API-Key: {SECRET}', 'X-API-Key'),
}


def exposition(n):
    return (f'# TYPE http_requests_total counter\nhttp_requests_total{{code="200"}} {n}\n'
            f'# TYPE process_resident_memory_bytes gauge\nprocess_resident_memory_bytes 41201664\n').encode()


class Guarded:
    """Answers 200 to who shows the secret, else 401; @mode 'echo' sends all it heard back, with 500."""

    def __init__(self, mode='', certificate=None):
        guarded = self
        self.authorized = 0

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = 'HTTP/1.1'

            def do_GET(self):
                shown = str(self.headers)
                good = SECRET in shown or FORMS[1] in shown or certificate is not None
                guarded.authorized += good
                body = exposition(guarded.authorized)
                if mode == 'echo' or not good:
                    body = shown.encode()
                    self.send_response(500 if good else 401, 'Heard ' + ' '.join(shown.split()))
                    self.send_header('WWW-Authenticate', 'Basic realm="x"')
                else:
                    self.send_response(200)
                self.send_header('Content-Type', 'text/plain; version=0.0.4')
                self.send_header('Content-Length', str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *args):
                pass

        self.server = http.server.ThreadingHTTPServer(('127.0.0.1', 0), Handler)
        self.server.handle_error = lambda *args: None
        scheme = 'http'
        if certificate is not None:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(os.path.join(SUPPORT, 'tls', certificate))
            context.load_verify_locations(os.path.join(SUPPORT, 'tls', 'ca.pem'))
            context.verify_mode = ssl.CERT_REQUIRED
            self.server.socket = context.wrap_socket(self.server.socket, server_side=True)
            scheme = 'https'
        self.origin = f'{scheme}://127.0.0.1:{self.server.server_address[1]}'
        self.url = self.origin + '/metrics'
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def stop(self):
        self.server.shutdown()
        self.server.server_close()


def leaks_in(data):
    if isinstance(data, str):
        data = data.encode('utf-8', 'replace')
    return [form for form in FORMS if form.encode() in data]


def leaks_in_files(*roots):
    found = []
    for root in roots:
        for folder, _, names in os.walk(root):
            for name in names:
                path = os.path.join(folder, name)
                try:
                    if os.path.isfile(path):
                        with open(path, 'rb') as file:
                            found += [path] if leaks_in(file.read()) else []
                except OSError:
                    pass
                found += [path] if leaks_in(path) else []
    return found


class Command:
    """steelyard-cli, with the credential in a file or a variable."""

    def __init__(self, checks, cli):
        self.checks = checks
        self.cli = cli
        self.folder = os.environ['XDG_RUNTIME_DIR']  # not searched: the secret is put there

    def file_of(self, line):
        path = os.path.join(self.folder, 'auth')
        with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), 'w', encoding='utf-8') as file:
            file.write(line + '\n')
        return path

    def run(self, what, arguments, line, variable=False):
        env = dict(os.environ, G_MESSAGES_DEBUG='all', SOUP_DEBUG='1', G_DBUS_DEBUG='')
        if variable:
            env['STEELYARD_TEST_AUTH'] = line
            arguments = arguments + ['--auth-env', 'STEELYARD_TEST_AUTH']
        elif line is not None:
            arguments = arguments + ['--auth-file', self.file_of(line)]
        done = subprocess.run([self.cli] + arguments, env=env, capture_output=True, check=False, timeout=60)
        self.checks.ok(not leaks_in(done.stdout + done.stderr), f'{what}: nothing in what it prints',
                       leaks_in(done.stdout + done.stderr))
        return done

    def check_kinds(self):
        guarded, echo = Guarded(), Guarded('echo')
        for kind, (text, _) in KINDS.items():
            done = self.run(f'inspect with {kind}', ['inspect', guarded.url, '--json'], f'{guarded.origin} {text}')
            self.checks.ok(done.returncode == 0 and b'http_requests' in done.stdout, f'inspect with {kind} is let in', done.stderr)
            done = self.run(f'inspect with {kind} from a variable', ['inspect', guarded.url], f'{guarded.origin} {text}', True)
            self.checks.ok(done.returncode == 0, f'inspect with {kind} from a variable is let in', done.stderr)
            done = self.run(f'watch with {kind}', ['watch', guarded.url, '--json', '--for', '1s', '--interval', '200ms'],
                            f'{guarded.origin} {text}')
            self.checks.ok(b'"state":"live"' in done.stdout, f'watch with {kind} is let in', done.stdout[-300:])
            done = self.run(f'a server that echoes {kind}', ['inspect', echo.url], f'{echo.origin} {text}')
            self.checks.ok(done.returncode == 1 and b'answered 500' in done.stderr, f'an echo of {kind} is an error', done.stderr)
            done = self.run(f'{kind} for another origin', ['inspect', echo.url], f'{guarded.origin} {text}')
            self.checks.ok(done.returncode == 2, f'{kind} for another origin is refused', done.stderr)
        done = self.run('a broken credential', ['inspect', guarded.url], f'{guarded.origin} digest {SECRET}')
        self.checks.ok(done.returncode == 2, 'a broken credential is refused', done.stderr)
        for address in (f'http://user:{SECRET}@127.0.0.1/', f'ftp://127.0.0.1/?token={SECRET}'):
            for what in ('inspect', 'watch'):
                done = self.run(f'a broken address for {what}', [what, address], None)
                self.checks.ok(done.returncode == 2, f'a broken address for {what} is refused', done.stderr)
        done = self.run('a secret in the address', ['inspect', f'{guarded.url}?access_token={SECRET}'], None)
        self.checks.ok(done.returncode == 1, 'a secret in the address is not enough', done.stderr)
        guarded.stop()
        echo.stop()

    def check_certificate(self):
        server = Guarded(certificate='good.pem')
        authority = os.path.join(SUPPORT, 'tls', 'ca.pem')
        client = os.path.join(SUPPORT, 'tls', 'client.pem')
        with open(client, encoding='utf-8') as file:
            key = file.read().split('-----BEGIN PRIVATE KEY-----')[1].split()[0]
        done = self.run('inspect with a client certificate', ['inspect', server.url, '--ca-file', authority],
                        f'{server.origin} client-certificate {client}')
        self.checks.ok(done.returncode == 0, 'inspect with a client certificate is let in', done.stderr)
        self.checks.ok(key.encode() not in done.stdout + done.stderr, 'its key is not printed')
        done = self.run('inspect without one', ['inspect', server.url, '--ca-file', authority], None)
        self.checks.ok(done.returncode == 1 and b'certificate of ours' in done.stderr, 'without one it says so', done.stderr)
        server.stop()


def text_of(node):
    """All that the accessibility bus says of a thing. What stands in a password entry while it is typed is not asked for:
    GTK of the floor tells it, under a role that says what it is."""
    parts = [name_of(node)]
    try:
        if node.get_role_name() == 'password text':
            return parts[0]
        parts.append(node.get_description() or '')
        if 'Text' in node.get_interfaces():
            parts.append(Atspi.Text.get_text(node, 0, Atspi.Text.get_character_count(node)))
        if 'Value' in node.get_interfaces():
            parts.append(str(Atspi.Value.get_current_value(node)))
    except GLib.Error:
        pass
    return '\n'.join(part for part in parts if part)


def secret_text_of(node):
    """What is in a password entry."""
    if node.get_role_name() != 'password text':
        return ''
    return Atspi.Text.get_text(node, 0, Atspi.Text.get_character_count(node))


def titles_of(process):
    windows = subprocess.run(['xdotool', 'search', '--pid', str(process.pid)], capture_output=True, text=True, check=False).stdout
    return '\n'.join(subprocess.run(['xdotool', 'getwindowname', window], capture_output=True, text=True, check=False).stdout
                     for window in windows.split())


def check_window(checks, program, what):
    texts = '\n'.join(text_of(node) for node in walk(program.root))
    checks.ok(texts and not leaks_in(texts), f'{what}: nothing in accessible texts',
              [line for line in texts.split('\n') if leaks_in(line)])
    checks.ok(not leaks_in(titles_of(program.process)), f'{what}: nothing in titles', titles_of(program.process))
    with open(f'/proc/{program.process.pid}/cmdline', 'rb') as line:
        checks.ok(not leaks_in(line.read()), f'{what}: nothing in arguments')


def choose_kind(program, name):
    """The credential has the focus when the dialog opens; by keyboard."""
    downs = ['None', 'User Name and Password', 'Bearer Token', 'Header', 'Client Certificate'].index(name)
    subprocess.run(['xdotool', 'search', '--sync', '--onlyvisible', '--name', '^Authentication$', 'windowfocus', '--sync'], check=True)
    program.key('space')
    for _ in range(downs):
        program.key('Down')
    program.key('Return')


def authenticate(checks, program, kind, remember):
    """In the dialog that is open."""
    checks.ok(program.wait('Credential', ('combo box',)), f'{kind}: the dialog is there')
    names = {'basic': ('User Name and Password', [('User Name', 'user'), ('Password', SECRET)]),
             'bearer': ('Bearer Token', [('Token', SECRET)]),
             'header': ('Header', [('Name of the Header', 'X-API-Key'), ('Value of the Header', SECRET)])}
    title, fields = names[kind]
    choose_kind(program, title)
    for field, value in fields:
        checks.ok(program.write(field, value), f'{kind}: {field} can be written')
    if remember:
        program.key('alt+r')
    check_window(checks, program, f'{kind}, while it is written')
    checks.ok(program.press('Save'), f'{kind}: Save can be pressed')
    checks.ok(wait_for(lambda: not any(leaks_in(secret_text_of(node)) for node in walk(program.root))),
              f'{kind}: once saved, it is in no password entry either')


def add(checks, program, guarded, kind, remember, keyring):
    program.press('Add Backend…')
    program.write('Address', guarded.url)
    program.write('Name', kind.capitalize())
    program.press('Authentication…')
    authenticate(checks, program, kind, remember)
    if remember and not keyring:
        checks.ok(program.wait('In use for this session only: no keyring is running here'),
                  f'{kind}: it says that there is no keyring', program.labels())
        program.key('Escape')
    checks.ok(program.wait('What It Says'), f'{kind}: the server lets it in', program.labels())
    program.press('Add')
    checks.ok(program.wait(f'Throughput of {kind.capitalize()}'), f'{kind}: a column appears')
    checks.ok(wait_for(lambda: guarded.authorized > 2), f'{kind}: it is asked again and again')


def cancel(program):
    """Closes the add dialog, and waits until it has gone."""
    program.press('Cancel')
    wait_for(lambda: program.find('Check') is None and program.find('Cancel') is None)


def quit_program(checks, program, what):
    subprocess.run(['xdotool', 'search', '--sync', '--onlyvisible', '--pid', str(program.process.pid), '--name', 'Steelyard$',
                    'windowfocus', '--sync'], check=False)
    program.key('ctrl+q')
    status = program.end()
    checks.ok(status == 0, f'{what}: it ends with status 0', status)


def check_gui(checks, path, keyring, kinds):
    where = 'with a keyring' if keyring else 'without a keyring'
    service = None
    if keyring:
        service = subprocess.Popen([sys.executable, os.path.join(SUPPORT, 'secret_service.py')], stdout=subprocess.PIPE, text=True)
        service.stdout.readline()
    os.environ['G_MESSAGES_DEBUG'] = 'all'
    program = Program([path, '--interval', '0.5'])
    checks.ok(program.root, f'{where}: the program is on the accessibility bus')
    servers = {kind: Guarded() for kind in kinds}
    for kind, guarded in servers.items():
        add(checks, program, guarded, kind, kind != 'header', keyring)  # one of them is not remembered
    check_window(checks, program, f'{where}, at the end')

    # A server that sends everything back, in the place where errors are shown.
    echo = Guarded('echo')
    program.press('Add Backend…')
    program.write('Address', echo.url)
    program.press('Authentication…')
    authenticate(checks, program, 'bearer', False)
    checks.ok(wait_for(lambda: any('answered 500' in text for text in program.labels())), f'{where}: an echo is an error',
              program.labels())
    check_window(checks, program, f'{where}, after an echo')
    cancel(program)

    if service is not None:
        kept = next(line.split()[-1] for line in service.stdout if line.startswith('stored'))
        checks.ok(kept == servers['bearer'].origin, 'the keyring has it', kept)
    quit_program(checks, program, where)
    with open(program.stderr_path, 'rb') as log:
        checks.ok(not leaks_in(log.read()), f'{where}: nothing in the log, with all messages on')
    roots = [os.environ['HOME']] + [os.environ[name] for name in ('XDG_DATA_HOME', 'XDG_CONFIG_HOME', 'XDG_CACHE_HOME')]
    checks.ok(not leaks_in_files(*roots), f'{where}: nothing in files', leaks_in_files(*roots))
    if service is not None:
        remembered(checks, path, servers['bearer'])
        service.kill()
        service.wait()
    for guarded in list(servers.values()) + [echo]:
        guarded.stop()


def remembered(checks, path, guarded):
    """Another run asks the keyring, and nobody else."""
    before = guarded.authorized
    program = Program([path, '--interval', '0.5'])
    program.press('Add Backend…')
    program.write('Address', guarded.url)
    program.press('Check')
    checks.ok(program.wait('What It Says'), 'another run is let in with what the keyring has', program.labels())
    checks.ok(guarded.authorized > before, 'the server saw it')
    check_window(checks, program, 'another run')
    cancel(program)
    quit_program(checks, program, 'another run')


def run(checks, path):
    command = Command(checks, os.environ['STEELYARD_CLI'])
    command.check_kinds()
    command.check_certificate()
    check_gui(checks, path, False, ('basic', 'header'))
    check_gui(checks, path, True, ('bearer',))


main(run)
