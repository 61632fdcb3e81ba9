"""The sites of `pwa/`, for the faults that live in the worker."""

from tests.browser.pwa.conftest import context, page, site

__all__ = ["context", "page", "site"]
