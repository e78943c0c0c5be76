"""Posts: the roles that a person is given within one jurisdiction."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from core.errors import BadInput, WrongState
from departments.models import Department, Jurisdiction, Membership, User

Role = Membership.Role
ROLES_OF_UNITS = (Role.REPORTER, Role.APPROVER)
ROLES_OF_PLACES = (Role.OFFICE, Role.LEADER)


@dataclass(frozen=True, slots=True)
class Post:
    """A role in a department, or for the jurisdiction itself (`department` None)."""

    role: str
    department: Department | None = None

    def __str__(self) -> str:
        label = Role(self.role).label
        return f"{self.department.name}{label.removeprefix('单位')}" if self.department else label


def require_fit(posts: Iterable[Post], jurisdiction: Jurisdiction) -> None:
    """Raise `BadInput` for a unit's role without a unit, an office's with one, or a unit from elsewhere."""
    for post in posts:
        label = Role(post.role).label
        if post.role in ROLES_OF_UNITS and post.department is None:
            raise BadInput(f"“{label}”要选所在的单位。", field="posts")
        if post.role in ROLES_OF_PLACES and post.department is not None:
            raise BadInput(f"“{label}”属于{jurisdiction.name}，不用选单位。", field="posts")
        if post.department is not None and post.department.jurisdiction_id != jurisdiction.pk:
            raise BadInput(f"{post.department.name}不是{jurisdiction.name}的单位。", field="posts")


def posts_of(person: User, jurisdiction: Jurisdiction) -> tuple[Post, ...]:
    """The person's posts in this jurisdiction, in the order given."""
    memberships = person.memberships.in_place(jurisdiction).select_related("department")
    return tuple(Post(membership.role, membership.department) for membership in memberships)


def write_posts(person: User, posts: Iterable[Post], jurisdiction: Jurisdiction) -> None:
    """Make the person's posts in this jurisdiction exactly these; call it inside the transaction of the change."""
    wanted = dict.fromkeys(posts)
    kept = set()
    for membership in person.memberships.in_place(jurisdiction).select_related("department"):
        post = Post(membership.role, membership.department)
        if post in wanted:
            kept.add(post)
        else:
            membership.delete()
    Membership.objects.bulk_create(as_membership(person, post, jurisdiction) for post in wanted if post not in kept)


def as_membership(person: User, post: Post, jurisdiction: Jurisdiction) -> Membership:
    place = None if post.department else jurisdiction
    return Membership(user=person, role=post.role, department=post.department, jurisdiction=place)


def as_words(posts: Iterable[Post]) -> str:
    """区教体局联络员、区文旅局联络员."""
    return "、".join(map(str, posts))


def require_office_seat(jurisdiction: Jurisdiction) -> None:
    """Raise `WrongState` when nobody who can log in works in the office any more; call it after the change."""
    seats = Membership.objects.of_office().filter(jurisdiction=jurisdiction, user__is_active=True)
    if not seats.exists():
        raise WrongState(
            f"这样改后，{jurisdiction.office_name}就没有能登录的工作人员了。请先给另一位用户加上“食安办工作人员”的角色。"
        )
