"""The review page and the steps that a clerk takes on it; each answers with the page's changing part."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from core.errors import BadInput, Problem
from departments.places import signed_in
from intake.actions.bind_names import Choice, Kind, bind_names
from intake.actions.correct import Conflicting, correct, redo, undo
from intake.actions.read_again import read_again
from intake.corrections.doubts import Answer, Doubt
from intake.corrections.operations import Operation
from intake.forms import PlanFactsForm, plan_facts_initial
from intake.models import Import
from intake.review import Review, review_of
from intake.views.access import visible_import

PLAIN_CHOICES = {"open": Choice(Kind.OPEN), "new_unit": Choice(Kind.NEW), "new_group": Choice(Kind.NEW_GROUP)}


def review_page(
    request: HttpRequest, import_: Import, facts: PlanFactsForm | None = None, status: int = 200
) -> HttpResponse:
    """The whole page; `facts` is the refused form of a confirmation."""
    return render(request, "intake/review.html", context_of(review_of(import_), facts), status=status)


def review_part(
    request: HttpRequest, import_: Import, *, problem: Problem | None = None, chosen: str = ""
) -> HttpResponse:
    """The changing part for htmx, the page anew for a browser without script. A refusal stands above it."""
    if not request.headers.get("HX-Request"):
        if problem:
            messages.error(request, str(problem))
        return redirect("intake:import", import_.pk)
    import_ = Import.objects.select_related("source__jurisdiction").get(pk=import_.pk)
    context = context_of(review_of(import_)) | {"problem": problem, "chosen": chosen}
    response = render(request, "intake/_review.html", context, status=problem.status if problem else 200)
    response["HX-Retarget"], response["HX-Reswap"] = "#review", "outerHTML"
    return response


def context_of(review: Review, facts: PlanFactsForm | None = None) -> dict[str, object]:
    """What the templates take."""
    initial = plan_facts_initial(review.draft.reading, review.import_.version)
    initial["replaces"] = review.namesake.pk if review.namesake else None
    return {
        "review": review,
        "import": review.import_,
        "facts_form": facts or PlanFactsForm(initial=initial),
        "facts_refused": facts is not None,
    }


def take_step(
    request: HttpRequest, import_: Import, operations: Sequence[Operation], *, chosen: str = ""
) -> HttpResponse:
    """Record operations that were made on the page as it stood at `seen`."""
    if not operations:
        return review_part(request, import_, chosen=chosen)
    try:
        correct(import_, actor=signed_in(request), operations=operations, seen=whole(request, "seen"))
    except (Conflicting, BadInput) as problem:
        return review_part(request, import_, problem=problem, chosen=chosen)
    return review_part(request, import_, chosen=chosen)


def whole(request: HttpRequest, name: str) -> int:
    """A whole number of the form, 0 where it is none."""
    value = request.POST.get(name, "")
    return int(value) if value.isascii() and value.isdigit() else 0


@require_POST
def settle(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer a doubt: by one of its own answers, numbered from 0 with the suggestion first."""
    import_ = visible_import(request, pk)
    doubt = review_of(import_).doubt(request.POST.get("doubt", ""))
    answers = answers_of(doubt) if doubt else []
    index = whole(request, "answer")
    if doubt is None or index >= len(answers):
        return review_part(request, import_, problem=BadInput("这处疑点已经不在了，可能刚被处理。"))
    return give_answer(request, import_, doubt, answers[index])


def answers_of(doubt: Doubt) -> list[Answer]:
    """The suggestion and the others."""
    return [a for a in (doubt.suggestion, *doubt.others) if a]


def give_answer(request: HttpRequest, import_: Import, doubt: Doubt, answer: Answer) -> HttpResponse:
    """An operation is recorded; a unit's name is bound."""
    if answer.operation:
        return take_step(request, import_, [answer.operation], chosen=doubt.id)
    choice = choice_of(import_, answer)
    if choice is None:
        return review_part(request, import_, problem=BadInput("这个答复要在右侧的表单里完成。"), chosen=doubt.id)
    try:
        bind_names(
            import_, actor=signed_in(request), choices={doubt.id.removeprefix("n:"): choice}, version=import_.version
        )
    except BadInput as problem:
        return review_part(request, import_, problem=problem, chosen=doubt.id)
    return review_part(request, import_, chosen=doubt.id)


def choice_of(import_: Import, answer: Answer) -> Choice | None:
    """A name's decision out of an answer; None where the answer wants a form."""
    if answer.unit:
        department = import_.source.jurisdiction.departments.filter(name=answer.unit).first()
        return Choice(Kind.DEPARTMENT, department.pk) if department else None
    return PLAIN_CHOICES.get(answer.form)


@require_POST
def undo_step(request: HttpRequest, pk: int) -> HttpResponse:
    """撤销 the last step."""
    import_ = visible_import(request, pk)
    undo(import_, actor=signed_in(request), version=whole(request, "version"))
    return review_part(request, import_)


@require_POST
def redo_step(request: HttpRequest, pk: int) -> HttpResponse:
    """重做 the step undone last."""
    import_ = visible_import(request, pk)
    redo(import_, actor=signed_in(request), version=whole(request, "version"))
    return review_part(request, import_)


@require_POST
def again(request: HttpRequest, pk: int) -> HttpResponse:
    """重新识读 with the present rules, by the job."""
    import_ = visible_import(request, pk)
    read_again(import_, actor=signed_in(request), version=whole(request, "version"))
    return redirect(reverse("intake:import", args=[pk]))
