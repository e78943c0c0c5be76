"""Every route against every actor, as `rights_table.py` says."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.db import transaction
from django.shortcuts import resolve_url
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.rights_table import PUBLIC, RIGHTS, Right
from tests.rights_world import World, make_world


def routes(patterns: list[URLPattern | URLResolver], namespace: str = "") -> Iterator[str]:
    """Names of all routes but the administration's, which keeps its own rights."""
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            yield f"{namespace}{pattern.name}"
        elif pattern.namespace != "admin":
            yield from routes(pattern.url_patterns, f"{pattern.namespace}:" if pattern.namespace else namespace)


READ = {right.route for right in RIGHTS if right.method == "get"}
POSTED_ALONE = [right for right in RIGHTS if right.route not in READ]


@pytest.fixture
def world(db: None) -> World:
    return make_world()


def status_for(actor: str, right: Right, world: World) -> int:
    """What the actor is answered; whatever it changed is taken back."""
    client = Client(raise_request_exception=False)
    with transaction.atomic():
        if user := world.actors[actor]:
            client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[-1])
        url = reverse(right.route, kwargs=right.address(world))
        response = client.get(url) if right.method == "get" else client.post(url, right.sent(world))
        transaction.set_rollback(True)
    return int(response.status_code)


@pytest.mark.parametrize("right", RIGHTS, ids=lambda right: f"{right.route} {right.method}")
def test_each_actor_is_answered_as_the_table_says(right: Right, world: World):
    answered = {actor: status_for(actor, right, world) for actor in world.actors}
    assert answered == dict(zip(world.actors, right.statuses, strict=True))


def test_every_route_is_in_the_table():
    missing = set(routes(get_resolver().url_patterns)) - {right.route for right in RIGHTS}
    assert not missing, f"add to tests/rights_table.py: {sorted(missing)}"


def test_the_table_names_no_route_twice_for_a_method():
    rows = [(right.route, right.method) for right in RIGHTS]
    assert len(rows) == len(set(rows))


def test_strangers_are_sent_to_log_in(world: World, client: Client):
    let_in = []
    for right in RIGHTS:
        response = getattr(client, right.method)(reverse(right.route, kwargs=right.address(world)))
        sent_to_log_in = response.headers.get("Location", "").startswith(resolve_url(settings.LOGIN_URL))
        if right.route not in PUBLIC and not sent_to_log_in:
            let_in.append(right.route)
    assert not let_in


def test_what_changes_things_is_not_done_by_a_link(world: World, client: Client):
    office = world.actors["office"]
    assert office
    client.force_login(office, backend=settings.AUTHENTICATION_BACKENDS[-1])
    urls = [reverse(right.route, kwargs=right.address(world)) for right in POSTED_ALONE]
    assert not [url for url in urls if client.get(url).status_code != 405]
