"""The benchmarks run on PostgreSQL, and so do their tests: elsewhere there is nothing to collect."""

import os

collect_ignore_glob = [] if os.environ.get("DATABASE_URL", "").startswith("postgres") else ["test_*.py"]
