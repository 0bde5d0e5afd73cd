"""What a production site has in its environment, for processes that tests start."""

import hashlib
import os

KEY, OTHER_KEY, SECRET_KEY = (hashlib.sha256(name).hexdigest() for name in (b"one", b"other", b"secret"))
PRODUCTION = {
    "SECRET_KEY": SECRET_KEY,
    "SIGNATURE_KEYS": KEY,
    "SITE_URL": "https://countersign.example.org",
    "EMAIL_URL": "smtp+tls://desk:password@mail.example.org:587",
}
# What a process needs to run at all, and nothing that another project set.
SHELL = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG", "VIRTUAL_ENV")}
