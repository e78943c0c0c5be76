"""Users: the list, one person, making and changing accounts."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from departments.actions import accounts
from departments.actions import people as actions
from departments.actions.people import NewAccount
from departments.editions import edition
from departments.forms.filters import PeopleFilter
from departments.forms.people import HandOverForm, KeyForm, PersonForm
from departments.models import Jurisdiction, User
from departments.passwords import new_key
from departments.places import required_place, signed_in
from departments.policies import available_verbs, may_change_person, may_hand_over, may_manage, may_view_people
from departments.queries import count_people, jurisdictions_of, locked_usernames, people_of


def visible_person(request: HttpRequest, pk: int) -> tuple[User, Jurisdiction]:
    """The person and the jurisdiction in which they are looked at: the place chosen, else another one that the
    viewer sees; 404 for a person of none of these."""
    user, place = signed_in(request), required_place(request)
    seen = Jurisdiction.objects.visible_to(user)
    person = User.objects.filter(pk=pk).first()
    places = [each for each in jurisdictions_of(person) if each in set(seen)] if person else []
    if person is None or not (places or user.is_superuser):
        raise Http404
    return person, place if place in places or not places else places[0]


@require_safe
def users(request: HttpRequest) -> HttpResponse:
    user, place = signed_in(request), required_place(request)
    may_view_people(user, place).or_raise()
    filters = PeopleFilter(request.GET, jurisdiction=place)
    page = filters.page(filters.narrow(people_of(place)))
    context = {
        "place": place,
        "filters": filters,
        "page": page,
        "manage": may_manage(user, place),
        "locked": locked_usernames(person.username for person in page),
        "counts": count_people(place),
    }
    return render(request, "departments/users.html", context)


@require_safe
def user(request: HttpRequest, pk: int) -> HttpResponse:
    viewer, (person, place) = signed_in(request), visible_person(request, pk)
    may_view_people(viewer, place).or_raise()
    context = {
        "person": person,
        "place": place,
        "can": available_verbs(viewer, person),
        "posts": person.memberships.in_place(place).select_related("department", "jurisdiction"),
        "may_change": may_change_person(viewer, person),
        "key": new_key(),
        "locked": person.username in locked_usernames([person.username]),
    }
    return render(request, "departments/user.html", context)


@never_cache
def add_user(request: HttpRequest) -> HttpResponse:
    """The answer shows the initial password, once."""
    viewer, place = signed_in(request), required_place(request)
    may_manage(viewer, place).or_raise()
    form = PersonForm(request.POST or None, jurisdiction=place, initial={"key": new_key()})

    def create() -> NewAccount:
        given = form.cleaned_data
        fields = form.person_fields()
        return actions.create_person(place, actor=viewer, username=given["username"], fields=fields, key=given["key"])

    account = form.carry_out(create)
    if account:
        return show_passwords(request, [account], place, "用户已建好")
    return render(request, "departments/user_form.html", {"form": form, "place": place}, status=form.status)


def change_user(request: HttpRequest, pk: int) -> HttpResponse:
    viewer, (person, place) = signed_in(request), visible_person(request, pk)
    may_view_people(viewer, place).or_raise()
    may_change_person(viewer, person).or_raise()
    fields = actions.fields_of_person(person, place)
    initial = {
        "name": fields.name,
        "phone": fields.phone,
        "email": fields.email,
        "seen": edition(fields.as_text()),
    }
    form = PersonForm(request.POST or None, jurisdiction=place, posts=fields.posts, existing=True, initial=initial)

    def change() -> User:
        wanted, seen = form.person_fields(), form.cleaned_data["seen"]
        return actions.change_person(person, place, actor=viewer, fields=wanted, seen=seen)

    if form.carry_out(change):
        messages.success(request, f"{form.cleaned_data['name']}的资料已保存。")
        return redirect("departments:user", pk)
    context = {"form": form, "person": person, "place": place}
    return render(request, "departments/user_form.html", context, status=form.status)


@require_POST
@never_cache
def reset_password(request: HttpRequest, pk: int) -> HttpResponse:
    person, place = visible_person(request, pk)
    form = KeyForm(request.POST)
    key = form.cleaned_data["key"] if form.is_valid() else new_key()
    account = accounts.reset_password(person, actor=signed_in(request), key=key)
    return show_passwords(request, [account], place, "密码已重置")


@require_POST
def unlock(request: HttpRequest, pk: int) -> HttpResponse:
    person, _ = visible_person(request, pk)
    accounts.unlock(person, actor=signed_in(request))
    messages.success(request, f"{person.name}的账号已解锁，可以立即登录。")
    return redirect("departments:user", pk)


@require_POST
def deactivate_user(request: HttpRequest, pk: int) -> HttpResponse:
    person, _ = visible_person(request, pk)
    actions.deactivate_person(person, actor=signed_in(request))
    messages.success(request, f"{person.name}的账号已停用，不能再登录。")
    return redirect("departments:user", pk)


@require_POST
def reactivate_user(request: HttpRequest, pk: int) -> HttpResponse:
    person, _ = visible_person(request, pk)
    actions.reactivate_person(person, actor=signed_in(request))
    messages.success(request, f"{person.name}的账号已恢复使用。")
    return redirect("departments:user", pk)


@never_cache
def hand_over(request: HttpRequest, pk: int) -> HttpResponse:
    """交接: choose who takes over, or make the account of who does."""
    viewer, (person, place) = signed_in(request), visible_person(request, pk)
    may_view_people(viewer, place).or_raise()
    may_change_person(viewer, person).or_raise()
    others = people_of(place).filter(is_active=True, is_staff=False).exclude(pk=person.pk)
    form = HandOverForm(request.POST or None, people=others, initial={"key": new_key()})
    if not form.is_bound:
        may_hand_over(viewer, person).or_raise()
    done = form.carry_out(lambda: _hand_over(form, person, place, viewer))
    if done and done.password:
        return show_passwords(request, [done], place, f"{person.name}的工作已交给{done.person.name}")
    if done:
        messages.success(request, f"{person.name}的任职已全部交给{done.person.name}，{person.name}的账号已停用。")
        return redirect("departments:user", done.person.pk)
    posts = person.memberships.select_related("department", "jurisdiction")
    context = {"form": form, "person": person, "place": place, "posts": posts}
    return render(request, "departments/hand_over.html", context, status=form.status)


def _hand_over(form: HandOverForm, person: User, place: Jurisdiction, actor: User) -> NewAccount:
    given = form.cleaned_data
    if given["to"]:
        actions.hand_over(person, actor=actor, to=given["to"])
        return NewAccount(given["to"], password="")
    fields = actions.PersonFields(given["name"], given["phone"])
    return actions.hand_over_to_new(
        person, place, actor=actor, username=given["username"], fields=fields, key=given["key"]
    )


def show_passwords(request: HttpRequest, made: Iterable[NewAccount], place: Jurisdiction, title: str) -> HttpResponse:
    """The one page with initial passwords, to print and hand out."""
    context = {"accounts": list(made), "place": place, "title": title}
    return render(request, "departments/passwords.html", context)
