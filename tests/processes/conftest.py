"""Programs in a pseudo terminal: there is none to be had this way on Windows."""

import sys

if sys.platform == "win32":
    collect_ignore_glob = ["test_*.py"]
