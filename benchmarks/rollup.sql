-- The nightly job as one would write it by hand for PostgreSQL, for `benchmarks/rollup.py`: no row leaves the database.
--
-- It judges every plan in force as `reporting.standing` does and writes the same standings and snapshots, of standings
-- only the rows that have changed. What several tables need is kept in temporary ones. It knows quarters alone: the
-- words of other duties, which have to be read, it does not read. Parameters are "today" and "now".

-- Plans in force, working days, populations, measures, parts of units.

SET LOCAL jit = off;
SET LOCAL work_mem = '64MB';
SELECT 1 FROM tasks_plan WHERE stage = 'issued' ORDER BY id FOR NO KEY UPDATE;

CREATE TEMP TABLE p ON COMMIT DROP AS
SELECT plan.id AS plan, plan.year, plan.jurisdiction_id AS place, plan.issued_on,
    coalesce(s.late_working_days, 5) AS late_limit, coalesce(s.behind_percent, 95) AS behind,
    coalesce(s.far_behind_percent, 80) AS far_behind, coalesce(s.plan_red_percent, 20) AS plan_red,
    coalesce(s.plan_amber_percent, 20) AS plan_amber, make_date(plan.year, 12, 31) AS year_end,
    (SELECT max(q.due) FROM reporting_reportingperiod q JOIN reporting_reportingperiod_plans l
        ON l.reportingperiod_id = q.id WHERE l.plan_id = plan.id AND NOT q.cancelled
        AND q.direction = 'to_office' AND q."end" = make_date(q.year, 12, 31)) AS year_due
FROM tasks_plan plan LEFT JOIN departments_officesettings s USING (jurisdiction_id) WHERE plan.stage = 'issued';

CREATE TEMP TABLE days ON COMMIT DROP AS
SELECT d::date AS day,
    sum(coalesce(w.kind = 'work', extract(isodow FROM d) < 6)::int) OVER (ORDER BY d)::int AS n
FROM generate_series((SELECT make_date(min(year) - 1, 1, 1) FROM p), (SELECT make_date(max(year) + 2, 12, 31) FROM p),
    interval '1 day') d LEFT JOIN core_workday w ON w.date = d::date;

CREATE TEMP TABLE base ON COMMIT DROP AS
SELECT *, lead(since, 1, 'infinity') OVER (PARTITION BY plan ORDER BY since) AS until FROM (
SELECT plan, '-infinity'::date AS since, (SELECT residents FROM departments_population b
    WHERE b.jurisdiction_id = p.place ORDER BY as_of >= make_date(p.year, 1, 1),
    CASE WHEN as_of < make_date(p.year, 1, 1) THEN as_of END DESC, as_of LIMIT 1) AS residents
FROM p UNION ALL SELECT plan_id, since, residents FROM indicators_populationbase b
JOIN departments_population o ON o.id = b.population_id) b;

CREATE TEMP TABLE m ON COMMIT DROP AS
SELECT m.id AS measure, t.plan_id AS plan, t.section_id AS section, m.due_on, m.span_start, m.span_end,
    c.verified_on, c.reopened_at, coalesce(m.due_on, p.year_end) AS end_on,
    coalesce(m.due_on, greatest(p.year_end, p.year_due)) AS over_since
FROM tasks_measure m JOIN tasks_task t ON t.id = m.task_id JOIN p ON p.plan = t.plan_id
LEFT JOIN (SELECT measure_id, max(verified_on) FILTER (WHERE state = 'approved') AS verified_on,
    max(decided_at) FILTER (WHERE state = 'reopened') AS reopened_at FROM reporting_closure GROUP BY 1) c
    ON c.measure_id = m.id;

CREATE TEMP TABLE a ON COMMIT DROP AS
SELECT a.id AS assignment, a.measure_id AS measure, m.plan, a.department_id AS unit, d.name, a.role, a.started_on,
    row_number() OVER (ORDER BY array_position('{lead,responsible,shared,support}'::text[], a.role::text),
        d.position, d.id) AS place
FROM tasks_assignment a JOIN m ON m.measure = a.measure_id JOIN departments_department d ON d.id = a.department_id
WHERE a.ended_on IS NULL;
ANALYZE p; ANALYZE days; ANALYZE m; ANALYZE a;

-- Which entries were sent or are owed, and how each unit's part stands.

CREATE TEMP TABLE q ON COMMIT DROP AS
SELECT q.id AS period, q."end" AS end_on, q.due, substr(q.title, 2) AS title,
    row_number() OVER (ORDER BY q."end", q.due, q.id)::int AS ord
FROM reporting_reportingperiod q WHERE NOT cancelled AND direction = 'to_office' AND kind = 'quarter'
AND start <= %(today)s AND id IN (SELECT reportingperiod_id FROM reporting_reportingperiod_plans l JOIN p
    ON p.plan = l.plan_id);

ANALYZE q;

CREATE TEMP TABLE turn ON COMMIT DROP AS
SELECT e.assignment_id AS assignment, q.period, q.ord, q.title, q.end_on, q.due, e.status, e.id AS entry,
    e.state = 'done' AND NOT coalesce(e.decided_at <= m.reopened_at, false) AS done,
    (e.decided_at AT TIME ZONE 'Asia/Shanghai')::date AS decided_on, e.answer_due
FROM reporting_progressentry e JOIN reporting_progressreport r ON r.id = e.report_id JOIN q ON q.period = r.period_id
JOIN a ON a.assignment = e.assignment_id JOIN m USING (measure) WHERE e.status IN ('submitted', 'accepted', 'returned');

WITH unsent AS MATERIALIZED (SELECT a.assignment, a.measure, a.unit, m.plan, m.span_start, m.span_end, q.*,
        greatest(q.due, r.extended_until) AS due_on, m.due_on IS NULL OR m.due_on > q.end_on AS not_past
    FROM p JOIN reporting_reportingperiod_plans l ON l.plan_id = p.plan JOIN q ON q.period = l.reportingperiod_id
    JOIN a ON a.plan = p.plan JOIN m ON m.measure = a.measure
    LEFT JOIN reporting_progressreport r ON r.period_id = q.period AND r.department_id = a.unit
    WHERE p.issued_on <= q.end_on AND r.first_submitted_at IS NULL AND m.verified_on IS NULL
    AND coalesce(a.started_on <= q.end_on, true)),
done AS (SELECT DISTINCT ON (u.assignment, u.period) u.assignment, u.period, e.state
    FROM unsent u JOIN reporting_progressentry e ON e.assignment_id = u.assignment AND e.status = 'accepted'
    JOIN reporting_progressreport r ON r.id = e.report_id
    JOIN reporting_reportingperiod before ON before.id = r.period_id AND before."end" < u.end_on
    WHERE NOT EXISTS (SELECT 1 FROM reporting_closure c WHERE c.measure_id = u.measure AND c.state = 'reopened'
        AND c.decided_at >= e.decided_at)
    ORDER BY u.assignment, u.period, before."end" DESC, e.id DESC)
INSERT INTO turn (assignment, period, ord, title, end_on, due, status, done)
SELECT u.assignment, u.period, u.ord, u.title, u.end_on, u.due_on, '', false
FROM unsent u LEFT JOIN done USING (assignment, period)
WHERE (done.state IS DISTINCT FROM 'done'
    OR EXISTS (SELECT 1 FROM indicators_indicatorreporter o JOIN indicators_indicator i ON i.id = o.indicator_id
        WHERE i.measure_id = u.measure AND i.path = 'hold' AND o.department_id = u.unit))
AND NOT (u.not_past AND NOT EXISTS (SELECT 1 FROM indicators_indicator i WHERE i.measure_id = u.measure)
    AND (SELECT bool_and(k.frequency IN ('half_yearly', 'annual')) AND NOT bool_or(EXISTS (SELECT 1
            FROM reporting_reportingperiod_rules x WHERE x.reportingrule_id = k.id AND x.reportingperiod_id = u.period))
        FROM tasks_reportingrule k WHERE k.plan_id = u.plan
        AND k.span_start >= u.span_start AND k.span_end <= u.span_end) IS TRUE);

CREATE TEMP TABLE judged_own ON COMMIT DROP AS
WITH place AS (SELECT assignment, coalesce(max(ord) FILTER (WHERE status <> ''), 0) AS last,
        max(ord) FILTER (WHERE status = 'accepted') AS accepted,
        min(title) FILTER (WHERE status = 'returned') AS returned,
        min(answer_due) FILTER (WHERE status = 'returned') AS answer_due,
        min(decided_on) FILTER (WHERE status = 'returned') AS returned_on
    FROM turn GROUP BY 1),
ahead AS (SELECT assignment, min(due) AS due, min(title) AS title FROM turn JOIN place USING (assignment)
    WHERE ord > last GROUP BY 1),
own AS (SELECT a.*, p.late_limit, ahead.due, ahead.title AS ahead_title, l.title, l.status, place.returned,
        ahead.due < %(today)s AS is_late, now.n - due.n AS late, coalesce(now.n - answer.n, 0) AS unmended,
        now.n - back.n AS returned_for, place.last > 0 AS sent,
        coalesce(l.done AND l.status <> 'returned', false) AS claimed, coalesce(c.done, false) AS reviewed
    FROM a JOIN p USING (plan) JOIN days now ON now.day = %(today)s
    LEFT JOIN place USING (assignment) LEFT JOIN ahead USING (assignment)
    LEFT JOIN turn l ON l.assignment = a.assignment AND l.ord = place.last
    LEFT JOIN turn c ON c.assignment = a.assignment AND c.ord = place.accepted
    LEFT JOIN days due ON due.day = ahead.due LEFT JOIN days answer ON answer.day = place.answer_due
    LEFT JOIN days back ON back.day = place.returned_on)
SELECT assignment, measure, plan, unit, name, role, place, claimed, reviewed,
    CASE WHEN is_late AND late > late_limit OR returned IS NOT NULL AND unmended > late_limit THEN 'red'
        WHEN is_late OR returned IS NOT NULL THEN 'amber' WHEN sent THEN 'green' ELSE 'grey' END AS light,
    CASE WHEN is_late AND (late > late_limit OR unmended <= late_limit)
            THEN ahead_title || '逾期' || late || '个工作日未报'
        WHEN unmended > late_limit THEN returned || '退回，补报逾期' || unmended || '个工作日'
        WHEN returned IS NOT NULL THEN returned || '退回' || returned_for || '个工作日未补'
        WHEN sent AND status = 'submitted' THEN title || '已报，待审'
        WHEN sent AND claimed THEN title || '审核为已完成'
        WHEN sent THEN title || '已审核' || coalesce('，' || ahead_title || '待报', '')
        WHEN due IS NOT NULL THEN ahead_title || to_char(due, 'FMMM月FMDD日') || '截止'
        ELSE '还没有要报的' END AS reason
FROM own;

-- Indicators, their readings, and what each reporter says on each date.

CREATE TEMP TABLE i ON COMMIT DROP AS
SELECT i.id AS indicator, i.measure_id AS measure, m.plan, i.position, i.comparator, i.value AS target, i.unit, i.path,
    i.family, i.baseline, m.end_on, m.over_since, i.comparator IN ('>=', '>') AS rising,
    i.unit LIKE '%%千人%%' OR i.kind = 'sampling' AND i.unit LIKE '%%‰%%' AS per_residents,
    CASE WHEN i.unit ~ '%%|％|百分点' THEN 100 WHEN i.unit LIKE '%%‰%%' THEN 1000 ELSE 1 END AS scale,
    i.unit ~ '%%|％|百分点|‰|千人' OR i.denominator_label <> '' AS ratio, i.family = 'stock' AND i.path = 'hold'
        OR i.kind = 'score' AS level, first.n AS from_n, last.n AS until_n
FROM indicators_indicator i JOIN m ON m.measure = i.measure_id JOIN p USING (plan)
JOIN days first ON first.day = make_date(p.year, 1, 1) - 1 JOIN days last ON last.day = m.end_on;

CREATE TEMP TABLE r ON COMMIT DROP AS
SELECT r.indicator_id AS indicator, r.department_id AS unit, r.as_of, r.numerator, r.denominator, r.value,
    CASE WHEN r.absence <> '' THEN r.absence WHEN r.value IS NULL AND coalesce(r.denominator, 0) = 0
        AND coalesce(r.numerator, 0) = 0 THEN 'no_object' ELSE 'figure' END AS answer, o.id IS NOT NULL AS asked
FROM indicators_reading r JOIN i ON i.indicator = r.indicator_id
LEFT JOIN indicators_indicatorreporter o ON o.indicator_id = r.indicator_id AND o.department_id = r.department_id
WHERE r.current;

CREATE TEMP TABLE part ON COMMIT DROP AS
WITH dates AS (SELECT indicator, as_of AS day, bool_or(asked AND answer <> 'no_data') AS settled,
        row_number() OVER (PARTITION BY indicator ORDER BY as_of DESC) = 1 AS latest
    FROM r GROUP BY 1, 2),
known AS (SELECT d.indicator, d.day, o.department_id AS unit, max(r.as_of) AS word,
        max(r.as_of) FILTER (WHERE r.answer = 'figure') AS figure, d.settled
    FROM dates d JOIN indicators_indicatorreporter o ON o.indicator_id = d.indicator
    LEFT JOIN r ON r.indicator = d.indicator AND r.unit = o.department_id AND r.as_of <= d.day
    WHERE d.settled OR d.latest GROUP BY d.indicator, d.day, o.department_id, d.settled),
asked AS (SELECT DISTINCT ON (a.measure, a.unit, t.end_on) a.measure, a.unit, t.end_on AS day,
        CASE t.status WHEN 'returned' THEN coalesce(t.answer_due >= %(today)s, false) WHEN 'submitted' THEN true
            WHEN '' THEN t.due >= %(today)s ELSE false END AS in_time
    FROM turn t JOIN a USING (assignment) WHERE a.measure IN (SELECT measure FROM i) ORDER BY 1, 2, 3, t.ord DESC)
SELECT k.indicator, k.day, k.unit, k.settled, coalesce(w.answer, 'missing') AS answer, b.numerator, b.denominator,
    b.value, CASE WHEN i.per_residents THEN b.numerator
        ELSE coalesce(b.value, b.numerator * i.scale / nullif(b.denominator, 0)) END AS quotient, b.as_of AS counts,
    coalesce(w.answer IN ('figure', 'no_object', 'not_applicable') AND (k.word = k.day OR s.day IS NULL), false)
        AS answered, coalesce(s.in_time, false) AS in_time, base.residents
FROM known k JOIN i USING (indicator)
LEFT JOIN r w ON w.indicator = k.indicator AND w.unit = k.unit AND w.as_of = k.word
LEFT JOIN r b ON b.indicator = k.indicator AND b.unit = k.unit AND b.as_of = k.figure
    AND w.answer IN ('figure', 'no_data')
LEFT JOIN asked s ON s.measure = i.measure AND s.unit = k.unit AND s.day = k.day
LEFT JOIN base ON i.per_residents AND base.plan = i.plan AND base.since <= k.day AND base.until > k.day;

-- The total that counts, and how it stands.

CREATE TEMP TABLE total ON COMMIT DROP AS
WITH summed AS (SELECT indicator, day, settled, max(residents) AS residents, count(*) AS reporters,
        count(*) FILTER (WHERE answered) AS answered, bool_or(in_time AND NOT answered) AS may_come,
        sum(numerator) AS top, nullif(sum(denominator), 0) AS bottom, sum(value) AS added, count(counts) AS figures,
        count(numerator) AS tops, count(denominator) AS bottoms, count(value) AS amounts, min(quotient) AS least,
        max(quotient) AS most, bool_and(answer IN ('no_object', 'not_applicable')) AS not_asked
    FROM part GROUP BY 1, 2, 3),
valued AS (SELECT s.*, CASE WHEN figures = 0 THEN NULL WHEN per_residents THEN top * 1000 / nullif(residents, 0)
        WHEN tops = figures AND bottoms = figures AND bottom <> 0 THEN top * scale / bottom
        WHEN amounts = figures AND NOT level AND NOT ratio THEN added
        WHEN rising THEN least WHEN comparator <> '=' THEN most
        WHEN abs(least - target) > abs(most - target) THEN least ELSE most END AS value
    FROM summed s JOIN i USING (indicator)),
first AS (SELECT DISTINCT ON (indicator) indicator, day AS first_on, value AS first_value FROM valued
    WHERE settled AND value IS NOT NULL ORDER BY 1, 2),
chosen AS (SELECT DISTINCT ON (indicator) *, settled AND answered < reporters AND may_come AS collecting
    FROM valued ORDER BY indicator, settled DESC, answered < reporters AND may_come, day DESC)
SELECT * FROM chosen LEFT JOIN first USING (indicator);

CREATE TEMP TABLE judged ON COMMIT DROP AS
WITH paced AS (SELECT i.*, t.indicator IS NOT NULL AS known, t.day, t.value AS figure, t.answered, t.figures,
        coalesce(t.not_asked, true) AS not_asked, t.reporters, t.collecting, t.top, t.bottom, t.residents,
        t.first_on, t.first_value, t.answered < t.reporters AS lacking,
        CASE WHEN t.day >= end_on OR until_n <= from_n THEN 1
            ELSE greatest((today.n - from_n)::numeric / (until_n - from_n), 0) END AS gone,
        CASE WHEN t.day >= end_on OR until_n <= since.n THEN 1
            ELSE greatest((today.n - since.n)::numeric / (until_n - since.n), 0) END AS gone_since
    FROM i LEFT JOIN total t USING (indicator) LEFT JOIN days today ON today.day = t.day
    LEFT JOIN days since ON since.day = t.first_on),
hoped AS (SELECT *, CASE WHEN %(today)s > over_since THEN target WHEN comparator = '=' AND day < end_on THEN NULL WHEN day >= end_on THEN target
        WHEN family = 'cumulate' THEN target * gone WHEN path = 'hold' THEN target
        WHEN baseline IS NOT NULL THEN baseline + (target - baseline) * gone
        WHEN first_on < day THEN first_value + (target - first_value) * gone_since END AS expected,
    %(today)s <= over_since AND day < end_on AND family <> 'cumulate' AND path = 'climb' AND baseline IS NULL AND comparator <> '=' AS provisional,
    coalesce(figure, 0) AS v FROM paced),
shared AS (SELECT *, CASE WHEN expected IS NULL THEN NULL
        WHEN rising OR comparator = '=' AND v <= expected THEN CASE WHEN expected > 0 THEN v / expected ELSE 1 END
        WHEN v > 0 THEN expected / v ELSE 1 END AS share,
    CASE comparator WHEN '>=' THEN v >= target WHEN '>' THEN v > target WHEN '<=' THEN v <= target
        WHEN '<' THEN v < target ELSE v = target END AS met,
    family = 'cumulate' AND comparator IN ('<=', '<') AS a_limit FROM hoped),
alone AS (SELECT s.*, p.behind, CASE WHEN met AND (day >= end_on OR comparator <> '=' AND NOT a_limit) THEN 'met'
        WHEN NOT met AND a_limit THEN 'far_behind' WHEN met AND %(today)s > over_since THEN 'incomplete'
        WHEN %(today)s > over_since OR day >= end_on AND NOT met THEN 'far_behind' WHEN share IS NULL THEN 'pending'
        WHEN round(share * 100, 9) >= p.behind AND (path <> 'hold' OR family = 'cumulate') THEN 'on_pace'
        WHEN round(share * 100, 9) < p.far_behind AND NOT provisional THEN 'far_behind' ELSE 'behind' END AS by_value
    FROM shared s JOIN p USING (plan)),
stated AS (SELECT *, CASE WHEN NOT known THEN 'no_data'
        WHEN figure IS NULL THEN CASE WHEN figures = 0 AND not_asked THEN 'not_asked' ELSE 'no_data' END
        WHEN NOT lacking THEN by_value
        WHEN by_value IN ('behind', 'far_behind') AND bottom IS NOT NULL AND NOT collecting AND NOT per_residents
            THEN by_value
        WHEN collecting THEN 'pending' ELSE 'incomplete' END AS state FROM alone)
SELECT indicator, measure, plan, position, day, state, known, coalesce(answered, 0) AS answered,
    (SELECT count(*) FROM indicators_indicatorreporter o WHERE o.indicator_id = indicator) AS reporters,
    CASE WHEN state IN ('met', 'on_pace') THEN 'green' WHEN state IN ('behind', 'incomplete') THEN 'amber'
        WHEN state = 'far_behind' THEN 'red' ELSE 'grey' END AS light,
    CASE WHEN state = 'far_behind' AND (%(today)s > over_since OR day >= end_on)
        THEN '期限' || to_char(end_on, 'FMMM月FMDD日') || '已过，未达标' ELSE CASE state WHEN 'met' THEN '指标已达标'
        WHEN 'no_data' THEN '还没有审核通过的数据' WHEN 'not_asked' THEN '已报无对象'
        WHEN 'incomplete' THEN answered || '／' || reporters || '家单位已报数'
        WHEN 'on_pace' THEN '应达' || round(expected, 1) || unit || '，在进度'
        WHEN 'pending' THEN to_char(end_on, 'FMMM月FMDD日') || '到期时判定' ELSE '为应达' || round(expected, 1) || unit
        || '的' || round(share * 100, 1) || '%%' END END AS reason,
    coalesce(round(figure, 1) || unit, '') AS value, coalesce(round(expected, 1) || unit, '') AS expected,
    CASE WHEN figure IS NULL THEN '' ELSE coalesce(trim_scale(top) || '÷' || trim_scale(coalesce(residents, bottom))
        || unit, '') END AS formula,
    CASE WHEN figure IS NOT NULL AND share IS NOT NULL THEN least(round(share * 100, 1), 1e10) END AS progress,
    CASE WHEN figure IS NOT NULL AND target <> 0 THEN least(round(figure / target * 100, 1), 1e10) END AS of_target,
    CASE WHEN figure IS NOT NULL AND target <> 0 AND expected IS NOT NULL
        THEN least(round(expected / target * 100, 1), 1e10) END AS due_share
FROM stated;

-- Measures, and what each counts as for its units.

CREATE TEMP TABLE fault ON COMMIT DROP AS
SELECT j.measure, o.unit, min(j.light) FILTER (WHERE j.light = 'red') AS red, (array_agg(j.reason ORDER BY
    j.light DESC, j.position))[1] AS reason
FROM judged j JOIN part o ON o.indicator = j.indicator AND o.day = j.day
WHERE j.light IN ('red', 'amber') AND (j.state <> 'incomplete' OR NOT o.answered) GROUP BY 1, 2;

CREATE TEMP TABLE v ON COMMIT DROP AS
WITH units AS (SELECT measure, count(*) AS n, bool_and(claimed) AS claimed, bool_and(reviewed) AS reviewed,
        bool_or(light = 'green') AS green, count(*) FILTER (WHERE light = 'red') AS red,
        count(*) FILTER (WHERE light = 'amber') AS amber,
        (array_agg(name || reason ORDER BY array_position('{red,amber,green,grey}'::text[], light), place))[1] AS reason
    FROM judged_own WHERE role <> 'support' GROUP BY 1),
figures AS (SELECT measure, bool_or(light = 'red') AS red, bool_or(light = 'amber') AS amber,
        bool_or(light = 'green') AS green, (array_agg(reason ORDER BY array_position('{red,amber,green,grey}'::text[],
        light), position))[1] AS reason FROM judged GROUP BY 1),
found AS (SELECT m.measure, m.plan, m.section, m.verified_on, m.end_on, u.n, coalesce(u.claimed, false) AS claimed,
        coalesce(u.reviewed, false) AS reviewed, u.reason AS said, f.reason AS figure, f.green AS by_figure,
        u.green AS by_units, f.red AS red_figure, f.amber AS amber_figure, u.red, u.amber,
        NOT coalesce(u.reviewed, false) AND m.verified_on IS NULL AND %(today)s > m.over_since AS past
    FROM m LEFT JOIN units u USING (measure) LEFT JOIN figures f USING (measure)),
lit AS (SELECT *, CASE WHEN past OR red_figure OR red > 0 THEN 'red' WHEN amber_figure OR amber > 0 THEN 'amber'
        WHEN verified_on IS NOT NULL OR reviewed OR by_figure OR by_units THEN 'green' ELSE 'grey' END AS light
    FROM found)
SELECT lit.*, '期限已过' || (now.n - over.n) || '个工作日' AS past_reason,
    CASE WHEN past THEN '期限已过' || (now.n - over.n) || '个工作日'
        WHEN light = 'red' AND red_figure OR light = 'amber' AND amber_figure THEN figure
        WHEN light IN ('red', 'amber') THEN said
        WHEN verified_on IS NOT NULL THEN '✓ ' || to_char(verified_on, 'FMMM月FMDD日') || '核实销号'
        WHEN reviewed THEN '已审核完成，可申请销号' WHEN by_figure THEN figure
        WHEN lit.n IS NULL THEN '没有单位承担' ELSE said END AS reason
FROM lit JOIN days now ON now.day = %(today)s JOIN days over ON over.day = lit.end_on;

CREATE TEMP TABLE counted ON COMMIT DROP AS
SELECT o.*, v.verified_on, CASE WHEN b.past OR f.red IS NOT NULL OR o.light = 'red' THEN 'red'
        WHEN f.unit IS NOT NULL OR o.light = 'amber' THEN 'amber' WHEN v.verified_on IS NOT NULL THEN 'green'
        ELSE o.light END AS counted_light,
    CASE WHEN b.past THEN v.past_reason WHEN f.red IS NOT NULL OR f.unit IS NOT NULL AND o.light <> 'red' THEN f.reason
        WHEN o.light IN ('red', 'amber') OR v.verified_on IS NULL THEN o.reason
        ELSE '✓ ' || to_char(v.verified_on, 'FMMM月FMDD日') || '核实销号' END AS counted_reason
FROM judged_own o JOIN v USING (measure) LEFT JOIN fault f ON f.measure = o.measure AND f.unit = o.unit,
LATERAL (SELECT v.past AND o.role <> 'support' AND NOT (o.claimed OR o.reviewed) AS past) b;

-- What has changed is written.

DELETE FROM reporting_measurestanding s USING tasks_measure x, tasks_task t, p WHERE x.id = s.measure_id
    AND t.id = x.task_id AND p.plan = t.plan_id AND NOT EXISTS (SELECT 1 FROM v WHERE v.measure = s.measure_id);
DELETE FROM reporting_assignmentstanding s USING tasks_assignment x, m WHERE x.id = s.assignment_id
    AND m.measure = x.measure_id AND NOT EXISTS (SELECT 1 FROM counted c WHERE c.assignment = s.assignment_id);
DELETE FROM reporting_indicatorstanding s USING indicators_indicator x, m WHERE x.id = s.indicator_id
    AND m.measure = x.measure_id AND NOT EXISTS (SELECT 1 FROM judged j WHERE j.indicator = s.indicator_id);

INSERT INTO reporting_measurestanding AS s (measure_id, light, reason, since, claimed, reviewed, verified_on, progress,
    progress_unit_id, progress_period_id)
SELECT v.measure, v.light, v.reason, %(today)s, v.claimed, v.reviewed, v.verified_on, coalesce(e.done_text, ''),
    l.unit, l.period
FROM v LEFT JOIN (SELECT DISTINCT ON (a.measure) a.measure, a.unit, t.period, t.entry FROM turn t
        JOIN a USING (assignment) WHERE t.status = 'accepted' AND a.role <> 'support'
        ORDER BY 1, a.role = 'shared', t.end_on DESC, a.place, t.ord) l USING (measure)
LEFT JOIN reporting_progressentry e ON e.id = l.entry
ON CONFLICT (measure_id) DO UPDATE SET light = excluded.light, reason = excluded.reason, claimed = excluded.claimed,
    reviewed = excluded.reviewed, verified_on = excluded.verified_on, progress = excluded.progress,
    progress_unit_id = excluded.progress_unit_id, progress_period_id = excluded.progress_period_id,
    since = CASE WHEN s.light = excluded.light THEN s.since ELSE excluded.since END
WHERE (s.light, s.reason, s.claimed, s.reviewed, s.verified_on, s.progress, s.progress_unit_id, s.progress_period_id)
    IS DISTINCT FROM (excluded.light, excluded.reason, excluded.claimed, excluded.reviewed, excluded.verified_on,
    excluded.progress, excluded.progress_unit_id, excluded.progress_period_id);

INSERT INTO reporting_assignmentstanding AS s (assignment_id, light, reason, counted_light, counted_reason, since,
    claimed, reviewed)
SELECT assignment, light, reason, counted_light, counted_reason, %(today)s, claimed, reviewed FROM counted
ON CONFLICT (assignment_id) DO UPDATE SET light = excluded.light, reason = excluded.reason,
    counted_light = excluded.counted_light, counted_reason = excluded.counted_reason, claimed = excluded.claimed,
    reviewed = excluded.reviewed, since = CASE WHEN s.light = excluded.light THEN s.since ELSE excluded.since END
WHERE (s.light, s.reason, s.counted_light, s.counted_reason, s.claimed, s.reviewed) IS DISTINCT FROM (excluded.light,
    excluded.reason, excluded.counted_light, excluded.counted_reason, excluded.claimed, excluded.reviewed);

INSERT INTO reporting_indicatorstanding AS s (indicator_id, as_of, state, light, reason, value, formula, expected,
    progress, of_target, due_of_target, answered, reporters)
SELECT indicator, day, state, light, reason, value, formula, expected, progress, of_target, due_share, answered,
    reporters
FROM judged
ON CONFLICT (indicator_id) DO UPDATE SET as_of = excluded.as_of, state = excluded.state, light = excluded.light,
    reason = excluded.reason, value = excluded.value, formula = excluded.formula, expected = excluded.expected,
    progress = excluded.progress, of_target = excluded.of_target,
    due_of_target = excluded.due_of_target, answered = excluded.answered, reporters = excluded.reporters
WHERE (s.as_of, s.state, s.light, s.reason, s.value, s.formula, s.expected, s.progress, s.of_target,
    s.due_of_target, s.answered, s.reporters) IS DISTINCT FROM (excluded.as_of, excluded.state, excluded.light,
    excluded.reason, excluded.value, excluded.formula, excluded.expected, excluded.progress, excluded.of_target,
    excluded.due_of_target, excluded.answered, excluded.reporters);

-- Snapshots.

DELETE FROM dashboards_snapshot s USING p WHERE s.plan_id = p.plan AND s.date = %(today)s;

WITH rows AS (SELECT plan, 'plan' AS scope, NULL::bigint AS section, NULL::bigint AS unit, light, claimed, reviewed,
        verified_on IS NOT NULL AS verified, NULL AS state FROM v
    UNION ALL SELECT plan, 'section', section, NULL, light, claimed, reviewed, verified_on IS NOT NULL, NULL FROM v
        WHERE section IS NOT NULL
    UNION ALL SELECT plan, 'department', NULL, unit, counted_light, claimed, reviewed, verified_on IS NOT NULL, NULL
        FROM counted
    UNION ALL SELECT plan, 'plan', NULL, NULL, NULL, NULL, NULL, NULL, state FROM judged
    UNION ALL SELECT j.plan, 'section', v.section, NULL, NULL, NULL, NULL, NULL, state FROM judged j
        JOIN v USING (measure) WHERE v.section IS NOT NULL
    UNION ALL SELECT j.plan, 'department', NULL, o.department_id, NULL, NULL, NULL, NULL, state FROM judged j
        JOIN indicators_indicatorreporter o ON o.indicator_id = j.indicator),
counts AS (SELECT plan, scope, section, unit, count(light) AS measures, count(*) FILTER (WHERE light = 'red') AS red,
        count(*) FILTER (WHERE light = 'amber') AS amber, count(*) FILTER (WHERE light = 'green') AS green,
        count(*) FILTER (WHERE light = 'grey') AS grey, count(*) FILTER (WHERE claimed OR reviewed OR verified) AS claimed,
        count(*) FILTER (WHERE reviewed OR verified) AS reviewed, count(*) FILTER (WHERE verified) AS verified,
        count(state) AS indicators, count(*) FILTER (WHERE state = 'met') AS met,
        count(*) FILTER (WHERE state = 'on_pace') AS on_pace,
        count(*) FILTER (WHERE state IN ('behind', 'far_behind', 'incomplete')) AS behind
    FROM rows GROUP BY 1, 2, 3, 4)
INSERT INTO dashboards_snapshot (plan_id, date, scope, section_id, department_id, light, measures, red, amber, green,
    grey, claimed, reviewed, verified, indicators, met, on_pace, behind, unknown, computed_at)
SELECT plan, %(today)s, scope, section, unit, CASE WHEN red + amber + green = 0 THEN 'grey'
    WHEN red > 0 AND red * 100 >= plan_red * (red + amber + green) THEN 'red'
    WHEN red + amber > 0 AND (red + amber) * 100 >= plan_amber * (red + amber + green) THEN 'amber' ELSE 'green' END,
    measures, red, amber, green, grey, claimed, reviewed, verified, indicators, met, on_pace, counts.behind,
    indicators - met - on_pace - counts.behind, %(now)s
FROM counts JOIN p USING (plan);
