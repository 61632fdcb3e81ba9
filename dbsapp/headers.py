"""The security headers of every answer."""

import base64
import hashlib

from flask import Flask, Response

#: The browser's names for our two libraries; printed in `base.html`, allowed by its hash.
IMPORT_MAP = (
    '{"imports":{"idb":"/static/vendor/idb/index.js","lit":"/static/vendor/lit/index.js",'
    '"@lit/reactive-element":"/static/vendor/@lit/reactive-element/reactive-element.js",'
    '"lit-html":"/static/vendor/lit-html/lit-html.js",'
    '"lit-html/is-server.js":"/static/vendor/lit-html/is-server.js",'
    '"lit-element/lit-element.js":"/static/vendor/lit-element/lit-element.js"}}'
)


def _csp() -> str:
    digest = base64.b64encode(hashlib.sha256(IMPORT_MAP.encode()).digest()).decode()
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src 'self' 'sha256-{digest}'",
            "style-src 'self'",
            "img-src 'self'",
            "media-src 'self'",
            "connect-src 'self'",
            "manifest-src 'self'",
            "worker-src 'self'",
            "form-action 'self'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
        )
    )


def set_headers(app: Flask) -> dict[str, str]:
    """Add the security headers to every answer of `app`, and return them."""
    headers = {
        "Content-Security-Policy": _csp(),
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    }
    if str(app.config["SITE_URL"]).startswith("https://"):
        headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"

    @app.after_request
    def add(response: Response) -> Response:
        response.headers.update(headers)
        response.headers.setdefault("Cache-Control", "no-store")
        return response

    return headers
