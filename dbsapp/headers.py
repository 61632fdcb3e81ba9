"""The security headers of every answer."""

import base64
import hashlib

from flask import Flask, Response

#: The browser's names for lit and its parts; printed in `base.html`, allowed by its hash.
IMPORT_MAP = (
    '{"imports":{"lit":"/static/vendor/lit/index.js",'
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
            "media-src 'self' blob:",
            "connect-src 'self'",
            "manifest-src 'self'",
            "worker-src 'self'",
            "form-action 'self'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
        )
    )


#: What every answer carries.
ALWAYS = {"X-Content-Type-Options": "nosniff", "Cross-Origin-Resource-Policy": "same-origin"}


def page_headers(app: Flask) -> dict[str, str]:
    """Return the headers of a page of `app`: those of every answer, and what rules a document.

    A script, a style or a picture is ruled by the page that asks for it, so it goes without: over
    fifty files these lines would weigh as much as a third of a first visit.
    """
    headers = ALWAYS | {
        "Content-Security-Policy": _csp(),
        "Referrer-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    }
    if str(app.config["SITE_URL"]).startswith("https://"):
        headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
    return headers


def set_headers(app: Flask) -> None:
    """Add the security headers to every answer that comes through `app`."""
    of_a_page = page_headers(app)

    @app.after_request
    def add(response: Response) -> Response:
        response.headers.update(of_a_page if response.mimetype == "text/html" else ALWAYS)
        response.headers.setdefault("Cache-Control", "no-store")
        return response
