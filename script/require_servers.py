"""Says plainly whether the servers that a test run needs answer: `require_servers.py POSTGRES_URL REDIS_URL`."""

from __future__ import annotations

import re
import sys

import psycopg2
import redis


def main(postgres_url: str, redis_url: str) -> None:
    try:
        psycopg2.connect(postgres_url, connect_timeout=10).close()
    except psycopg2.OperationalError as error:
        sys.exit(f"No PostgreSQL answers at {shown(postgres_url)}: {error}Start one, or name another by POSTGRES_URL.")
    try:
        redis.Redis.from_url(redis_url, socket_connect_timeout=10).ping()
    except redis.RedisError as error:
        sys.exit(f"No Redis answers at {shown(redis_url)}: {error}. Start one, or name another by REDIS_URL.")


def shown(url: str) -> str:
    """The address without user and password."""
    return re.sub(r"//.*@", "//", url)


if __name__ == "__main__":
    main(*sys.argv[1:])
