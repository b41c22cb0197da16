"""The real window from outside: adding, watching, renaming, losing and removing backends.
SPDX-License-Identifier: GPL-3.0-or-later"""
import http.server
import threading
import time

from atspi_driver import Program, main, wait_for
from notifications import Notifications


class Backend:
    """A server on loopback whose counters grow with time."""

    def __init__(self, rate, port=0):
        self.rate = rate
        self.start = time.monotonic()
        backend = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                body = backend.exposition().encode()
                self.send_response(200)
                self.send_header('Content-Type', 'text/plain; version=0.0.4; charset=utf-8')
                self.send_header('Content-Length', str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *args):
                pass

        self.server = http.server.ThreadingHTTPServer(('127.0.0.1', port), Handler)
        self.port = self.server.server_address[1]
        self.url = f'http://127.0.0.1:{self.port}/metrics'
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def exposition(self):
        n = int((time.monotonic() - self.start) * self.rate) + 10
        return f'''# TYPE http_requests_total counter
http_requests_total{{method="GET",code="200"}} {n}
# TYPE http_request_duration_seconds histogram
http_request_duration_seconds_bucket{{le="0.01"}} {n // 2}
http_request_duration_seconds_bucket{{le="0.1"}} {n}
http_request_duration_seconds_bucket{{le="+Inf"}} {n}
http_request_duration_seconds_sum {n * 0.02}
http_request_duration_seconds_count {n}
# TYPE process_cpu_seconds_total counter
process_cpu_seconds_total {(time.monotonic() - self.start) * 0.25}
# TYPE process_resident_memory_bytes gauge
process_resident_memory_bytes 41201664
# TYPE process_start_time_seconds gauge
process_start_time_seconds 1795422736
'''

    def stop(self):
        self.server.shutdown()
        self.server.server_close()


def add(checks, program, backend, name):
    checks.ok(program.press('Add Backend…'), f'{name}: Add Backend can be pressed')
    checks.ok(program.write('Address', backend.url), f'{name}: the address can be written')
    program.write('Name', name)
    checks.ok(program.press('Check'), f'{name}: Check can be pressed')
    checks.ok(program.wait('What It Says', exact=True), f'{name}: it says what it found')
    checks.ok(program.press('Add'), f'{name}: Add can be pressed')
    checks.ok(program.wait(f'Throughput of {name}'), f'{name}: a column appears')


def run(checks, path):
    desktop = Notifications()
    a, b = Backend(200), Backend(150)
    program = Program([path, '--interval', '0.5'])
    if not checks.ok(program.root, 'the program is on the accessibility bus'):
        return
    checks.ok(program.wait('Try the Demo'), 'the first-run page offers the demo')

    # A fault stands beside the entry.
    program.press('Add Backend…')
    program.write('Address', 'ftp://somewhere/')
    program.press('Check')
    checks.ok(program.wait('This address cannot be used'), 'a wrong address is refused in words')
    program.press('Cancel')
    checks.ok(wait_for(lambda: program.find('Check') is None), 'Cancel closes the dialog')

    add(checks, program, a, 'Orders')
    add(checks, program, b, 'Basket')

    def both_move():
        charts = program.charts()
        return all('requests per second' in charts.get(f'Throughput of {n}', '') for n in ('Orders', 'Basket'))
    checks.ok(wait_for(both_move, 15), 'both columns say their throughput', program.charts())
    checks.ok(wait_for(lambda: any('answers 99 %' in text for text in program.labels())),
              'a sentence compares them', program.labels())

    # Renaming by menu and entry.
    program.press('Menu of Basket')
    item = program.wait('Rename…', ('menu item',))
    checks.ok(item is not None, 'the menu of a backend offers Rename')
    if item is not None:
        item.do_action(0)
    checks.ok(program.write('Name of the backend', 'Cart'), 'the name can be written')
    program.press('Rename')
    checks.ok(program.wait('Throughput of Cart'), 'the new name is everywhere')

    # One backend goes away: its own column says so, the other goes on.
    b.stop()
    checks.ok(program.wait('Nobody answers at this address', seconds=15), 'a lost backend is named in words', program.labels())
    lost = wait_for(lambda: desktop.sent('Cart does not answer'))
    checks.ok(lost, 'the desktop tells it', desktop.said)
    before = program.charts()
    checks.ok(wait_for(lambda: 'requests per second' in program.charts().get('Throughput of Orders', '')),
              'the other column goes on', before)

    checks.ok(program.press('Retry Now'), 'Retry Now can be pressed')
    b = Backend(150, b.port)
    checks.ok(wait_for(lambda: 'Nobody answers at this address' not in program.labels(), 15),
              'the backend is back', program.labels())
    checks.ok(lost and wait_for(lambda: desktop.is_withdrawn(lost['sent'])), 'the desktop tells it no more', desktop.said)

    program.press('Menu of Cart')
    item = program.wait('Remove', ('menu item',))
    if checks.ok(item is not None, 'the menu of a backend offers Remove'):
        item.do_action(0)
    checks.ok(wait_for(lambda: not any('Cart' in name for name in program.charts())), 'its column is gone')
    checks.ok(program.press('Undo'), 'the toast offers Undo')
    checks.ok(program.wait('Throughput of Cart'), 'the column is back, with its name')
    program.press('Menu of Cart')
    item = program.wait('Remove', ('menu item',))
    if item is not None:
        item.do_action(0)
    checks.ok(wait_for(lambda: not any('Cart' in name for name in program.charts())), 'and can be removed again')

    program.focus_window()
    program.key('ctrl+q')
    status = program.end()
    checks.ok(status == 0, 'Ctrl+Q ends it with status 0', status)
    checks.ok(program.warnings() == [], 'it warned of nothing', program.warnings())
    desktop.stop()
    a.stop()
    b.stop()


if __name__ == '__main__':
    main(run)
