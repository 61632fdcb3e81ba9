"""`python -m dbsapp`: check everything that can stop us, migrate the database, serve."""

import sys

from dbsapp.config import ConfigError, load_settings
from dbsapp.content import ContentError
from dbsapp.serve import StartError, serve


def main() -> int:
    """Serve until stopped; return 1 with one plain sentence on stderr when that cannot be."""
    try:
        serve(load_settings())
    except (ConfigError, ContentError, StartError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
