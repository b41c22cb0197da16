"""Without a pointer and with the window read out: from the first start to a decision in a file.
SPDX-License-Identifier: GPL-3.0-or-later

usage: test_journey.py STEELYARD STEELYARD-CLI MAKE-RECORDING"""
import sys

from atspi_driver import main
from journey import Bus, travel

if __name__ == '__main__':
    main(lambda checks, path: travel(checks, path, *sys.argv[2:4], Bus))
