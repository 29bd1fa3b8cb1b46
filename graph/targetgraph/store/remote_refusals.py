"""What a service says when it does not do what it is asked, in words that help."""

from __future__ import annotations

from typing import Final

from targetgraph.errors import QueryError, StoreError, TargetGraphError
from targetgraph.store.remote_address import GRAPH_STORE_SETTING, UPDATE_SETTING
from targetgraph.store.remote_http import Body, Request

_LOGIN: Final = "set TARGETGRAPH_STORE_USER and TARGETGRAPH_STORE_PASSWORD, or TARGETGRAPH_STORE_TOKEN"
_ENDPOINTS: Final = f"for another address of its endpoints set {GRAPH_STORE_SETTING} and {UPDATE_SETTING}"


def refusal(body: Body, request: Request, asking: bool) -> TargetGraphError:
    """The error for an answer that is none.

    Parameters
    ----------
    asking : for a query; otherwise something was to be written.
    """
    status, said = body.status, body.beginning()
    words = f": {said}" if said else ""
    where = request.url
    if status == 401:
        return StoreError(f"the service wants to know who asks, or does not know us (401){words}", where, _LOGIN)
    if status == 403:
        what = "reading" if asking else "writing"
        return StoreError(f"the service does not allow {what} (403){words}", where, f"ask its keeper; {_LOGIN}")
    if status in (404, 405, 501) and not asking:
        return StoreError(f"the service does not take what is published there ({status}){words}", where, _ENDPOINTS)
    if status == 404:
        return StoreError(f"there is nothing at this address (404){words}", where, "check the address")
    if status == 400 and asking:
        return QueryError(f"the service does not take the query (400){words}", where, "compare with SPARQL 1.1")
    if status in (408, 429, 502, 503, 504):
        return StoreError(f"the service is busy or away ({status}){words}", where, "try again later")
    if status == 413:
        return StoreError(f"the service takes no pieces of that size (413){words}", where, "raise its limit on bodies")
    if asking:
        return StoreError(f"the service could not answer ({status}){words}", where, "see what it says; ask for less")
    return StoreError(f"the service could not write ({status}){words}", where, "see what it says, and try again")
