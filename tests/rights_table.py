"""Who gets what from every route: the committed table that `test_rights.py` walks.

A row: route, method, what the route's address takes from the world, what is sent, the status for each actor in the
order of the heading. Empty forms are sent unless a row says otherwise, so 400 means "allowed, but fill it in".
Another's is 404, one's own that one may not touch 403, the log-in page 302.
"""

from __future__ import annotations

from dataclasses import dataclass

from intake.corrections.facts import Kind
from tests.rights_addresses import (
    Take,
    accepted,
    closed,
    colleague,
    done,
    draft,
    evidence,
    extension,
    fact_of,
    figure,
    filled,
    form,
    form_entry,
    form_of_period,
    group,
    import_,
    indicator,
    late,
    measure,
    narrative,
    nothing,
    period,
    plan,
    population,
    requested,
    retired,
    round_,
    round_unit,
    two_plans,
    unit,
    unused_unit,
    waiting,
)


@dataclass(frozen=True, slots=True)
class Right:
    """One row. `statuses` are in the order of `rights_world.make_actors`."""

    route: str
    method: str
    statuses: tuple[int, ...]
    address: Take
    sent: Take


def right(route: str, method: str, statuses: str, address: Take = nothing, sent: Take = filled) -> Right:
    return Right(route, method, tuple(map(int, statuses.split())), address, sent)


# Open to strangers. Every other route sends them to the log-in page.
PUBLIC = {"health", "departments:log_in", "departments:log_out"}
GET, POST = "get", "post"

# off: the own office; above: the city's office; for: those of a district elsewhere; rep, appr: of the own unit.
# fmt: off
RIGHTS = [
    #                                          anon off  above for  rep  for  appr lead admin
    right("health", GET,                      "200  200  200  200  200  200  200  200  200"),
    right("departments:log_in", GET,          "200  302  302  302  302  302  302  302  302"),
    right("departments:log_in", POST,         "400  302  302  302  302  302  302  302  302"),
    right("departments:log_out", POST,        "302  302  302  302  302  302  302  302  302"),
    right("departments:profile", GET,         "302  200  200  200  200  200  200  200  200"),
    right("departments:profile", POST,        "302  400  400  400  400  400  400  400  400"),
    right("departments:change_password", GET, "302  200  200  200  200  200  200  200  200"),
    right("departments:change_password", POST, "302 400  400  400  400  400  400  400  400"),
    right("departments:switch_place", POST,   "302  404  404  404  404  404  404  404  404"),
    # Pages of one's own place: an office elsewhere sees and changes its own.
    right("departments:units", GET,           "302  200  200  200  403  403  403  200  200"),
    right("departments:add_unit", GET,        "302  200  200  200  403  403  403  403  200"),
    right("departments:add_unit", POST,       "302  400  400  400  403  403  403  403  400"),
    right("departments:import_units", GET,    "302  200  200  200  403  403  403  403  200"),
    right("departments:import_units", POST,   "302  400  400  400  403  403  403  403  400"),
    right("departments:confirm_units", POST,  "302  409  409  409  403  403  403  403  409"),
    right("departments:units_template", GET,  "302  200  200  200  403  403  403  403  200"),
    right("departments:export_units", GET,    "302  200  200  200  403  403  403  200  200"),
    # Things of the place: seen from above and not changed, unknown elsewhere.
    right("departments:unit", GET,            "302  200  200  404  200  404  200  200  200", unit),
    right("departments:change_unit", GET,     "302  200  403  404  403  404  403  403  200", unit),
    right("departments:change_unit", POST,    "302  400  403  404  403  404  403  403  400", unit),
    right("departments:move_unit", POST,      "302  302  403  404  403  404  403  403  302", unit),
    right("departments:deactivate_unit", POST, "302 302  403  404  403  404  403  403  302", unit),
    right("departments:reactivate_unit", POST, "302 302  403  404  403  404  403  403  302", unused_unit),
    right("departments:groups", GET,          "302  200  200  200  403  403  403  200  200"),
    right("departments:add_group", GET,       "302  200  200  200  403  403  403  403  200"),
    right("departments:add_group", POST,      "302  400  400  400  403  403  403  403  400"),
    right("departments:change_group", GET,    "302  200  403  404  403  404  403  403  200", group),
    right("departments:change_group", POST,   "302  400  403  404  403  404  403  403  400", group),
    right("departments:population", GET,      "302  200  200  200  403  403  403  200  200"),
    right("departments:add_population", GET,  "302  200  200  200  403  403  403  403  200"),
    right("departments:add_population", POST, "302  400  400  400  403  403  403  403  400"),
    right("departments:change_population", GET, "302 200 403  404  403  404  403  403  200", population),
    right("departments:change_population", POST, "302 400 403 404  403  404  403  403  400", population),
    right("departments:office_settings", GET, "302  200  200  200  403  403  403  403  200"),
    right("departments:office_settings", POST, "302 400  400  400  403  403  403  403  400"),
    right("departments:users", GET,           "302  200  200  200  403  403  403  403  200"),
    right("departments:add_user", GET,        "302  200  200  200  403  403  403  403  200"),
    right("departments:add_user", POST,       "302  400  400  400  403  403  403  403  400"),
    right("departments:import_users", GET,    "302  200  200  200  403  403  403  403  200"),
    right("departments:import_users", POST,   "302  400  400  400  403  403  403  403  400"),
    right("departments:confirm_users", POST,  "302  409  409  409  403  403  403  403  409"),
    right("departments:users_template", GET,  "302  200  200  200  403  403  403  403  200"),
    right("departments:download_passwords", POST, "302 409 409 409 403  403  403  403  409"),
    right("departments:export_users", GET,    "302  200  200  200  403  403  403  403  200"),
    right("departments:user", GET,            "302  200  200  404  403  404  403  403  200", colleague),
    right("departments:change_user", GET,     "302  200  403  404  403  404  403  403  200", colleague),
    right("departments:change_user", POST,    "302  400  403  404  403  404  403  403  400", colleague),
    right("departments:reset_password", POST, "302  200  403  404  403  404  403  403  200", colleague),
    right("departments:unlock", POST,         "302  302  403  404  403  404  403  403  302", colleague),
    right("departments:hand_over", GET,       "302  200  403  404  403  404  403  403  200", colleague),
    # The empty form is refused before the right is asked, which a repeated hand-over would not have any more.
    right("departments:hand_over", POST,      "302  400  403  404  403  404  403  403  400", colleague),
    right("departments:deactivate_user", POST, "302 302  403  404  403  404  403  403  302", colleague),
    right("departments:reactivate_user", POST, "302 302  403  404  403  404  403  403  302", retired),
    # Plans in force: all of the place and the office above.
    right("dashboards:home", GET,             "302  200  200  200  200  200  200  200  200"),
    right("dashboards:ledger", GET,           "302  200  200  200  200  200  200  200  200"),
    right("dashboards:plans", GET,            "302  200  200  200  200  200  200  200  200"),
    right("dashboards:search", GET,           "302  200  200  200  200  200  200  200  200"),
    right("dashboards:plan_ledger", GET,      "302  200  200  404  200  404  200  200  200", plan),
    right("dashboards:ledger_export", GET,    "302  200  200  404  200  404  200  200  200", plan),
    right("dashboards:source", GET,           "302  200  200  404  200  404  200  200  200", plan),
    right("dashboards:source_file", GET,      "302  200  200  404  200  404  200  200  200", plan),
    right("dashboards:measure", GET,          "302  200  200  404  200  404  200  200  200", measure),
    right("dashboards:indicators", GET,       "302  302  302  302  302  302  302  302  302"),
    right("dashboards:plan_indicators", GET,  "302  200  200  404  200  404  200  200  200", plan),
    right("dashboards:indicators_export", GET, "302 200  200  404  200  404  200  200  200", plan),
    right("dashboards:indicator", GET,        "302  200  200  404  200  404  200  200  200", indicator),
    right("dashboards:standing_rules", GET,   "302  200  200  200  200  200  200  200  200"),
    right("dashboards:department", GET,       "302  200  200  404  200  404  200  200  200", unit),
    right("tasks:history", GET,               "302  200  200  404  200  404  200  200  200", plan),
    right("indicators:differences", GET,      "302  200  200  404  200  404  200  200  200", two_plans),
    # A plan in force is amended by its own office alone.
    right("tasks:close", GET,                 "302  200  403  404  403  404  403  403  403", plan),
    right("tasks:close", POST,                "302  400  403  404  403  404  403  403  403", plan),
    right("tasks:correct_measure", GET,       "302  200  403  404  403  404  403  403  403", measure),
    right("tasks:correct_measure", POST,      "302  400  403  404  403  404  403  403  403", measure),
    right("indicators:reassign", GET,         "302  200  403  404  403  404  403  403  403", measure),
    right("indicators:reassign", POST,        "302  400  403  404  403  404  403  403  403", measure),
    right("indicators:correct_target", GET,   "302  200  403  404  403  404  403  403  403", indicator),
    right("indicators:correct_target", POST,  "302  400  403  404  403  404  403  403  403", indicator),
    right("indicators:baselines", GET,        "302  200  403  404  403  404  403  403  403", plan),
    # Empty rows are no baselines: nothing changes, nothing is missing.
    right("indicators:baselines", POST,       "302  302  403  404  403  404  403  403  403", plan),
    right("indicators:switch_base", GET,      "302  200  403  404  403  404  403  403  403", plan),
    right("indicators:switch_base", POST,     "302  400  403  404  403  404  403  403  403", plan),
    right("tasks:rename_unit", GET,           "302  200  403  404  403  404  403  403  200", unit),
    right("tasks:rename_unit", POST,          "302  400  403  404  403  404  403  403  400", unit),
    right("indicators:merge_unit", GET,       "302  200  403  404  403  404  403  403  200", unit),
    right("indicators:merge_unit", POST,      "302  400  403  404  403  404  403  403  400", unit),
    # Periods are seen by all of the place and kept by its own office.
    right("reporting:periods", GET,           "302  200  200  200  200  200  200  200  200"),
    right("reporting:generate_periods", POST, "302  400  400  400  403  403  403  403  403"),
    right("reporting:add_period", GET,        "302  200  200  200  403  403  403  403  403"),
    right("reporting:add_period", POST,       "302  400  400  400  403  403  403  403  403"),
    right("reporting:shift_period", GET,      "302  200  403  404  403  404  403  403  403", period),
    right("reporting:shift_period", POST,     "302  400  403  404  403  404  403  403  403", period),
    right("reporting:cancel_period", GET,     "302  200  403  404  403  404  403  403  403", period),
    right("reporting:cancel_period", POST,    "302  400  403  404  403  404  403  403  403", period),
    right("reporting:restore_period", GET,    "302  200  403  404  403  404  403  403  403", period),
    right("reporting:restore_period", POST,   "302  400  403  404  403  404  403  403  403", period),
    # Drafts and imports: the own office alone knows of them.
    right("tasks:issue", GET,                 "302  200  404  404  404  404  404  404  404", draft),
    right("tasks:issue", POST,                "302  400  404  404  404  404  404  404  404", draft),
    right("tasks:consult", POST,              "302  302  404  404  404  404  404  404  404", draft),
    right("intake:imports", GET,              "302  200  200  200  403  403  403  403  403"),
    right("intake:upload", POST,              "302  400  400  400  403  403  403  403  403"),
    right("intake:import", GET,               "302  200  404  404  404  404  404  404  404", import_),
    right("intake:names", GET,                "302  200  404  404  404  404  404  404  404", import_),
    right("intake:columns", GET,              "302  302  404  404  404  404  404  404  404", import_),
    right("intake:columns", POST,             "302  409  404  404  404  404  404  404  404", import_),
    right("intake:bind", POST,                "302  400  404  404  404  404  404  404  404", import_),
    right("intake:confirm", POST,             "302  400  404  404  404  404  404  404  404", import_),
    right("intake:abandon", POST,             "302  409  404  404  404  404  404  404  404", import_),
    right("intake:differences", GET,          "302  302  404  404  404  404  404  404  404", import_),
    right("intake:discard", POST,             "302  409  404  404  404  404  404  404  404", import_),
    right("intake:settle", POST,              "302  302  404  404  404  404  404  404  404", import_),
    right("intake:undo", POST,                "302  409  404  404  404  404  404  404  404", import_),
    right("intake:redo", POST,                "302  409  404  404  404  404  404  404  404", import_),
    right("intake:read_again", POST,          "302  409  404  404  404  404  404  404  404", import_),
    right("intake:stretch", POST,             "302  302  404  404  404  404  404  404  404", import_),
    right("intake:measure", GET,              "302  200  404  404  404  404  404  404  404", fact_of(Kind.MEASURE)),
    right("intake:measure", POST,             "302  400  404  404  404  404  404  404  404", fact_of(Kind.MEASURE)),
    right("intake:heading", GET,              "302  200  404  404  404  404  404  404  404", fact_of(Kind.TASK)),
    right("intake:heading", POST,             "302  400  404  404  404  404  404  404  404", fact_of(Kind.TASK)),
    right("intake:duty", GET,                 "302  200  404  404  404  404  404  404  404", fact_of(Kind.DUTY)),
    right("intake:duty", POST,                "302  400  404  404  404  404  404  404  404", fact_of(Kind.DUTY)),
    right("intake:change", POST,              "302  302  404  404  404  404  404  404  404", fact_of(Kind.MEASURE)),
    # The round: read by office and leaders, there and above, decided by the own office alone.
    # A draft never leaves its unit: others may know that the form exists, its files not even that.
    right("reporting:mine", GET,              "302  403  403  403  200  200  200  403  403"),
    right("reporting:start", POST,            "302  404  404  404  302  404  302  404  404", form_of_period),
    right("reporting:form", GET,              "302  403  403  404  200  404  200  403  403", form),
    right("reporting:entry", GET,             "302  403  403  404  200  404  200  403  403", form_entry),
    right("reporting:save", POST,             "302  403  403  404  409  404  409  403  403", form_entry),
    right("reporting:same", POST,             "302  403  403  404  302  404  302  403  403", form_entry),
    right("reporting:add_evidence", POST,     "302  403  403  404  302  404  302  403  403", form_entry),
    right("reporting:print", GET,             "302  403  403  404  200  404  200  403  403", form),
    right("reporting:check", GET,             "302  403  403  404  200  404  200  403  403", form),
    right("reporting:ask_signature", POST,    "302  403  403  404  409  404  409  403  403", form),
    right("reporting:sign", POST,             "302  403  403  404  403  404  409  403  403", form),
    right("reporting:unsign", POST,           "302  403  403  404  409  404  409  403  403", form),
    right("reporting:submit", POST,           "302  403  403  404  403  404  403  403  403", form),
    right("reporting:add_narrative", POST,    "302  403  403  404  302  404  302  403  403", form),
    right("reporting:evidence", GET,          "302  404  404  404  200  404  200  404  404", evidence),
    right("reporting:remove_evidence", POST,  "302  404  404  404  302  404  302  404  404", evidence),
    right("reporting:narrative", GET,         "302  403  403  404  200  404  200  403  403", narrative),
    right("reporting:remove_narrative", POST, "302  403  403  404  302  404  302  403  403", narrative),
    right("reporting:current_round", GET,     "302  302  200  200  403  403  403  302  200"),
    right("reporting:round", GET,             "302  200  200  404  403  404  403  200  200", round_),
    right("reporting:round_export", GET,      "302  200  200  404  403  404  403  200  200", round_),
    right("reporting:accept_waiting", POST,   "302  400  403  404  403  404  403  403  403", round_),
    right("reporting:on_behalf", POST,        "302  400  403  404  403  404  403  403  403", round_unit),
    right("reporting:extend", POST,           "302  400  403  404  403  404  403  403  403", round_unit),
    right("reporting:accept_entry", POST,     "302  400  403  404  403  404  403  403  403", waiting),
    right("reporting:return_entry", POST,     "302  400  403  404  403  404  403  403  403", waiting),
    right("reporting:correct_reading", GET,   "302  200  403  404  403  404  403  403  403", figure),
    right("reporting:correct_reading", POST,  "302  400  403  404  403  404  403  403  403", figure),
    right("reporting:reopen", POST,           "302  400  403  404  403  404  403  403  403", accepted),
    right("reporting:ask_extension", GET,     "302  403  403  404  200  404  200  403  403", late),
    right("reporting:ask_extension", POST,    "302  403  403  404  400  404  400  403  403", late),
    right("reporting:grant_extension", POST,  "302  400  403  404  403  404  403  403  403", extension),
    right("reporting:refuse_extension", POST, "302  400  403  404  403  404  403  403  403", extension),
    right("reporting:closures", GET,          "302  200  200  200  200  200  200  200  200"),
    right("reporting:closure", GET,           "302  200  200  404  200  404  200  200  200", requested),
    right("reporting:ask_closure", GET,       "302  403  403  404  200  404  200  403  403", done),
    right("reporting:ask_closure", POST,      "302  403  403  404  400  404  400  403  403", done),
    right("reporting:approve_closure", POST,  "302  400  403  404  403  404  403  403  403", requested),
    right("reporting:refuse_closure", POST,   "302  400  403  404  403  404  403  403  403", requested),
    right("reporting:reopen_closure", POST,   "302  400  403  404  403  404  403  403  403", closed),
    right("reporting:revisit_closure", POST,  "302  400  403  404  403  404  403  403  403", closed),
]
# fmt: on
