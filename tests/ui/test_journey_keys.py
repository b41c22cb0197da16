"""By the keys of a keyboard alone: from the first start to a decision in a file.
SPDX-License-Identifier: GPL-3.0-or-later

usage: test_journey_keys.py STEELYARD STEELYARD-CLI MAKE-RECORDING"""
import sys

from atspi_driver import main
from journey import Keys, travel

if __name__ == '__main__':
    main(lambda checks, path: travel(checks, path, *sys.argv[2:4], Keys))
