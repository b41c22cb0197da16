"""The notifications of a desktop, on the session bus that a test has for itself.
SPDX-License-Identifier: GPL-3.0-or-later"""
import json
import os
import subprocess
import threading

from atspi_driver import wait_for

SERVER = os.path.join(os.path.dirname(__file__), '../support/notification_server.py')


class Notifications:
    """Starts the server of ../support; what it says is in `said`, in order."""

    def __init__(self, *arguments):
        self.process = subprocess.Popen(['/usr/bin/python3', SERVER, *arguments], text=True,
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.said = []
        threading.Thread(target=self.read, daemon=True).start()
        wait_for(lambda: self.said)

    def read(self):
        for line in self.process.stdout:
            self.said.append(json.loads(line))

    def sent(self, title):
        """The newest with this title; None."""
        found = [what for what in list(self.said) if what.get('title') == title]
        return found[-1] if found else None

    def count(self, title):
        return sum(what.get('title') == title for what in list(self.said))

    def is_withdrawn(self, number):
        return any(what.get('withdrawn') == number for what in list(self.said))

    def press(self, number):
        self.process.stdin.write(f'press {number}\n')
        self.process.stdin.flush()

    def stop(self):
        self.process.stdin.close()
        self.process.wait()
