"""The WSGI entry point: `granian --interface wsgi app:app`, `flask --app app run`."""

import gc

from dbsapp import create_app

app = create_app()
# The plan, its pages and all modules stay for good. Looking through them again and again for
# garbage took an eighth of the time of a large push.
gc.collect()
gc.freeze()
