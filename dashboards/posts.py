"""Which of a person's posts decides what the home page and the main entries show."""

from __future__ import annotations

from departments.models import Membership, User

Role = Membership.Role
RANK = (Role.OFFICE, Role.LEADER, Role.APPROVER, Role.REPORTER)


def foremost_post(user: User) -> Membership | None:
    """Office before leader before approver before reporter, the oldest first; None for a person without any."""
    posts = user.memberships.select_related("jurisdiction", "department__jurisdiction").order_by("pk")
    return min(posts, key=lambda post: RANK.index(Role(post.role)), default=None)


def in_office(post: Membership | None) -> bool:
    return post is not None and post.role == Role.OFFICE


def in_lead(post: Membership | None) -> bool:
    return post is not None and post.role == Role.LEADER
