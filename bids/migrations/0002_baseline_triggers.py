"""The functions and triggers of this app’s tables, as the migrations left them that
this and `0001_baseline` replace: written by hand, by `write_triggers` and from `guards`.
"""

from django.db import migrations

ONE_LINE = {
    "bids_barrier": "law_or_rule",
    "bids_bid": "title",
    "bids_criterion": "name",
    "bids_expectedoutcome": "description measure",
    "bids_expression": "title",
    "bids_milestone": "description",
    "bids_otherfunding": "source",
    "bids_outcome": "description measure",
    "bids_programme": "name",
    "bids_question": "section wording",
    "bids_risk": "description",
    "bids_round": "name opens_note",
    "bids_strand": "name",
}
"""Columns whose check got this name when it was added to a table that stood."""
FUNCTIONS = """
CREATE FUNCTION bids_seed_within_year(given bigint) RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    asker bigint;
BEGIN
    SELECT one.lead_id INTO asker
    FROM bids_expression AS one JOIN bids_round AS call ON call.id = one.round_id
    WHERE one.id = given AND call.route = 'seed'
    AND one.state IN ('submitted', 'clarification', 'taken_forward');
    IF asker IS NULL THEN
        RETURN;
    END IF;
    -- The organisation's row is the lock: of two sendings at once the second counts
    -- the first, as each statement here sees what was committed before it began.
    PERFORM 1 FROM organisations_organisation WHERE id = asker FOR NO KEY UPDATE;
    IF EXISTS (
        SELECT money.financial_year
        FROM bids_moneyasked AS money
        JOIN bids_expression AS one ON one.id = money.expression_id
        JOIN bids_round AS call ON call.id = one.round_id
        LEFT JOIN bids_bid AS bid ON bid.expression_id = one.id
        WHERE one.lead_id = asker AND call.route = 'seed'
        AND one.state IN ('submitted', 'clarification', 'taken_forward')
        AND (bid.id IS NULL OR bid.state NOT IN ('declined', 'withdrawn'))
        AND money.financial_year IN (
            SELECT financial_year FROM bids_moneyasked WHERE expression_id = given
        )
        GROUP BY money.financial_year HAVING sum(money.amount) > 1000000
    ) THEN
        RAISE EXCEPTION 'seed grants of one organisation and year'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'seed_year_at_most_10000';
    END IF;
END $$;

CREATE FUNCTION bids_seed_expression() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM bids_seed_within_year(NEW.id);
    RETURN NULL;
END $$;

CREATE FUNCTION bids_seed_money() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM bids_seed_within_year(NEW.expression_id);
    RETURN NULL;
END $$;

CREATE FUNCTION bids_refuse(why text) RETURNS void LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    RAISE EXCEPTION '%', why USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE FUNCTION bids_round_guard() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF (OLD.route, OLD.programme_id, OLD.opens_at, OLD.demonstration, OLD.chain_id,
        OLD.key, OLD.assessments_needed, OLD.published AND NOT NEW.published)
        IS DISTINCT FROM
       (NEW.route, NEW.programme_id, NEW.opens_at, NEW.demonstration, NEW.chain_id,
        NEW.key, NEW.assessments_needed, false)
    AND (EXISTS (SELECT FROM bids_expression WHERE round_id = OLD.id)
         OR EXISTS (SELECT FROM bids_bid WHERE round_id = OLD.id)) THEN
        PERFORM bids_refuse('Cases were started in this round and follow its route, '
            'programme, opening and number of assessments');
    END IF;
    IF NEW.closes_at IS DISTINCT FROM OLD.closes_at AND EXISTS (
        SELECT FROM bids_expression WHERE round_id = OLD.id
        AND submitted_at > NEW.closes_at
        AND (OLD.closes_at IS NULL OR submitted_at <= OLD.closes_at)
    ) THEN
        PERFORM bids_refuse('What was sent in time would become late');
    END IF;
    IF (coalesce(NEW.award_least, 0) > coalesce(OLD.award_least, 0)
        OR coalesce(NEW.award_most, 'infinity'::float8)
           < coalesce(OLD.award_most, 'infinity'::float8))
    AND EXISTS (
        SELECT FROM bids_expression
        WHERE round_id = OLD.id AND submitted_at IS NOT NULL
    ) THEN
        PERFORM bids_refuse('Forms were sent that kept to the limits of this round');
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION bids_share_round() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM 1 FROM bids_round WHERE id = NEW.round_id FOR SHARE;
    RETURN NEW;
END $$;

CREATE FUNCTION bids_share_round_of_criterion() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM 1 FROM bids_round WHERE id = (
        SELECT round_id FROM bids_criterion WHERE id = NEW.criterion_id
    ) FOR SHARE;
    RETURN NEW;
END $$;

CREATE FUNCTION bids_strand_guard() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM 1 FROM bids_round WHERE id = OLD.round_id FOR NO KEY UPDATE;
    IF (EXISTS (SELECT FROM bids_expression WHERE strand_id = OLD.id)
        OR EXISTS (SELECT FROM bids_bid WHERE strand_id = OLD.id))
    AND (TG_OP = 'DELETE' OR (OLD.round_id, OLD.name, OLD.anything_else)
         IS DISTINCT FROM (NEW.round_id, NEW.name, NEW.anything_else)) THEN
        PERFORM bids_refuse('Cases are of this strand');
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;

CREATE FUNCTION bids_criterion_guard() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    call bigint := CASE WHEN TG_OP = 'INSERT' THEN NEW.round_id ELSE OLD.round_id END;
BEGIN
    IF TG_OP = 'UPDATE' AND (OLD.round_id, OLD.name, OLD.weight, OLD.score_least,
        OLD.score_most) IS NOT DISTINCT FROM (NEW.round_id, NEW.name, NEW.weight,
        NEW.score_least, NEW.score_most) THEN
        RETURN NEW;
    END IF;
    PERFORM 1 FROM bids_round WHERE id = call FOR NO KEY UPDATE;
    IF EXISTS (
        SELECT FROM bids_criterion AS one WHERE one.round_id = call
        AND (EXISTS (SELECT FROM bids_score WHERE criterion_id = one.id)
             OR EXISTS (SELECT FROM bids_feedback WHERE criterion_id = one.id))
    ) THEN
        PERFORM bids_refuse('Somebody was scored or had feedback by these criteria');
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;

CREATE FUNCTION audit_facts_bids_answer(r bids_answer)
RETURNS jsonb LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT jsonb_build_object(
        'id', r.id,
        'expression_id', r.expression_id,
        'bid_id', r.bid_id,
        'question_id', r.question_id,
        'value', audit_digest(r.value::text),
        'saved_at', audit_moment(r.saved_at))
$$;

CREATE FUNCTION audit_facts_bids_assessment(r bids_assessment)
RETURNS jsonb LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT jsonb_build_object(
        'id', r.id,
        'key', r.key,
        'bid_id', r.bid_id,
        'assessor_id', r.assessor_id,
        'assigned_by_id', r.assigned_by_id,
        'assigned_at', audit_moment(r.assigned_at),
        'started_at', audit_moment(r.started_at),
        'finished_at', audit_moment(r.finished_at))
$$;

CREATE FUNCTION audit_facts_bids_assignment(r bids_assignment)
RETURNS jsonb LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT jsonb_build_object(
        'id', r.id,
        'expression_id', r.expression_id,
        'user_id', r.user_id,
        'assigned_at', audit_moment(r.assigned_at),
        'ended_at', audit_moment(r.ended_at))
$$;

CREATE FUNCTION audit_facts_bids_barrier(r bids_barrier)
RETURNS jsonb LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT jsonb_build_object(
        'id', r.id,
        'expression_id', r.expression_id,
        'law_or_rule', audit_digest(r.law_or_rule),
        'what_it_stops', audit_digest(r.what_it_stops),
        'owner', audit_digest(r.owner),
        'route', r.route,
        'state', r.state)
$$;

CREATE FUNCTION audit_facts_bids_bid(r bids_bid)
RETURNS jsonb LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT jsonb_build_object(
        'id', r.id,
        'chain_id', r.chain_id,
        'round_id', r.round_id,
        'question_set_id', r.question_set_id,
        'lead_id', r.lead_id,
        'title', audit_digest(r.title),
        'summary', audit_digest(r.summary),
        'strand_id', r.strand_id,
        'maturity_id', r.maturity_id,
        'idea_type_id', r.idea_type_id,
        'submitted_by_id', r.submitted_by_id,
        'submitted_at', audit_moment(r.submitted_at),
        'withdrawn_because', audit_digest(r.withdrawn_because),
        'demonstration', r.demonstration,
        'key', r.key,
        'expression_id', r.expression_id,
        'asked', r.asked,
        'theory_of_change', audit_digest(r.theory_of_change),
        'evaluation_plan', audit_digest(r.evaluation_plan),
        'state', r.state,
        'opened_at', audit_moment(r.opened_at),
        'expression_submitted_at', audit_moment(r.expression_submitted_at))
$$;

CREATE FUNCTION audit_facts_bids_bid_councils(r bids_bid_councils)
RETURNS jsonb LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT jsonb_build_object(
        'id', r.id,
        'bid_id', r.bid_id,
        'council_id', r.council_id)
$$;

CREATE FUNCTION audit_facts_bids_bid_partners(r bids_bid_partners)
RETURNS jsonb LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT jsonb_build_object(
        'id', r.id,
        'bid_id', r.bid_id,
        'organisation_id', r.organisation_id)
$$;

CREATE FUNCTION audit_facts_bids_bid_practice_models(r bids_bid_practice_models)
RETURNS jsonb LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT jsonb_build_object(
        'id', r.id,
        'bid_id', r.bid_id,
        'practicemodel_id', r.practicemodel_id)
$$;

CREATE FUNCTION audit_facts_bids_bidmoney(r bids_bidmoney)
RETURNS jsonb LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT jsonb_build_object(
        'id', r.id,
        'bid_id', r.bid_id,
        'financial_year', r.financial_year,
        'category', r.category,
        'partner_id', r.partner_id,
        'amount', r.amount)
$$;

CREATE FUNCTION audit_facts_bids_casedocument(r bids_casedocument)
RETURNS jsonb LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT jsonb_build_object(
        'id', r.id,
        'key', r.key,
        'expression_id', r.expression_id,
        'bid_id', r.bid_id,
        'code', r.code,
        'document_id', r.document_id,
        'removed_at', audit_moment(r.removed_at))
$$;

CREATE FUNCTION audit_facts_bids_clarification(r bids_clarification)
RETURNS jsonb LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT jsonb_build_object(
        'id', r.id,
        'key', r.key,
        'expression_id', r.expression_id,
        'question', audit_digest(r.question),
        'asked_by_id', r.asked_by_id,
        'asked_at', audit_moment(r.asked_at),
        'due_on', r.due_on,
        'answer', audit_digest(r.answer),
        'answered_by_id', r.answered_by_id,
        'answered_at', audit_moment(r.answered_at),
        'taken_back_by_id', r.taken_back_by_id,
        'taken_back_at', audit_moment(r.taken_back_at))
$$;

CREATE FUNCTION audit_facts_bids_comment(r bids_comment)
RETURNS jsonb LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT jsonb_build_object(
        'id', r.id,
        'key', r.key,
        'bid_id', r.bid_id,
        'code', r.code,
        'text', audit_digest(r.text),
        'made_by_id', r.made_by_id,
        'made_at', audit_moment(r.made_at),
        'done_by_id', r.done_by_id,
        'done_at', audit_moment(r.done_at))
$$;

CREATE FUNCTION audit_facts_bids_criterion(r bids_criterion)
RETURNS jsonb LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT jsonb_build_object(
        'id', r.id,
        'round_id', r.round_id,
        'name', audit_digest(r.name),
        'description', audit_digest(r.description),
        'weight', r.weight,
        'score_least', r.score_least,
        'score_most', r.score_most,
        'position', r.position)
$$;

CREATE FUNCTION audit_facts_bids_envelope(r bids_envelope)
RETURNS jsonb LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT jsonb_build_object(
        'id', r.id,
        'key', r.key,
        'round_id', r.round_id,
        'strand_id', r.strand_id,
        'financial_year', r.financial_year,
        'amount', r.amount)
$$;

CREATE FUNCTION audit_facts_bids_expectedoutcome(r bids_expectedoutcome)
RETURNS jsonb LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT jsonb_build_object(
        'id', r.id,
        'expression_id', r.expression_id,
        'description', audit_digest(r.description),
        'measure', audit_digest(r.measure))
$$;

CREATE FUNCTION audit_facts_bids_expression(r bids_expression)
RETURNS jsonb LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT jsonb_build_object(
        'id', r.id,
        'chain_id', r.chain_id,
        'round_id', r.round_id,
        'question_set_id', r.question_set_id,
        'lead_id', r.lead_id,
        'title', audit_digest(r.title),
        'summary', audit_digest(r.summary),
        'strand_id', r.strand_id,
        'maturity_id', r.maturity_id,
        'idea_type_id', r.idea_type_id,
        'submitted_by_id', r.submitted_by_id,
        'submitted_at', audit_moment(r.submitted_at),
        'withdrawn_because', audit_digest(r.withdrawn_because),
        'demonstration', r.demonstration,
        'key', r.key,
        'state', r.state,
        'started_by_id', r.started_by_id,
        'started_at', audit_moment(r.started_at),
        'merged_into_id', r.merged_into_id,
        'started_from_id', r.started_from_id)
$$;

CREATE FUNCTION audit_facts_bids_expression_councils(r bids_expression_councils)
RETURNS jsonb LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT jsonb_build_object(
        'id', r.id,
        'expression_id', r.expression_id,
        'council_id', r.council_id)
$$;

CREATE FUNCTION audit_facts_bids_expression_partners(r bids_expression_partners)
RETURNS jsonb LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT jsonb_build_object(
        'id', r.id,
        'expression_id', r.expression_id,
        'organisation_id', r.organisation_id)
$$;

CREATE FUNCTION audit_facts_bids_expression_practice_models(r bids_expression_practice_models)
RETURNS jsonb LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT jsonb_build_object(
        'id', r.id,
        'expression_id', r.expression_id,
        'practicemodel_id', r.practicemodel_id)
$$;

CREATE FUNCTION audit_facts_bids_feedback(r bids_feedback)
RETURNS jsonb LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT jsonb_build_object(
        'id', r.id,
        'expression_id', r.expression_id,
        'bid_id', r.bid_id,
        'criterion_id', r.criterion_id,
        'text', audit_digest(r.text))
$$;

CREATE FUNCTION audit_facts_bids_lateattempt(r bids_lateattempt)
RETURNS jsonb LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT jsonb_build_object(
        'id', r.id,
        'key', r.key,
        'expression_id', r.expression_id,
        'by_id', r.by_id,
        'at', audit_moment(r.at),
        'closed_at', audit_moment(r.closed_at))
$$;

CREATE FUNCTION audit_facts_bids_lateentry(r bids_lateentry)
RETURNS jsonb LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT jsonb_build_object(
        'id', r.id,
        'round_id', r.round_id,
        'organisation_id', r.organisation_id,
        'until', audit_moment(r.until),
        'reason', audit_digest(r.reason),
        'given_by_id', r.given_by_id,
        'given_at', audit_moment(r.given_at))
$$;

CREATE FUNCTION audit_facts_bids_message(r bids_message)
RETURNS jsonb LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT jsonb_build_object(
        'id', r.id,
        'key', r.key,
        'expression_id', r.expression_id,
        'from_department', r.from_department,
        'text', audit_digest(r.text),
        'written_by_id', r.written_by_id,
        'written_at', audit_moment(r.written_at),
        'settled_by_id', r.settled_by_id,
        'settled_at', audit_moment(r.settled_at))
$$;

CREATE FUNCTION audit_facts_bids_milestone(r bids_milestone)
RETURNS jsonb LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT jsonb_build_object(
        'id', r.id,
        'bid_id', r.bid_id,
        'description', audit_digest(r.description),
        'due_on', r.due_on)
$$;

CREATE FUNCTION audit_facts_bids_moderatedscore(r bids_moderatedscore)
RETURNS jsonb LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT jsonb_build_object(
        'id', r.id,
        'bid_id', r.bid_id,
        'criterion_id', r.criterion_id,
        'value', r.value,
        'reason', audit_digest(r.reason),
        'moderated_by_id', r.moderated_by_id,
        'moderated_at', audit_moment(r.moderated_at))
$$;

CREATE FUNCTION audit_facts_bids_moneyasked(r bids_moneyasked)
RETURNS jsonb LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT jsonb_build_object(
        'id', r.id,
        'expression_id', r.expression_id,
        'financial_year', r.financial_year,
        'amount', r.amount)
$$;

CREATE FUNCTION audit_facts_bids_otherfunding(r bids_otherfunding)
RETURNS jsonb LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT jsonb_build_object(
        'id', r.id,
        'bid_id', r.bid_id,
        'source', audit_digest(r.source),
        'financial_year', r.financial_year,
        'amount', r.amount,
        'secured', r.secured)
$$;

CREATE FUNCTION audit_facts_bids_outcome(r bids_outcome)
RETURNS jsonb LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT jsonb_build_object(
        'id', r.id,
        'bid_id', r.bid_id,
        'description', audit_digest(r.description),
        'measure', audit_digest(r.measure),
        'baseline', r.baseline,
        'target', r.target,
        'due_on', r.due_on)
$$;

CREATE FUNCTION audit_facts_bids_partnerletter(r bids_partnerletter)
RETURNS jsonb LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT jsonb_build_object(
        'id', r.id,
        'bid_id', r.bid_id,
        'organisation_id', r.organisation_id,
        'text', audit_digest(r.text),
        'received_on', r.received_on)
$$;

CREATE FUNCTION audit_facts_bids_question(r bids_question)
RETURNS jsonb LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT jsonb_build_object(
        'id', r.id,
        'question_set_id', r.question_set_id,
        'code', r.code,
        'section', audit_digest(r.section),
        'position', r.position,
        'wording', audit_digest(r.wording),
        'hint', audit_digest(r.hint),
        'kind', r.kind,
        'choices', audit_digest(r.choices::text),
        'required', r.required,
        'word_limit', r.word_limit,
        'shown_only_if', audit_digest(r.shown_only_if::text),
        'criterion_id', r.criterion_id)
$$;

CREATE FUNCTION audit_facts_bids_questionset(r bids_questionset)
RETURNS jsonb LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT jsonb_build_object(
        'id', r.id,
        'key', r.key,
        'round_id', r.round_id,
        'stage', r.stage,
        'version', r.version,
        'published_at', audit_moment(r.published_at))
$$;

CREATE FUNCTION audit_facts_bids_reopening(r bids_reopening)
RETURNS jsonb LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT jsonb_build_object(
        'id', r.id,
        'key', r.key,
        'bid_id', r.bid_id,
        'reason', audit_digest(r.reason),
        'reopened_by_id', r.reopened_by_id,
        'reopened_at', audit_moment(r.reopened_at))
$$;

CREATE FUNCTION audit_facts_bids_return(r bids_return)
RETURNS jsonb LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT jsonb_build_object(
        'id', r.id,
        'bid_id', r.bid_id,
        'reason', audit_digest(r.reason),
        'returned_by_id', r.returned_by_id,
        'returned_at', audit_moment(r.returned_at))
$$;

CREATE FUNCTION audit_facts_bids_risk(r bids_risk)
RETURNS jsonb LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT jsonb_build_object(
        'id', r.id,
        'bid_id', r.bid_id,
        'description', audit_digest(r.description),
        'likelihood', r.likelihood,
        'impact', r.impact,
        'mitigation', audit_digest(r.mitigation))
$$;

CREATE FUNCTION audit_facts_bids_round(r bids_round)
RETURNS jsonb LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT jsonb_build_object(
        'id', r.id,
        'key', r.key,
        'chain_id', r.chain_id,
        'programme_id', r.programme_id,
        'name', audit_digest(r.name),
        'summary', audit_digest(r.summary),
        'route', r.route,
        'opens_at', audit_moment(r.opens_at),
        'closes_at', audit_moment(r.closes_at),
        'opens_note', audit_digest(r.opens_note),
        'replies_by', r.replies_by,
        'award_least', r.award_least,
        'award_most', r.award_most,
        'assessments_needed', r.assessments_needed,
        'published', r.published,
        'demonstration', r.demonstration)
$$;

CREATE FUNCTION audit_facts_bids_score(r bids_score)
RETURNS jsonb LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT jsonb_build_object(
        'id', r.id,
        'assessment_id', r.assessment_id,
        'criterion_id', r.criterion_id,
        'value', r.value,
        'not_applicable', r.not_applicable,
        'justification', audit_digest(r.justification))
$$;

CREATE FUNCTION audit_facts_bids_signature(r bids_signature)
RETURNS jsonb LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT jsonb_build_object(
        'id', r.id,
        'key', r.key,
        'expression_id', r.expression_id,
        'bid_id', r.bid_id,
        'signed_by_id', r.signed_by_id,
        'office', audit_digest(r.office),
        'signed_at', audit_moment(r.signed_at),
        'ended_at', audit_moment(r.ended_at))
$$;

CREATE FUNCTION audit_facts_bids_strand(r bids_strand)
RETURNS jsonb LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT jsonb_build_object(
        'id', r.id,
        'round_id', r.round_id,
        'name', audit_digest(r.name),
        'anything_else', r.anything_else,
        'position', r.position)
$$;

CREATE FUNCTION audit_facts_bids_supportneed(r bids_supportneed)
RETURNS jsonb LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT jsonb_build_object(
        'id', r.id,
        'expression_id', r.expression_id,
        'kind', r.kind,
        'detail', audit_digest(r.detail))
$$;

CREATE FUNCTION audit_note_bids_answer() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    r bids_answer;
    stated jsonb := 'null';
BEGIN
    IF TG_OP = 'DELETE' THEN r := OLD; ELSE r := NEW; END IF;
    IF coalesce(
        (SELECT state IN ('draft') FROM bids_expression WHERE id = r.expression_id),
        (SELECT state IN ('in_development', 'returned') FROM bids_bid WHERE id = r.bid_id),
        false) THEN
        RETURN NULL;
    END IF;
    IF TG_OP <> 'DELETE' THEN
        stated := audit_facts_bids_answer(r);
        IF TG_OP = 'UPDATE' AND stated = audit_facts_bids_answer(OLD) THEN
            RETURN NULL;
        END IF;
    END IF;
    PERFORM audit_keep(coalesce(
        (SELECT chain_id FROM bids_expression WHERE id = r.expression_id),
        (SELECT chain_id FROM bids_bid WHERE id = r.bid_id),
        0),
        'bids_answer', r.id, stated);
    RETURN NULL;
END $$;

CREATE FUNCTION audit_note_bids_assessment() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    r bids_assessment;
    stated jsonb := 'null';
BEGIN
    IF TG_OP = 'DELETE' THEN r := OLD; ELSE r := NEW; END IF;
    IF TG_OP <> 'DELETE' THEN
        stated := audit_facts_bids_assessment(r);
        IF TG_OP = 'UPDATE' AND stated = audit_facts_bids_assessment(OLD) THEN
            RETURN NULL;
        END IF;
    END IF;
    PERFORM audit_keep(coalesce(
        (SELECT chain_id FROM bids_bid WHERE id = r.bid_id),
        0),
        'bids_assessment', r.id, stated);
    RETURN NULL;
END $$;

CREATE FUNCTION audit_note_bids_assignment() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    r bids_assignment;
    stated jsonb := 'null';
BEGIN
    IF TG_OP = 'DELETE' THEN r := OLD; ELSE r := NEW; END IF;
    IF TG_OP <> 'DELETE' THEN
        stated := audit_facts_bids_assignment(r);
        IF TG_OP = 'UPDATE' AND stated = audit_facts_bids_assignment(OLD) THEN
            RETURN NULL;
        END IF;
    END IF;
    PERFORM audit_keep(coalesce(
        (SELECT chain_id FROM bids_expression WHERE id = r.expression_id),
        0),
        'bids_assignment', r.id, stated);
    RETURN NULL;
END $$;

CREATE FUNCTION audit_note_bids_barrier() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    r bids_barrier;
    stated jsonb := 'null';
BEGIN
    IF TG_OP = 'DELETE' THEN r := OLD; ELSE r := NEW; END IF;
    IF coalesce(
        (SELECT state IN ('draft') FROM bids_expression WHERE id = r.expression_id),
        false) THEN
        RETURN NULL;
    END IF;
    IF TG_OP <> 'DELETE' THEN
        stated := audit_facts_bids_barrier(r);
        IF TG_OP = 'UPDATE' AND stated = audit_facts_bids_barrier(OLD) THEN
            RETURN NULL;
        END IF;
    END IF;
    PERFORM audit_keep(coalesce(
        (SELECT chain_id FROM bids_expression WHERE id = r.expression_id),
        0),
        'bids_barrier', r.id, stated);
    RETURN NULL;
END $$;

CREATE FUNCTION audit_parts_bids_bid(application bigint)
RETURNS TABLE (relation text, row_id bigint, facts jsonb)
LANGUAGE sql STABLE AS $$
    SELECT 'bids_answer', r.id, audit_facts_bids_answer(r)
    FROM bids_answer AS r WHERE r.bid_id = application
    UNION ALL
    SELECT 'bids_bid_councils', r.id, audit_facts_bids_bid_councils(r)
    FROM bids_bid_councils AS r WHERE r.bid_id = application
    UNION ALL
    SELECT 'bids_bid_partners', r.id, audit_facts_bids_bid_partners(r)
    FROM bids_bid_partners AS r WHERE r.bid_id = application
    UNION ALL
    SELECT 'bids_bid_practice_models', r.id, audit_facts_bids_bid_practice_models(r)
    FROM bids_bid_practice_models AS r WHERE r.bid_id = application
    UNION ALL
    SELECT 'bids_bidmoney', r.id, audit_facts_bids_bidmoney(r)
    FROM bids_bidmoney AS r WHERE r.bid_id = application
    UNION ALL
    SELECT 'bids_casedocument', r.id, audit_facts_bids_casedocument(r)
    FROM bids_casedocument AS r WHERE r.bid_id = application
    UNION ALL
    SELECT 'bids_milestone', r.id, audit_facts_bids_milestone(r)
    FROM bids_milestone AS r WHERE r.bid_id = application
    UNION ALL
    SELECT 'bids_otherfunding', r.id, audit_facts_bids_otherfunding(r)
    FROM bids_otherfunding AS r WHERE r.bid_id = application
    UNION ALL
    SELECT 'bids_outcome', r.id, audit_facts_bids_outcome(r)
    FROM bids_outcome AS r WHERE r.bid_id = application
    UNION ALL
    SELECT 'bids_partnerletter', r.id, audit_facts_bids_partnerletter(r)
    FROM bids_partnerletter AS r WHERE r.bid_id = application
    UNION ALL
    SELECT 'bids_risk', r.id, audit_facts_bids_risk(r)
    FROM bids_risk AS r WHERE r.bid_id = application
$$;

CREATE FUNCTION audit_note_bids_bid() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    r bids_bid;
    stated jsonb := 'null';
BEGIN
    IF TG_OP = 'DELETE' THEN r := OLD; ELSE r := NEW; END IF;
    IF TG_OP <> 'DELETE' THEN
        stated := audit_facts_bids_bid(r);
        IF TG_OP = 'UPDATE' AND (stated = audit_facts_bids_bid(OLD)
            OR r.state IN ('in_development', 'returned')
            AND stated - '{title,summary,theory_of_change,evaluation_plan,asked,strand_id,maturity_id,idea_type_id}'::text[]
                = audit_facts_bids_bid(OLD)
                - '{title,summary,theory_of_change,evaluation_plan,asked,strand_id,maturity_id,idea_type_id}'::text[]) THEN
            RETURN NULL;
        END IF;
    END IF;
    PERFORM audit_keep(coalesce(
        r.chain_id,
        0),
        'bids_bid', r.id, stated);
    IF TG_OP = 'UPDATE' AND (OLD.state IN ('in_development', 'returned'))
        <> (r.state IN ('in_development', 'returned')) THEN
        PERFORM audit_keep(r.chain_id, part.relation, part.row_id,
            CASE WHEN r.state IN ('in_development', 'returned')
            THEN 'null' ELSE part.facts END)
        FROM audit_parts_bids_bid(r.id) AS part;
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION audit_note_bids_bid_councils() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    r bids_bid_councils;
    stated jsonb := 'null';
BEGIN
    IF TG_OP = 'DELETE' THEN r := OLD; ELSE r := NEW; END IF;
    IF coalesce(
        (SELECT state IN ('in_development', 'returned') FROM bids_bid WHERE id = r.bid_id),
        false) THEN
        RETURN NULL;
    END IF;
    IF TG_OP <> 'DELETE' THEN
        stated := audit_facts_bids_bid_councils(r);
        IF TG_OP = 'UPDATE' AND stated = audit_facts_bids_bid_councils(OLD) THEN
            RETURN NULL;
        END IF;
    END IF;
    PERFORM audit_keep(coalesce(
        (SELECT chain_id FROM bids_bid WHERE id = r.bid_id),
        0),
        'bids_bid_councils', r.id, stated);
    RETURN NULL;
END $$;

CREATE FUNCTION audit_note_bids_bid_partners() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    r bids_bid_partners;
    stated jsonb := 'null';
BEGIN
    IF TG_OP = 'DELETE' THEN r := OLD; ELSE r := NEW; END IF;
    IF coalesce(
        (SELECT state IN ('in_development', 'returned') FROM bids_bid WHERE id = r.bid_id),
        false) THEN
        RETURN NULL;
    END IF;
    IF TG_OP <> 'DELETE' THEN
        stated := audit_facts_bids_bid_partners(r);
        IF TG_OP = 'UPDATE' AND stated = audit_facts_bids_bid_partners(OLD) THEN
            RETURN NULL;
        END IF;
    END IF;
    PERFORM audit_keep(coalesce(
        (SELECT chain_id FROM bids_bid WHERE id = r.bid_id),
        0),
        'bids_bid_partners', r.id, stated);
    RETURN NULL;
END $$;

CREATE FUNCTION audit_note_bids_bid_practice_models() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    r bids_bid_practice_models;
    stated jsonb := 'null';
BEGIN
    IF TG_OP = 'DELETE' THEN r := OLD; ELSE r := NEW; END IF;
    IF coalesce(
        (SELECT state IN ('in_development', 'returned') FROM bids_bid WHERE id = r.bid_id),
        false) THEN
        RETURN NULL;
    END IF;
    IF TG_OP <> 'DELETE' THEN
        stated := audit_facts_bids_bid_practice_models(r);
        IF TG_OP = 'UPDATE' AND stated = audit_facts_bids_bid_practice_models(OLD) THEN
            RETURN NULL;
        END IF;
    END IF;
    PERFORM audit_keep(coalesce(
        (SELECT chain_id FROM bids_bid WHERE id = r.bid_id),
        0),
        'bids_bid_practice_models', r.id, stated);
    RETURN NULL;
END $$;

CREATE FUNCTION audit_note_bids_bidmoney() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    r bids_bidmoney;
    stated jsonb := 'null';
BEGIN
    IF TG_OP = 'DELETE' THEN r := OLD; ELSE r := NEW; END IF;
    IF coalesce(
        (SELECT state IN ('in_development', 'returned') FROM bids_bid WHERE id = r.bid_id),
        false) THEN
        RETURN NULL;
    END IF;
    IF TG_OP <> 'DELETE' THEN
        stated := audit_facts_bids_bidmoney(r);
        IF TG_OP = 'UPDATE' AND stated = audit_facts_bids_bidmoney(OLD) THEN
            RETURN NULL;
        END IF;
    END IF;
    PERFORM audit_keep(coalesce(
        (SELECT chain_id FROM bids_bid WHERE id = r.bid_id),
        0),
        'bids_bidmoney', r.id, stated);
    RETURN NULL;
END $$;

CREATE FUNCTION audit_note_bids_casedocument() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    r bids_casedocument;
    stated jsonb := 'null';
BEGIN
    IF TG_OP = 'DELETE' THEN r := OLD; ELSE r := NEW; END IF;
    IF coalesce(
        (SELECT state IN ('draft') FROM bids_expression WHERE id = r.expression_id),
        (SELECT state IN ('in_development', 'returned') FROM bids_bid WHERE id = r.bid_id),
        false) THEN
        RETURN NULL;
    END IF;
    IF TG_OP <> 'DELETE' THEN
        stated := audit_facts_bids_casedocument(r);
        IF TG_OP = 'UPDATE' AND stated = audit_facts_bids_casedocument(OLD) THEN
            RETURN NULL;
        END IF;
    END IF;
    PERFORM audit_keep(coalesce(
        (SELECT chain_id FROM bids_expression WHERE id = r.expression_id),
        (SELECT chain_id FROM bids_bid WHERE id = r.bid_id),
        0),
        'bids_casedocument', r.id, stated);
    RETURN NULL;
END $$;

CREATE FUNCTION audit_note_bids_clarification() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    r bids_clarification;
    stated jsonb := 'null';
BEGIN
    IF TG_OP = 'DELETE' THEN r := OLD; ELSE r := NEW; END IF;
    IF TG_OP <> 'DELETE' THEN
        stated := audit_facts_bids_clarification(r);
        IF TG_OP = 'UPDATE' AND stated = audit_facts_bids_clarification(OLD) THEN
            RETURN NULL;
        END IF;
    END IF;
    PERFORM audit_keep(coalesce(
        (SELECT chain_id FROM bids_expression WHERE id = r.expression_id),
        0),
        'bids_clarification', r.id, stated);
    RETURN NULL;
END $$;

CREATE FUNCTION audit_note_bids_comment() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    r bids_comment;
    stated jsonb := 'null';
BEGIN
    IF TG_OP = 'DELETE' THEN r := OLD; ELSE r := NEW; END IF;
    IF TG_OP <> 'DELETE' THEN
        stated := audit_facts_bids_comment(r);
        IF TG_OP = 'UPDATE' AND stated = audit_facts_bids_comment(OLD) THEN
            RETURN NULL;
        END IF;
    END IF;
    PERFORM audit_keep(coalesce(
        (SELECT chain_id FROM bids_bid WHERE id = r.bid_id),
        0),
        'bids_comment', r.id, stated);
    RETURN NULL;
END $$;

CREATE FUNCTION audit_note_bids_criterion() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    r bids_criterion;
    stated jsonb := 'null';
BEGIN
    IF TG_OP = 'DELETE' THEN r := OLD; ELSE r := NEW; END IF;
    IF TG_OP <> 'DELETE' THEN
        stated := audit_facts_bids_criterion(r);
        IF TG_OP = 'UPDATE' AND stated = audit_facts_bids_criterion(OLD) THEN
            RETURN NULL;
        END IF;
    END IF;
    PERFORM audit_keep(coalesce(
        (SELECT chain_id FROM bids_round WHERE id = r.round_id),
        0),
        'bids_criterion', r.id, stated);
    RETURN NULL;
END $$;

CREATE FUNCTION audit_note_bids_envelope() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    r bids_envelope;
    stated jsonb := 'null';
BEGIN
    IF TG_OP = 'DELETE' THEN r := OLD; ELSE r := NEW; END IF;
    IF TG_OP <> 'DELETE' THEN
        stated := audit_facts_bids_envelope(r);
        IF TG_OP = 'UPDATE' AND stated = audit_facts_bids_envelope(OLD) THEN
            RETURN NULL;
        END IF;
    END IF;
    PERFORM audit_keep(coalesce(
        (SELECT chain_id FROM bids_round WHERE id = r.round_id),
        0),
        'bids_envelope', r.id, stated);
    RETURN NULL;
END $$;

CREATE FUNCTION audit_note_bids_expectedoutcome() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    r bids_expectedoutcome;
    stated jsonb := 'null';
BEGIN
    IF TG_OP = 'DELETE' THEN r := OLD; ELSE r := NEW; END IF;
    IF coalesce(
        (SELECT state IN ('draft') FROM bids_expression WHERE id = r.expression_id),
        false) THEN
        RETURN NULL;
    END IF;
    IF TG_OP <> 'DELETE' THEN
        stated := audit_facts_bids_expectedoutcome(r);
        IF TG_OP = 'UPDATE' AND stated = audit_facts_bids_expectedoutcome(OLD) THEN
            RETURN NULL;
        END IF;
    END IF;
    PERFORM audit_keep(coalesce(
        (SELECT chain_id FROM bids_expression WHERE id = r.expression_id),
        0),
        'bids_expectedoutcome', r.id, stated);
    RETURN NULL;
END $$;

CREATE FUNCTION audit_parts_bids_expression(application bigint)
RETURNS TABLE (relation text, row_id bigint, facts jsonb)
LANGUAGE sql STABLE AS $$
    SELECT 'bids_answer', r.id, audit_facts_bids_answer(r)
    FROM bids_answer AS r WHERE r.expression_id = application
    UNION ALL
    SELECT 'bids_barrier', r.id, audit_facts_bids_barrier(r)
    FROM bids_barrier AS r WHERE r.expression_id = application
    UNION ALL
    SELECT 'bids_casedocument', r.id, audit_facts_bids_casedocument(r)
    FROM bids_casedocument AS r WHERE r.expression_id = application
    UNION ALL
    SELECT 'bids_expectedoutcome', r.id, audit_facts_bids_expectedoutcome(r)
    FROM bids_expectedoutcome AS r WHERE r.expression_id = application
    UNION ALL
    SELECT 'bids_expression_councils', r.id, audit_facts_bids_expression_councils(r)
    FROM bids_expression_councils AS r WHERE r.expression_id = application
    UNION ALL
    SELECT 'bids_expression_partners', r.id, audit_facts_bids_expression_partners(r)
    FROM bids_expression_partners AS r WHERE r.expression_id = application
    UNION ALL
    SELECT 'bids_expression_practice_models', r.id, audit_facts_bids_expression_practice_models(r)
    FROM bids_expression_practice_models AS r WHERE r.expression_id = application
    UNION ALL
    SELECT 'bids_moneyasked', r.id, audit_facts_bids_moneyasked(r)
    FROM bids_moneyasked AS r WHERE r.expression_id = application
    UNION ALL
    SELECT 'bids_supportneed', r.id, audit_facts_bids_supportneed(r)
    FROM bids_supportneed AS r WHERE r.expression_id = application
$$;

CREATE FUNCTION audit_note_bids_expression() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    r bids_expression;
    stated jsonb := 'null';
BEGIN
    IF TG_OP = 'DELETE' THEN r := OLD; ELSE r := NEW; END IF;
    IF TG_OP <> 'DELETE' THEN
        stated := audit_facts_bids_expression(r);
        IF TG_OP = 'UPDATE' AND (stated = audit_facts_bids_expression(OLD)
            OR r.state IN ('draft')
            AND stated - '{title,summary,strand_id,maturity_id,idea_type_id}'::text[]
                = audit_facts_bids_expression(OLD)
                - '{title,summary,strand_id,maturity_id,idea_type_id}'::text[]) THEN
            RETURN NULL;
        END IF;
    END IF;
    PERFORM audit_keep(coalesce(
        r.chain_id,
        0),
        'bids_expression', r.id, stated);
    IF TG_OP = 'UPDATE' AND (OLD.state IN ('draft'))
        <> (r.state IN ('draft')) THEN
        PERFORM audit_keep(r.chain_id, part.relation, part.row_id,
            CASE WHEN r.state IN ('draft')
            THEN 'null' ELSE part.facts END)
        FROM audit_parts_bids_expression(r.id) AS part;
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION audit_note_bids_expression_councils() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    r bids_expression_councils;
    stated jsonb := 'null';
BEGIN
    IF TG_OP = 'DELETE' THEN r := OLD; ELSE r := NEW; END IF;
    IF coalesce(
        (SELECT state IN ('draft') FROM bids_expression WHERE id = r.expression_id),
        false) THEN
        RETURN NULL;
    END IF;
    IF TG_OP <> 'DELETE' THEN
        stated := audit_facts_bids_expression_councils(r);
        IF TG_OP = 'UPDATE' AND stated = audit_facts_bids_expression_councils(OLD) THEN
            RETURN NULL;
        END IF;
    END IF;
    PERFORM audit_keep(coalesce(
        (SELECT chain_id FROM bids_expression WHERE id = r.expression_id),
        0),
        'bids_expression_councils', r.id, stated);
    RETURN NULL;
END $$;

CREATE FUNCTION audit_note_bids_expression_partners() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    r bids_expression_partners;
    stated jsonb := 'null';
BEGIN
    IF TG_OP = 'DELETE' THEN r := OLD; ELSE r := NEW; END IF;
    IF coalesce(
        (SELECT state IN ('draft') FROM bids_expression WHERE id = r.expression_id),
        false) THEN
        RETURN NULL;
    END IF;
    IF TG_OP <> 'DELETE' THEN
        stated := audit_facts_bids_expression_partners(r);
        IF TG_OP = 'UPDATE' AND stated = audit_facts_bids_expression_partners(OLD) THEN
            RETURN NULL;
        END IF;
    END IF;
    PERFORM audit_keep(coalesce(
        (SELECT chain_id FROM bids_expression WHERE id = r.expression_id),
        0),
        'bids_expression_partners', r.id, stated);
    RETURN NULL;
END $$;

CREATE FUNCTION audit_note_bids_expression_practice_models() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    r bids_expression_practice_models;
    stated jsonb := 'null';
BEGIN
    IF TG_OP = 'DELETE' THEN r := OLD; ELSE r := NEW; END IF;
    IF coalesce(
        (SELECT state IN ('draft') FROM bids_expression WHERE id = r.expression_id),
        false) THEN
        RETURN NULL;
    END IF;
    IF TG_OP <> 'DELETE' THEN
        stated := audit_facts_bids_expression_practice_models(r);
        IF TG_OP = 'UPDATE' AND stated = audit_facts_bids_expression_practice_models(OLD) THEN
            RETURN NULL;
        END IF;
    END IF;
    PERFORM audit_keep(coalesce(
        (SELECT chain_id FROM bids_expression WHERE id = r.expression_id),
        0),
        'bids_expression_practice_models', r.id, stated);
    RETURN NULL;
END $$;

CREATE FUNCTION audit_note_bids_feedback() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    r bids_feedback;
    stated jsonb := 'null';
BEGIN
    IF TG_OP = 'DELETE' THEN r := OLD; ELSE r := NEW; END IF;
    IF TG_OP <> 'DELETE' THEN
        stated := audit_facts_bids_feedback(r);
        IF TG_OP = 'UPDATE' AND stated = audit_facts_bids_feedback(OLD) THEN
            RETURN NULL;
        END IF;
    END IF;
    PERFORM audit_keep(coalesce(
        (SELECT chain_id FROM bids_expression WHERE id = r.expression_id),
        (SELECT chain_id FROM bids_bid WHERE id = r.bid_id),
        0),
        'bids_feedback', r.id, stated);
    RETURN NULL;
END $$;

CREATE FUNCTION audit_note_bids_lateattempt() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    r bids_lateattempt;
    stated jsonb := 'null';
BEGIN
    IF TG_OP = 'DELETE' THEN r := OLD; ELSE r := NEW; END IF;
    IF TG_OP <> 'DELETE' THEN
        stated := audit_facts_bids_lateattempt(r);
        IF TG_OP = 'UPDATE' AND stated = audit_facts_bids_lateattempt(OLD) THEN
            RETURN NULL;
        END IF;
    END IF;
    PERFORM audit_keep(coalesce(
        (SELECT chain_id FROM bids_expression WHERE id = r.expression_id),
        0),
        'bids_lateattempt', r.id, stated);
    RETURN NULL;
END $$;

CREATE FUNCTION audit_note_bids_lateentry() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    r bids_lateentry;
    stated jsonb := 'null';
BEGIN
    IF TG_OP = 'DELETE' THEN r := OLD; ELSE r := NEW; END IF;
    IF TG_OP <> 'DELETE' THEN
        stated := audit_facts_bids_lateentry(r);
        IF TG_OP = 'UPDATE' AND stated = audit_facts_bids_lateentry(OLD) THEN
            RETURN NULL;
        END IF;
    END IF;
    PERFORM audit_keep(coalesce(
        (SELECT chain_id FROM bids_round WHERE id = r.round_id),
        0),
        'bids_lateentry', r.id, stated);
    RETURN NULL;
END $$;

CREATE FUNCTION audit_note_bids_message() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    r bids_message;
    stated jsonb := 'null';
BEGIN
    IF TG_OP = 'DELETE' THEN r := OLD; ELSE r := NEW; END IF;
    IF TG_OP <> 'DELETE' THEN
        stated := audit_facts_bids_message(r);
        IF TG_OP = 'UPDATE' AND stated = audit_facts_bids_message(OLD) THEN
            RETURN NULL;
        END IF;
    END IF;
    PERFORM audit_keep(coalesce(
        (SELECT chain_id FROM bids_expression WHERE id = r.expression_id),
        0),
        'bids_message', r.id, stated);
    RETURN NULL;
END $$;

CREATE FUNCTION audit_note_bids_milestone() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    r bids_milestone;
    stated jsonb := 'null';
BEGIN
    IF TG_OP = 'DELETE' THEN r := OLD; ELSE r := NEW; END IF;
    IF coalesce(
        (SELECT state IN ('in_development', 'returned') FROM bids_bid WHERE id = r.bid_id),
        false) THEN
        RETURN NULL;
    END IF;
    IF TG_OP <> 'DELETE' THEN
        stated := audit_facts_bids_milestone(r);
        IF TG_OP = 'UPDATE' AND stated = audit_facts_bids_milestone(OLD) THEN
            RETURN NULL;
        END IF;
    END IF;
    PERFORM audit_keep(coalesce(
        (SELECT chain_id FROM bids_bid WHERE id = r.bid_id),
        0),
        'bids_milestone', r.id, stated);
    RETURN NULL;
END $$;

CREATE FUNCTION audit_note_bids_moderatedscore() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    r bids_moderatedscore;
    stated jsonb := 'null';
BEGIN
    IF TG_OP = 'DELETE' THEN r := OLD; ELSE r := NEW; END IF;
    IF TG_OP <> 'DELETE' THEN
        stated := audit_facts_bids_moderatedscore(r);
        IF TG_OP = 'UPDATE' AND stated = audit_facts_bids_moderatedscore(OLD) THEN
            RETURN NULL;
        END IF;
    END IF;
    PERFORM audit_keep(coalesce(
        (SELECT chain_id FROM bids_bid WHERE id = r.bid_id),
        0),
        'bids_moderatedscore', r.id, stated);
    RETURN NULL;
END $$;

CREATE FUNCTION audit_note_bids_moneyasked() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    r bids_moneyasked;
    stated jsonb := 'null';
BEGIN
    IF TG_OP = 'DELETE' THEN r := OLD; ELSE r := NEW; END IF;
    IF coalesce(
        (SELECT state IN ('draft') FROM bids_expression WHERE id = r.expression_id),
        false) THEN
        RETURN NULL;
    END IF;
    IF TG_OP <> 'DELETE' THEN
        stated := audit_facts_bids_moneyasked(r);
        IF TG_OP = 'UPDATE' AND stated = audit_facts_bids_moneyasked(OLD) THEN
            RETURN NULL;
        END IF;
    END IF;
    PERFORM audit_keep(coalesce(
        (SELECT chain_id FROM bids_expression WHERE id = r.expression_id),
        0),
        'bids_moneyasked', r.id, stated);
    RETURN NULL;
END $$;

CREATE FUNCTION audit_note_bids_otherfunding() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    r bids_otherfunding;
    stated jsonb := 'null';
BEGIN
    IF TG_OP = 'DELETE' THEN r := OLD; ELSE r := NEW; END IF;
    IF coalesce(
        (SELECT state IN ('in_development', 'returned') FROM bids_bid WHERE id = r.bid_id),
        false) THEN
        RETURN NULL;
    END IF;
    IF TG_OP <> 'DELETE' THEN
        stated := audit_facts_bids_otherfunding(r);
        IF TG_OP = 'UPDATE' AND stated = audit_facts_bids_otherfunding(OLD) THEN
            RETURN NULL;
        END IF;
    END IF;
    PERFORM audit_keep(coalesce(
        (SELECT chain_id FROM bids_bid WHERE id = r.bid_id),
        0),
        'bids_otherfunding', r.id, stated);
    RETURN NULL;
END $$;

CREATE FUNCTION audit_note_bids_outcome() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    r bids_outcome;
    stated jsonb := 'null';
BEGIN
    IF TG_OP = 'DELETE' THEN r := OLD; ELSE r := NEW; END IF;
    IF coalesce(
        (SELECT state IN ('in_development', 'returned') FROM bids_bid WHERE id = r.bid_id),
        false) THEN
        RETURN NULL;
    END IF;
    IF TG_OP <> 'DELETE' THEN
        stated := audit_facts_bids_outcome(r);
        IF TG_OP = 'UPDATE' AND stated = audit_facts_bids_outcome(OLD) THEN
            RETURN NULL;
        END IF;
    END IF;
    PERFORM audit_keep(coalesce(
        (SELECT chain_id FROM bids_bid WHERE id = r.bid_id),
        0),
        'bids_outcome', r.id, stated);
    RETURN NULL;
END $$;

CREATE FUNCTION audit_note_bids_partnerletter() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    r bids_partnerletter;
    stated jsonb := 'null';
BEGIN
    IF TG_OP = 'DELETE' THEN r := OLD; ELSE r := NEW; END IF;
    IF coalesce(
        (SELECT state IN ('in_development', 'returned') FROM bids_bid WHERE id = r.bid_id),
        false) THEN
        RETURN NULL;
    END IF;
    IF TG_OP <> 'DELETE' THEN
        stated := audit_facts_bids_partnerletter(r);
        IF TG_OP = 'UPDATE' AND stated = audit_facts_bids_partnerletter(OLD) THEN
            RETURN NULL;
        END IF;
    END IF;
    PERFORM audit_keep(coalesce(
        (SELECT chain_id FROM bids_bid WHERE id = r.bid_id),
        0),
        'bids_partnerletter', r.id, stated);
    RETURN NULL;
END $$;

CREATE FUNCTION audit_note_bids_question() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    r bids_question;
    stated jsonb := 'null';
BEGIN
    IF TG_OP = 'DELETE' THEN r := OLD; ELSE r := NEW; END IF;
    IF TG_OP <> 'DELETE' THEN
        stated := audit_facts_bids_question(r);
        IF TG_OP = 'UPDATE' AND stated = audit_facts_bids_question(OLD) THEN
            RETURN NULL;
        END IF;
    END IF;
    PERFORM audit_keep(coalesce(
        (SELECT chain_id FROM bids_round WHERE id = (SELECT round_id FROM bids_questionset WHERE id = r.question_set_id)),
        0),
        'bids_question', r.id, stated);
    RETURN NULL;
END $$;

CREATE FUNCTION audit_note_bids_questionset() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    r bids_questionset;
    stated jsonb := 'null';
BEGIN
    IF TG_OP = 'DELETE' THEN r := OLD; ELSE r := NEW; END IF;
    IF TG_OP <> 'DELETE' THEN
        stated := audit_facts_bids_questionset(r);
        IF TG_OP = 'UPDATE' AND stated = audit_facts_bids_questionset(OLD) THEN
            RETURN NULL;
        END IF;
    END IF;
    PERFORM audit_keep(coalesce(
        (SELECT chain_id FROM bids_round WHERE id = r.round_id),
        0),
        'bids_questionset', r.id, stated);
    RETURN NULL;
END $$;

CREATE FUNCTION audit_note_bids_reopening() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    r bids_reopening;
    stated jsonb := 'null';
BEGIN
    IF TG_OP = 'DELETE' THEN r := OLD; ELSE r := NEW; END IF;
    IF TG_OP <> 'DELETE' THEN
        stated := audit_facts_bids_reopening(r);
        IF TG_OP = 'UPDATE' AND stated = audit_facts_bids_reopening(OLD) THEN
            RETURN NULL;
        END IF;
    END IF;
    PERFORM audit_keep(coalesce(
        (SELECT chain_id FROM bids_bid WHERE id = r.bid_id),
        0),
        'bids_reopening', r.id, stated);
    RETURN NULL;
END $$;

CREATE FUNCTION audit_note_bids_return() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    r bids_return;
    stated jsonb := 'null';
BEGIN
    IF TG_OP = 'DELETE' THEN r := OLD; ELSE r := NEW; END IF;
    IF TG_OP <> 'DELETE' THEN
        stated := audit_facts_bids_return(r);
        IF TG_OP = 'UPDATE' AND stated = audit_facts_bids_return(OLD) THEN
            RETURN NULL;
        END IF;
    END IF;
    PERFORM audit_keep(coalesce(
        (SELECT chain_id FROM bids_bid WHERE id = r.bid_id),
        0),
        'bids_return', r.id, stated);
    RETURN NULL;
END $$;

CREATE FUNCTION audit_note_bids_risk() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    r bids_risk;
    stated jsonb := 'null';
BEGIN
    IF TG_OP = 'DELETE' THEN r := OLD; ELSE r := NEW; END IF;
    IF coalesce(
        (SELECT state IN ('in_development', 'returned') FROM bids_bid WHERE id = r.bid_id),
        false) THEN
        RETURN NULL;
    END IF;
    IF TG_OP <> 'DELETE' THEN
        stated := audit_facts_bids_risk(r);
        IF TG_OP = 'UPDATE' AND stated = audit_facts_bids_risk(OLD) THEN
            RETURN NULL;
        END IF;
    END IF;
    PERFORM audit_keep(coalesce(
        (SELECT chain_id FROM bids_bid WHERE id = r.bid_id),
        0),
        'bids_risk', r.id, stated);
    RETURN NULL;
END $$;

CREATE FUNCTION audit_note_bids_round() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    r bids_round;
    stated jsonb := 'null';
BEGIN
    IF TG_OP = 'DELETE' THEN r := OLD; ELSE r := NEW; END IF;
    IF TG_OP <> 'DELETE' THEN
        stated := audit_facts_bids_round(r);
        IF TG_OP = 'UPDATE' AND stated = audit_facts_bids_round(OLD) THEN
            RETURN NULL;
        END IF;
    END IF;
    PERFORM audit_keep(coalesce(
        r.chain_id,
        0),
        'bids_round', r.id, stated);
    RETURN NULL;
END $$;

CREATE FUNCTION audit_note_bids_score() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    r bids_score;
    stated jsonb := 'null';
BEGIN
    IF TG_OP = 'DELETE' THEN r := OLD; ELSE r := NEW; END IF;
    IF TG_OP <> 'DELETE' THEN
        stated := audit_facts_bids_score(r);
        IF TG_OP = 'UPDATE' AND stated = audit_facts_bids_score(OLD) THEN
            RETURN NULL;
        END IF;
    END IF;
    PERFORM audit_keep(coalesce(
        (SELECT chain_id FROM bids_bid WHERE id = (SELECT bid_id FROM bids_assessment WHERE id = r.assessment_id)),
        0),
        'bids_score', r.id, stated);
    RETURN NULL;
END $$;

CREATE FUNCTION audit_note_bids_signature() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    r bids_signature;
    stated jsonb := 'null';
BEGIN
    IF TG_OP = 'DELETE' THEN r := OLD; ELSE r := NEW; END IF;
    IF TG_OP <> 'DELETE' THEN
        stated := audit_facts_bids_signature(r);
        IF TG_OP = 'UPDATE' AND stated = audit_facts_bids_signature(OLD) THEN
            RETURN NULL;
        END IF;
    END IF;
    PERFORM audit_keep(coalesce(
        (SELECT chain_id FROM bids_expression WHERE id = r.expression_id),
        (SELECT chain_id FROM bids_bid WHERE id = r.bid_id),
        0),
        'bids_signature', r.id, stated);
    RETURN NULL;
END $$;

CREATE FUNCTION audit_note_bids_strand() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    r bids_strand;
    stated jsonb := 'null';
BEGIN
    IF TG_OP = 'DELETE' THEN r := OLD; ELSE r := NEW; END IF;
    IF TG_OP <> 'DELETE' THEN
        stated := audit_facts_bids_strand(r);
        IF TG_OP = 'UPDATE' AND stated = audit_facts_bids_strand(OLD) THEN
            RETURN NULL;
        END IF;
    END IF;
    PERFORM audit_keep(coalesce(
        (SELECT chain_id FROM bids_round WHERE id = r.round_id),
        0),
        'bids_strand', r.id, stated);
    RETURN NULL;
END $$;

CREATE FUNCTION audit_note_bids_supportneed() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    r bids_supportneed;
    stated jsonb := 'null';
BEGIN
    IF TG_OP = 'DELETE' THEN r := OLD; ELSE r := NEW; END IF;
    IF coalesce(
        (SELECT state IN ('draft') FROM bids_expression WHERE id = r.expression_id),
        false) THEN
        RETURN NULL;
    END IF;
    IF TG_OP <> 'DELETE' THEN
        stated := audit_facts_bids_supportneed(r);
        IF TG_OP = 'UPDATE' AND stated = audit_facts_bids_supportneed(OLD) THEN
            RETURN NULL;
        END IF;
    END IF;
    PERFORM audit_keep(coalesce(
        (SELECT chain_id FROM bids_expression WHERE id = r.expression_id),
        0),
        'bids_supportneed', r.id, stated);
    RETURN NULL;
END $$;
"""
RIGHTS = """
REVOKE ALL ON FUNCTION audit_note_bids_answer() FROM PUBLIC;
REVOKE ALL ON FUNCTION audit_note_bids_assessment() FROM PUBLIC;
REVOKE ALL ON FUNCTION audit_note_bids_assignment() FROM PUBLIC;
REVOKE ALL ON FUNCTION audit_note_bids_barrier() FROM PUBLIC;
REVOKE ALL ON FUNCTION audit_note_bids_bid() FROM PUBLIC;
REVOKE ALL ON FUNCTION audit_note_bids_bid_councils() FROM PUBLIC;
REVOKE ALL ON FUNCTION audit_note_bids_bid_partners() FROM PUBLIC;
REVOKE ALL ON FUNCTION audit_note_bids_bid_practice_models() FROM PUBLIC;
REVOKE ALL ON FUNCTION audit_note_bids_bidmoney() FROM PUBLIC;
REVOKE ALL ON FUNCTION audit_note_bids_casedocument() FROM PUBLIC;
REVOKE ALL ON FUNCTION audit_note_bids_clarification() FROM PUBLIC;
REVOKE ALL ON FUNCTION audit_note_bids_comment() FROM PUBLIC;
REVOKE ALL ON FUNCTION audit_note_bids_criterion() FROM PUBLIC;
REVOKE ALL ON FUNCTION audit_note_bids_envelope() FROM PUBLIC;
REVOKE ALL ON FUNCTION audit_note_bids_expectedoutcome() FROM PUBLIC;
REVOKE ALL ON FUNCTION audit_note_bids_expression() FROM PUBLIC;
REVOKE ALL ON FUNCTION audit_note_bids_expression_councils() FROM PUBLIC;
REVOKE ALL ON FUNCTION audit_note_bids_expression_partners() FROM PUBLIC;
REVOKE ALL ON FUNCTION audit_note_bids_expression_practice_models() FROM PUBLIC;
REVOKE ALL ON FUNCTION audit_note_bids_feedback() FROM PUBLIC;
REVOKE ALL ON FUNCTION audit_note_bids_lateattempt() FROM PUBLIC;
REVOKE ALL ON FUNCTION audit_note_bids_lateentry() FROM PUBLIC;
REVOKE ALL ON FUNCTION audit_note_bids_message() FROM PUBLIC;
REVOKE ALL ON FUNCTION audit_note_bids_milestone() FROM PUBLIC;
REVOKE ALL ON FUNCTION audit_note_bids_moderatedscore() FROM PUBLIC;
REVOKE ALL ON FUNCTION audit_note_bids_moneyasked() FROM PUBLIC;
REVOKE ALL ON FUNCTION audit_note_bids_otherfunding() FROM PUBLIC;
REVOKE ALL ON FUNCTION audit_note_bids_outcome() FROM PUBLIC;
REVOKE ALL ON FUNCTION audit_note_bids_partnerletter() FROM PUBLIC;
REVOKE ALL ON FUNCTION audit_note_bids_question() FROM PUBLIC;
REVOKE ALL ON FUNCTION audit_note_bids_questionset() FROM PUBLIC;
REVOKE ALL ON FUNCTION audit_note_bids_reopening() FROM PUBLIC;
REVOKE ALL ON FUNCTION audit_note_bids_return() FROM PUBLIC;
REVOKE ALL ON FUNCTION audit_note_bids_risk() FROM PUBLIC;
REVOKE ALL ON FUNCTION audit_note_bids_round() FROM PUBLIC;
REVOKE ALL ON FUNCTION audit_note_bids_score() FROM PUBLIC;
REVOKE ALL ON FUNCTION audit_note_bids_signature() FROM PUBLIC;
REVOKE ALL ON FUNCTION audit_note_bids_strand() FROM PUBLIC;
REVOKE ALL ON FUNCTION audit_note_bids_supportneed() FROM PUBLIC;
"""
TRIGGERS = """
CREATE TRIGGER bids_seed_expression AFTER UPDATE OF state, lead_id ON bids_expression
FOR EACH ROW WHEN (
    NEW.state IN ('submitted', 'clarification', 'taken_forward')
    AND (OLD.state, OLD.lead_id) IS DISTINCT FROM (NEW.state, NEW.lead_id)
) EXECUTE FUNCTION bids_seed_expression();
CREATE TRIGGER bids_seed_money AFTER INSERT OR UPDATE ON bids_moneyasked
FOR EACH ROW EXECUTE FUNCTION bids_seed_money();
CREATE TRIGGER round_guard BEFORE UPDATE ON bids_round
    FOR EACH ROW EXECUTE FUNCTION bids_round_guard();
CREATE TRIGGER expression_shares_round BEFORE INSERT ON bids_expression
    FOR EACH ROW EXECUTE FUNCTION bids_share_round();
CREATE TRIGGER expression_shares_round_later BEFORE UPDATE ON bids_expression
    FOR EACH ROW WHEN (
        (OLD.round_id, OLD.strand_id, OLD.submitted_at)
        IS DISTINCT FROM (NEW.round_id, NEW.strand_id, NEW.submitted_at)
    ) EXECUTE FUNCTION bids_share_round();
CREATE TRIGGER bid_shares_round BEFORE INSERT ON bids_bid
    FOR EACH ROW EXECUTE FUNCTION bids_share_round();
CREATE TRIGGER bid_shares_round_later BEFORE UPDATE ON bids_bid
    FOR EACH ROW WHEN (
        (OLD.round_id, OLD.strand_id) IS DISTINCT FROM (NEW.round_id, NEW.strand_id)
    ) EXECUTE FUNCTION bids_share_round();
CREATE TRIGGER score_shares_round BEFORE INSERT ON bids_score
    FOR EACH ROW EXECUTE FUNCTION bids_share_round_of_criterion();
CREATE TRIGGER feedback_shares_round BEFORE INSERT ON bids_feedback
    FOR EACH ROW EXECUTE FUNCTION bids_share_round_of_criterion();
CREATE TRIGGER strand_guard BEFORE UPDATE OR DELETE ON bids_strand
    FOR EACH ROW EXECUTE FUNCTION bids_strand_guard();
CREATE TRIGGER criterion_guard BEFORE INSERT OR UPDATE OR DELETE ON bids_criterion
    FOR EACH ROW EXECUTE FUNCTION bids_criterion_guard();
CREATE TRIGGER guard_keep BEFORE DELETE OR TRUNCATE ON bids_round
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_change BEFORE UPDATE ON bids_round
    FOR EACH ROW
    WHEN ((OLD.id, OLD.key, OLD.chain_id, OLD.programme_id, OLD.demonstration) IS DISTINCT FROM (NEW.id, NEW.key, NEW.chain_id, NEW.programme_id, NEW.demonstration)
        OR OLD.published IS DISTINCT FROM NEW.published AND (NEW.published) IS NOT TRUE)
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_keep BEFORE DELETE OR TRUNCATE ON bids_strand
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_change BEFORE UPDATE ON bids_strand
    FOR EACH ROW
    WHEN ((OLD.id, OLD.round_id, OLD.name, OLD.anything_else) IS DISTINCT FROM (NEW.id, NEW.round_id, NEW.name, NEW.anything_else))
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_keep BEFORE UPDATE OR DELETE OR TRUNCATE ON bids_criterion
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_within_round BEFORE INSERT ON bids_criterion
    FOR EACH ROW
    EXECUTE FUNCTION audit_guard_within('bids_round', 'round_id',
        'NOT EXISTS (SELECT FROM bids_score AS score JOIN bids_criterion AS criterion ON criterion.id = score.criterion_id WHERE criterion.round_id = parent.id)', 'FOR SHARE OF parent');
CREATE TRIGGER guard_keep BEFORE UPDATE OR DELETE OR TRUNCATE ON bids_envelope
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_keep BEFORE DELETE OR TRUNCATE ON bids_questionset
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_change BEFORE UPDATE ON bids_questionset
    FOR EACH ROW
    WHEN ((OLD.id, OLD.key, OLD.round_id, OLD.stage, OLD.version) IS DISTINCT FROM (NEW.id, NEW.key, NEW.round_id, NEW.stage, NEW.version)
        OR OLD.published_at IS DISTINCT FROM NEW.published_at AND (OLD.published_at IS NULL) IS NOT TRUE)
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_keep BEFORE TRUNCATE ON bids_question
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_change BEFORE UPDATE ON bids_question
    FOR EACH ROW
    WHEN ((OLD.id, OLD.question_set_id) IS DISTINCT FROM (NEW.id, NEW.question_set_id))
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_within_question_set BEFORE INSERT OR UPDATE OR DELETE ON bids_question
    FOR EACH ROW
    EXECUTE FUNCTION audit_guard_within('bids_questionset', 'question_set_id',
        'parent.published_at IS NULL', 'FOR SHARE OF parent');
CREATE TRIGGER guard_keep BEFORE DELETE OR TRUNCATE ON bids_expression
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_change BEFORE UPDATE ON bids_expression
    FOR EACH ROW
    WHEN ((OLD.id, OLD.chain_id, OLD.round_id, OLD.question_set_id, OLD.lead_id, OLD.demonstration, OLD.key, OLD.started_by_id, OLD.started_at) IS DISTINCT FROM (NEW.id, NEW.chain_id, NEW.round_id, NEW.question_set_id, NEW.lead_id, NEW.demonstration, NEW.key, NEW.started_by_id, NEW.started_at)
        OR (OLD.title, OLD.summary, OLD.strand_id, OLD.maturity_id, OLD.idea_type_id, OLD.started_from_id) IS DISTINCT FROM (NEW.title, NEW.summary, NEW.strand_id, NEW.maturity_id, NEW.idea_type_id, NEW.started_from_id) AND (OLD.state = 'draft') IS NOT TRUE
        OR (OLD.submitted_by_id, OLD.submitted_at) IS DISTINCT FROM (NEW.submitted_by_id, NEW.submitted_at) AND (OLD.state = 'draft' AND NEW.state = 'submitted') IS NOT TRUE
        OR OLD.withdrawn_because IS DISTINCT FROM NEW.withdrawn_because AND (OLD.state <> 'withdrawn' AND NEW.state = 'withdrawn') IS NOT TRUE
        OR OLD.merged_into_id IS DISTINCT FROM NEW.merged_into_id AND (OLD.state <> 'merged' AND NEW.state = 'merged') IS NOT TRUE
        OR OLD.state IS DISTINCT FROM NEW.state AND ((OLD.state, NEW.state) IN (('clarification', 'declined'), ('clarification', 'merged'), ('clarification', 'submitted'), ('clarification', 'withdrawn'), ('draft', 'submitted'), ('draft', 'withdrawn'), ('submitted', 'clarification'), ('submitted', 'declined'), ('submitted', 'merged'), ('submitted', 'taken_forward'), ('submitted', 'withdrawn'))) IS NOT TRUE)
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_keep BEFORE TRUNCATE ON bids_expression_councils
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_change BEFORE UPDATE ON bids_expression_councils
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_within_expression BEFORE INSERT OR DELETE ON bids_expression_councils
    FOR EACH ROW
    EXECUTE FUNCTION audit_guard_within('bids_expression', 'expression_id',
        'parent.state = ''draft'' OR NOT EXISTS (SELECT FROM audit_event WHERE subject = parent.key)', 'FOR SHARE OF parent');
CREATE TRIGGER guard_keep BEFORE TRUNCATE ON bids_expression_partners
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_change BEFORE UPDATE ON bids_expression_partners
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_within_expression BEFORE INSERT OR DELETE ON bids_expression_partners
    FOR EACH ROW
    EXECUTE FUNCTION audit_guard_within('bids_expression', 'expression_id',
        'parent.state = ''draft'' OR NOT EXISTS (SELECT FROM audit_event WHERE subject = parent.key)', 'FOR SHARE OF parent');
CREATE TRIGGER guard_keep BEFORE TRUNCATE ON bids_expression_practice_models
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_change BEFORE UPDATE ON bids_expression_practice_models
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_within_expression BEFORE INSERT OR DELETE ON bids_expression_practice_models
    FOR EACH ROW
    EXECUTE FUNCTION audit_guard_within('bids_expression', 'expression_id',
        'parent.state = ''draft'' OR NOT EXISTS (SELECT FROM audit_event WHERE subject = parent.key)', 'FOR SHARE OF parent');
CREATE TRIGGER guard_keep BEFORE TRUNCATE ON bids_moneyasked
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_change BEFORE UPDATE ON bids_moneyasked
    FOR EACH ROW
    WHEN ((OLD.id, OLD.expression_id) IS DISTINCT FROM (NEW.id, NEW.expression_id))
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_within_expression BEFORE INSERT OR UPDATE OR DELETE ON bids_moneyasked
    FOR EACH ROW
    EXECUTE FUNCTION audit_guard_within('bids_expression', 'expression_id',
        'parent.state = ''draft'' OR NOT EXISTS (SELECT FROM audit_event WHERE subject = parent.key)', 'FOR SHARE OF parent');
CREATE TRIGGER guard_keep BEFORE TRUNCATE ON bids_expectedoutcome
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_change BEFORE UPDATE ON bids_expectedoutcome
    FOR EACH ROW
    WHEN ((OLD.id, OLD.expression_id) IS DISTINCT FROM (NEW.id, NEW.expression_id))
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_within_expression BEFORE INSERT OR UPDATE OR DELETE ON bids_expectedoutcome
    FOR EACH ROW
    EXECUTE FUNCTION audit_guard_within('bids_expression', 'expression_id',
        'parent.state = ''draft'' OR NOT EXISTS (SELECT FROM audit_event WHERE subject = parent.key)', 'FOR SHARE OF parent');
CREATE TRIGGER guard_keep BEFORE TRUNCATE ON bids_supportneed
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_change BEFORE UPDATE ON bids_supportneed
    FOR EACH ROW
    WHEN ((OLD.id, OLD.expression_id) IS DISTINCT FROM (NEW.id, NEW.expression_id))
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_within_expression BEFORE INSERT OR UPDATE OR DELETE ON bids_supportneed
    FOR EACH ROW
    EXECUTE FUNCTION audit_guard_within('bids_expression', 'expression_id',
        'parent.state = ''draft'' OR NOT EXISTS (SELECT FROM audit_event WHERE subject = parent.key)', 'FOR SHARE OF parent');
CREATE TRIGGER guard_keep BEFORE TRUNCATE ON bids_barrier
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_change BEFORE UPDATE ON bids_barrier
    FOR EACH ROW
    WHEN ((OLD.id, OLD.expression_id) IS DISTINCT FROM (NEW.id, NEW.expression_id))
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_within_expression BEFORE INSERT OR UPDATE OR DELETE ON bids_barrier
    FOR EACH ROW
    EXECUTE FUNCTION audit_guard_within('bids_expression', 'expression_id',
        'parent.state = ''draft'' OR NOT EXISTS (SELECT FROM audit_event WHERE subject = parent.key)', 'FOR SHARE OF parent');
CREATE TRIGGER guard_keep BEFORE DELETE OR TRUNCATE ON bids_bid
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_change BEFORE UPDATE ON bids_bid
    FOR EACH ROW
    WHEN ((OLD.id, OLD.chain_id, OLD.round_id, OLD.question_set_id, OLD.lead_id, OLD.demonstration, OLD.key, OLD.expression_id, OLD.opened_at, OLD.expression_submitted_at) IS DISTINCT FROM (NEW.id, NEW.chain_id, NEW.round_id, NEW.question_set_id, NEW.lead_id, NEW.demonstration, NEW.key, NEW.expression_id, NEW.opened_at, NEW.expression_submitted_at)
        OR (OLD.title, OLD.summary, OLD.strand_id, OLD.maturity_id, OLD.idea_type_id, OLD.theory_of_change, OLD.evaluation_plan, OLD.asked) IS DISTINCT FROM (NEW.title, NEW.summary, NEW.strand_id, NEW.maturity_id, NEW.idea_type_id, NEW.theory_of_change, NEW.evaluation_plan, NEW.asked) AND (OLD.state IN ('in_development', 'returned')) IS NOT TRUE
        OR (OLD.submitted_by_id, OLD.submitted_at) IS DISTINCT FROM (NEW.submitted_by_id, NEW.submitted_at) AND (OLD.state IN ('in_development', 'returned') AND NEW.state = 'submitted') IS NOT TRUE
        OR OLD.withdrawn_because IS DISTINCT FROM NEW.withdrawn_because AND (OLD.state <> 'withdrawn' AND NEW.state = 'withdrawn') IS NOT TRUE
        OR OLD.state IS DISTINCT FROM NEW.state AND ((OLD.state, NEW.state) IN (('assessed', 'at_board'), ('assessed', 'submitted'), ('assessed', 'withdrawn'), ('at_board', 'assessed'), ('at_board', 'with_minister'), ('at_board', 'withdrawn'), ('in_development', 'submitted'), ('in_development', 'withdrawn'), ('returned', 'submitted'), ('returned', 'withdrawn'), ('submitted', 'assessed'), ('submitted', 'returned'), ('submitted', 'withdrawn'), ('with_minister', 'approved'), ('with_minister', 'declined'), ('with_minister', 'withdrawn'))) IS NOT TRUE)
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_keep BEFORE TRUNCATE ON bids_bid_councils
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_change BEFORE UPDATE ON bids_bid_councils
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_within_bid BEFORE INSERT OR DELETE ON bids_bid_councils
    FOR EACH ROW
    EXECUTE FUNCTION audit_guard_within('bids_bid', 'bid_id',
        'parent.state IN (''in_development'', ''returned'') OR NOT EXISTS (SELECT FROM audit_event WHERE subject = parent.key)', 'FOR SHARE OF parent');
CREATE TRIGGER guard_keep BEFORE TRUNCATE ON bids_bid_partners
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_change BEFORE UPDATE ON bids_bid_partners
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_within_bid BEFORE INSERT OR DELETE ON bids_bid_partners
    FOR EACH ROW
    EXECUTE FUNCTION audit_guard_within('bids_bid', 'bid_id',
        'parent.state IN (''in_development'', ''returned'') OR NOT EXISTS (SELECT FROM audit_event WHERE subject = parent.key)', 'FOR SHARE OF parent');
CREATE TRIGGER guard_keep BEFORE TRUNCATE ON bids_bid_practice_models
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_change BEFORE UPDATE ON bids_bid_practice_models
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_within_bid BEFORE INSERT OR DELETE ON bids_bid_practice_models
    FOR EACH ROW
    EXECUTE FUNCTION audit_guard_within('bids_bid', 'bid_id',
        'parent.state IN (''in_development'', ''returned'') OR NOT EXISTS (SELECT FROM audit_event WHERE subject = parent.key)', 'FOR SHARE OF parent');
CREATE TRIGGER guard_keep BEFORE TRUNCATE ON bids_bidmoney
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_change BEFORE UPDATE ON bids_bidmoney
    FOR EACH ROW
    WHEN ((OLD.id, OLD.bid_id) IS DISTINCT FROM (NEW.id, NEW.bid_id))
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_within_bid BEFORE INSERT OR UPDATE OR DELETE ON bids_bidmoney
    FOR EACH ROW
    EXECUTE FUNCTION audit_guard_within('bids_bid', 'bid_id',
        'parent.state IN (''in_development'', ''returned'') OR NOT EXISTS (SELECT FROM audit_event WHERE subject = parent.key)', 'FOR SHARE OF parent');
CREATE TRIGGER guard_keep BEFORE TRUNCATE ON bids_otherfunding
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_change BEFORE UPDATE ON bids_otherfunding
    FOR EACH ROW
    WHEN ((OLD.id, OLD.bid_id) IS DISTINCT FROM (NEW.id, NEW.bid_id))
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_within_bid BEFORE INSERT OR UPDATE OR DELETE ON bids_otherfunding
    FOR EACH ROW
    EXECUTE FUNCTION audit_guard_within('bids_bid', 'bid_id',
        'parent.state IN (''in_development'', ''returned'') OR NOT EXISTS (SELECT FROM audit_event WHERE subject = parent.key)', 'FOR SHARE OF parent');
CREATE TRIGGER guard_keep BEFORE TRUNCATE ON bids_outcome
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_change BEFORE UPDATE ON bids_outcome
    FOR EACH ROW
    WHEN ((OLD.id, OLD.bid_id) IS DISTINCT FROM (NEW.id, NEW.bid_id))
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_within_bid BEFORE INSERT OR UPDATE OR DELETE ON bids_outcome
    FOR EACH ROW
    EXECUTE FUNCTION audit_guard_within('bids_bid', 'bid_id',
        'parent.state IN (''in_development'', ''returned'') OR NOT EXISTS (SELECT FROM audit_event WHERE subject = parent.key)', 'FOR SHARE OF parent');
CREATE TRIGGER guard_keep BEFORE TRUNCATE ON bids_milestone
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_change BEFORE UPDATE ON bids_milestone
    FOR EACH ROW
    WHEN ((OLD.id, OLD.bid_id) IS DISTINCT FROM (NEW.id, NEW.bid_id))
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_within_bid BEFORE INSERT OR UPDATE OR DELETE ON bids_milestone
    FOR EACH ROW
    EXECUTE FUNCTION audit_guard_within('bids_bid', 'bid_id',
        'parent.state IN (''in_development'', ''returned'') OR NOT EXISTS (SELECT FROM audit_event WHERE subject = parent.key)', 'FOR SHARE OF parent');
CREATE TRIGGER guard_keep BEFORE TRUNCATE ON bids_risk
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_change BEFORE UPDATE ON bids_risk
    FOR EACH ROW
    WHEN ((OLD.id, OLD.bid_id) IS DISTINCT FROM (NEW.id, NEW.bid_id))
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_within_bid BEFORE INSERT OR UPDATE OR DELETE ON bids_risk
    FOR EACH ROW
    EXECUTE FUNCTION audit_guard_within('bids_bid', 'bid_id',
        'parent.state IN (''in_development'', ''returned'') OR NOT EXISTS (SELECT FROM audit_event WHERE subject = parent.key)', 'FOR SHARE OF parent');
CREATE TRIGGER guard_keep BEFORE TRUNCATE ON bids_partnerletter
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_change BEFORE UPDATE ON bids_partnerletter
    FOR EACH ROW
    WHEN ((OLD.id, OLD.bid_id) IS DISTINCT FROM (NEW.id, NEW.bid_id))
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_within_bid BEFORE INSERT OR UPDATE OR DELETE ON bids_partnerletter
    FOR EACH ROW
    EXECUTE FUNCTION audit_guard_within('bids_bid', 'bid_id',
        'parent.state IN (''in_development'', ''returned'') OR NOT EXISTS (SELECT FROM audit_event WHERE subject = parent.key)', 'FOR SHARE OF parent');
CREATE TRIGGER guard_keep BEFORE TRUNCATE ON bids_answer
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_change BEFORE UPDATE ON bids_answer
    FOR EACH ROW
    WHEN ((OLD.id, OLD.expression_id, OLD.bid_id) IS DISTINCT FROM (NEW.id, NEW.expression_id, NEW.bid_id))
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_within_expression BEFORE INSERT OR UPDATE OR DELETE ON bids_answer
    FOR EACH ROW
    EXECUTE FUNCTION audit_guard_within('bids_expression', 'expression_id',
        'parent.state = ''draft'' OR NOT EXISTS (SELECT FROM audit_event WHERE subject = parent.key)', 'FOR SHARE OF parent');
CREATE TRIGGER guard_within_bid BEFORE INSERT OR UPDATE OR DELETE ON bids_answer
    FOR EACH ROW
    EXECUTE FUNCTION audit_guard_within('bids_bid', 'bid_id',
        'parent.state IN (''in_development'', ''returned'') OR NOT EXISTS (SELECT FROM audit_event WHERE subject = parent.key)', 'FOR SHARE OF parent');
CREATE TRIGGER guard_keep BEFORE TRUNCATE ON bids_answerversion
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_delete BEFORE DELETE ON bids_answerversion
    FOR EACH ROW
    WHEN ((OLD.autosaved AND OLD.page <> '' AND NOT OLD.set_aside AND OLD.saved_at < now() - interval '2 days') IS NOT TRUE)
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_change BEFORE UPDATE ON bids_answerversion
    FOR EACH ROW
    WHEN ((OLD.id, OLD.expression_id, OLD.bid_id, OLD.code, OLD.number, OLD.typed, OLD.readable, OLD.set_aside, OLD.late, OLD.autosaved, OLD.page, OLD.saved_by_id, OLD.saved_at) IS DISTINCT FROM (NEW.id, NEW.expression_id, NEW.bid_id, NEW.code, NEW.number, NEW.typed, NEW.readable, NEW.set_aside, NEW.late, NEW.autosaved, NEW.page, NEW.saved_by_id, NEW.saved_at)
        OR OLD.settled_at IS DISTINCT FROM NEW.settled_at AND (OLD.settled_at IS NULL) IS NOT TRUE)
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_begin BEFORE INSERT ON bids_answerversion
    FOR EACH ROW
    WHEN ((NEW.settled_at IS NULL) IS NOT TRUE)
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_within_expression BEFORE INSERT ON bids_answerversion
    FOR EACH ROW
    EXECUTE FUNCTION audit_guard_within('bids_expression', 'expression_id',
        'parent.state = ''draft'' OR NOT EXISTS (SELECT FROM audit_event WHERE subject = parent.key) OR ($2).set_aside', 'FOR SHARE OF parent');
CREATE TRIGGER guard_within_bid BEFORE INSERT ON bids_answerversion
    FOR EACH ROW
    EXECUTE FUNCTION audit_guard_within('bids_bid', 'bid_id',
        'parent.state IN (''in_development'', ''returned'') OR NOT EXISTS (SELECT FROM audit_event WHERE subject = parent.key) OR ($2).set_aside', 'FOR SHARE OF parent');
CREATE TRIGGER guard_keep BEFORE DELETE OR TRUNCATE ON bids_casedocument
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_change BEFORE UPDATE ON bids_casedocument
    FOR EACH ROW
    WHEN ((OLD.id, OLD.key, OLD.expression_id, OLD.bid_id, OLD.code, OLD.document_id) IS DISTINCT FROM (NEW.id, NEW.key, NEW.expression_id, NEW.bid_id, NEW.code, NEW.document_id)
        OR OLD.removed_at IS DISTINCT FROM NEW.removed_at AND (OLD.removed_at IS NULL) IS NOT TRUE)
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_begin BEFORE INSERT ON bids_casedocument
    FOR EACH ROW
    WHEN ((NEW.removed_at IS NULL) IS NOT TRUE)
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_within_expression BEFORE INSERT OR UPDATE ON bids_casedocument
    FOR EACH ROW
    EXECUTE FUNCTION audit_guard_within('bids_expression', 'expression_id',
        'parent.state = ''draft'' OR NOT EXISTS (SELECT FROM audit_event WHERE subject = parent.key)', 'FOR SHARE OF parent');
CREATE TRIGGER guard_within_bid BEFORE INSERT OR UPDATE ON bids_casedocument
    FOR EACH ROW
    EXECUTE FUNCTION audit_guard_within('bids_bid', 'bid_id',
        'parent.state IN (''in_development'', ''returned'') OR NOT EXISTS (SELECT FROM audit_event WHERE subject = parent.key)', 'FOR SHARE OF parent');
CREATE TRIGGER guard_keep BEFORE DELETE OR TRUNCATE ON bids_signature
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_change BEFORE UPDATE ON bids_signature
    FOR EACH ROW
    WHEN ((OLD.id, OLD.key, OLD.expression_id, OLD.bid_id, OLD.signed_by_id, OLD.office, OLD.signed_at) IS DISTINCT FROM (NEW.id, NEW.key, NEW.expression_id, NEW.bid_id, NEW.signed_by_id, NEW.office, NEW.signed_at)
        OR OLD.ended_at IS DISTINCT FROM NEW.ended_at AND (OLD.ended_at IS NULL) IS NOT TRUE)
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_begin BEFORE INSERT ON bids_signature
    FOR EACH ROW
    WHEN ((NEW.ended_at IS NULL) IS NOT TRUE)
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_within_expression BEFORE INSERT OR UPDATE ON bids_signature
    FOR EACH ROW
    EXECUTE FUNCTION audit_guard_within('bids_expression', 'expression_id',
        'parent.state = ''draft'' OR NOT EXISTS (SELECT FROM audit_event WHERE subject = parent.key)', 'FOR SHARE OF parent');
CREATE TRIGGER guard_within_bid BEFORE INSERT OR UPDATE ON bids_signature
    FOR EACH ROW
    EXECUTE FUNCTION audit_guard_within('bids_bid', 'bid_id',
        'parent.state IN (''in_development'', ''returned'') OR NOT EXISTS (SELECT FROM audit_event WHERE subject = parent.key)', 'FOR SHARE OF parent');
CREATE TRIGGER guard_keep BEFORE UPDATE OR DELETE OR TRUNCATE ON bids_lateattempt
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_within_expression BEFORE INSERT ON bids_lateattempt
    FOR EACH ROW
    EXECUTE FUNCTION audit_guard_within('bids_expression', 'expression_id',
        'parent.state = ''draft''', 'FOR SHARE OF parent');
CREATE TRIGGER guard_keep BEFORE UPDATE OR DELETE OR TRUNCATE ON bids_lateentry
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_keep BEFORE DELETE OR TRUNCATE ON bids_clarification
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_change BEFORE UPDATE ON bids_clarification
    FOR EACH ROW
    WHEN ((OLD.id, OLD.key, OLD.expression_id, OLD.question, OLD.asked_by_id, OLD.asked_at) IS DISTINCT FROM (NEW.id, NEW.key, NEW.expression_id, NEW.question, NEW.asked_by_id, NEW.asked_at)
        OR (OLD.due_on, OLD.answer, OLD.answered_by_id, OLD.answered_at, OLD.taken_back_by_id, OLD.taken_back_at) IS DISTINCT FROM (NEW.due_on, NEW.answer, NEW.answered_by_id, NEW.answered_at, NEW.taken_back_by_id, NEW.taken_back_at) AND (OLD.answered_at IS NULL AND OLD.taken_back_at IS NULL) IS NOT TRUE)
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_within_expression BEFORE INSERT ON bids_clarification
    FOR EACH ROW
    EXECUTE FUNCTION audit_guard_within('bids_expression', 'expression_id',
        'parent.state = ''clarification'' OR NOT EXISTS (SELECT FROM audit_event WHERE subject = parent.key)', 'FOR SHARE OF parent');
CREATE TRIGGER guard_keep BEFORE DELETE OR TRUNCATE ON bids_message
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_change BEFORE UPDATE ON bids_message
    FOR EACH ROW
    WHEN ((OLD.id, OLD.key, OLD.expression_id, OLD.from_department, OLD.text, OLD.written_by_id, OLD.written_at) IS DISTINCT FROM (NEW.id, NEW.key, NEW.expression_id, NEW.from_department, NEW.text, NEW.written_by_id, NEW.written_at)
        OR (OLD.settled_by_id, OLD.settled_at) IS DISTINCT FROM (NEW.settled_by_id, NEW.settled_at) AND (OLD.settled_by_id IS NULL AND OLD.settled_at IS NULL) IS NOT TRUE)
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_begin BEFORE INSERT ON bids_message
    FOR EACH ROW
    WHEN ((NEW.settled_at IS NULL) IS NOT TRUE)
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_within_expression BEFORE INSERT ON bids_message
    FOR EACH ROW
    EXECUTE FUNCTION audit_guard_within('bids_expression', 'expression_id',
        'parent.submitted_at IS NOT NULL', 'FOR SHARE OF parent');
CREATE TRIGGER guard_keep BEFORE DELETE OR TRUNCATE ON bids_comment
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_change BEFORE UPDATE ON bids_comment
    FOR EACH ROW
    WHEN ((OLD.id, OLD.key, OLD.bid_id, OLD.code, OLD.text, OLD.made_by_id, OLD.made_at) IS DISTINCT FROM (NEW.id, NEW.key, NEW.bid_id, NEW.code, NEW.text, NEW.made_by_id, NEW.made_at)
        OR (OLD.done_by_id, OLD.done_at) IS DISTINCT FROM (NEW.done_by_id, NEW.done_at) AND (OLD.done_by_id IS NULL AND OLD.done_at IS NULL) IS NOT TRUE)
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_begin BEFORE INSERT ON bids_comment
    FOR EACH ROW
    WHEN ((NEW.done_at IS NULL) IS NOT TRUE)
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_within_bid BEFORE INSERT OR UPDATE ON bids_comment
    FOR EACH ROW
    EXECUTE FUNCTION audit_guard_within('bids_bid', 'bid_id',
        'parent.state IN (''in_development'', ''returned'') OR NOT EXISTS (SELECT FROM audit_event WHERE subject = parent.key)', 'FOR SHARE OF parent');
CREATE TRIGGER guard_keep BEFORE UPDATE OR DELETE OR TRUNCATE ON bids_feedback
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_within_expression BEFORE INSERT ON bids_feedback
    FOR EACH ROW
    EXECUTE FUNCTION audit_guard_within('bids_expression', 'expression_id',
        'parent.state = ''declined'' OR NOT EXISTS (SELECT FROM audit_event WHERE subject = parent.key)', 'FOR SHARE OF parent');
CREATE TRIGGER guard_within_bid BEFORE INSERT ON bids_feedback
    FOR EACH ROW
    EXECUTE FUNCTION audit_guard_within('bids_bid', 'bid_id',
        'parent.state = ''declined''', 'FOR SHARE OF parent');
CREATE TRIGGER guard_keep BEFORE UPDATE OR DELETE OR TRUNCATE ON bids_return
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_within_bid BEFORE INSERT ON bids_return
    FOR EACH ROW
    EXECUTE FUNCTION audit_guard_within('bids_bid', 'bid_id',
        'parent.state = ''returned''', 'FOR SHARE OF parent');
CREATE TRIGGER guard_keep BEFORE DELETE OR TRUNCATE ON bids_assignment
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_change BEFORE UPDATE ON bids_assignment
    FOR EACH ROW
    WHEN ((OLD.id, OLD.expression_id, OLD.user_id, OLD.assigned_at) IS DISTINCT FROM (NEW.id, NEW.expression_id, NEW.user_id, NEW.assigned_at)
        OR OLD.ended_at IS DISTINCT FROM NEW.ended_at AND (OLD.ended_at IS NULL) IS NOT TRUE)
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_begin BEFORE INSERT ON bids_assignment
    FOR EACH ROW
    WHEN ((NEW.ended_at IS NULL) IS NOT TRUE)
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_keep BEFORE TRUNCATE ON bids_assessment
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_delete BEFORE DELETE ON bids_assessment
    FOR EACH ROW
    WHEN ((OLD.finished_at IS NULL) IS NOT TRUE)
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_change BEFORE UPDATE ON bids_assessment
    FOR EACH ROW
    WHEN ((OLD.id, OLD.key, OLD.bid_id, OLD.assessor_id, OLD.assigned_by_id, OLD.assigned_at) IS DISTINCT FROM (NEW.id, NEW.key, NEW.bid_id, NEW.assessor_id, NEW.assigned_by_id, NEW.assigned_at)
        OR OLD.started_at IS DISTINCT FROM NEW.started_at AND (OLD.started_at IS NULL) IS NOT TRUE
        OR OLD.finished_at IS DISTINCT FROM NEW.finished_at AND (OLD.finished_at IS NULL) IS NOT TRUE)
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_begin BEFORE INSERT ON bids_assessment
    FOR EACH ROW
    WHEN ((NEW.finished_at IS NULL) IS NOT TRUE)
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_within_bid BEFORE INSERT OR UPDATE OR DELETE ON bids_assessment
    FOR EACH ROW
    EXECUTE FUNCTION audit_guard_within('bids_bid', 'bid_id',
        'parent.state = ''submitted''', 'FOR SHARE OF parent');
CREATE TRIGGER guard_keep BEFORE UPDATE OR DELETE OR TRUNCATE ON bids_reopening
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_within_bid BEFORE INSERT ON bids_reopening
    FOR EACH ROW
    EXECUTE FUNCTION audit_guard_within('bids_bid', 'bid_id',
        'parent.state = ''submitted''', 'FOR SHARE OF parent');
CREATE TRIGGER guard_keep BEFORE TRUNCATE ON bids_score
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_change BEFORE UPDATE ON bids_score
    FOR EACH ROW
    WHEN ((OLD.id, OLD.assessment_id, OLD.criterion_id) IS DISTINCT FROM (NEW.id, NEW.assessment_id, NEW.criterion_id))
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_within_assessment BEFORE INSERT OR UPDATE OR DELETE ON bids_score
    FOR EACH ROW
    EXECUTE FUNCTION audit_guard_within('bids_assessment', 'assessment_id',
        'parent.finished_at IS NULL', 'FOR SHARE OF parent');
CREATE TRIGGER guard_keep BEFORE DELETE OR TRUNCATE ON bids_moderatedscore
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_change BEFORE UPDATE ON bids_moderatedscore
    FOR EACH ROW
    WHEN ((OLD.id, OLD.bid_id, OLD.criterion_id) IS DISTINCT FROM (NEW.id, NEW.bid_id, NEW.criterion_id))
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_within_bid BEFORE INSERT OR UPDATE ON bids_moderatedscore
    FOR EACH ROW
    EXECUTE FUNCTION audit_guard_within('bids_bid', 'bid_id',
        'parent.state = ''submitted''', 'FOR SHARE OF parent');
CREATE TRIGGER audit_note AFTER INSERT OR UPDATE OR DELETE ON bids_answer
    FOR EACH ROW EXECUTE FUNCTION audit_note_bids_answer();
CREATE TRIGGER audit_note AFTER INSERT OR UPDATE OR DELETE ON bids_assessment
    FOR EACH ROW EXECUTE FUNCTION audit_note_bids_assessment();
CREATE TRIGGER audit_note AFTER INSERT OR UPDATE OR DELETE ON bids_assignment
    FOR EACH ROW EXECUTE FUNCTION audit_note_bids_assignment();
CREATE TRIGGER audit_note AFTER INSERT OR UPDATE OR DELETE ON bids_barrier
    FOR EACH ROW EXECUTE FUNCTION audit_note_bids_barrier();
CREATE TRIGGER audit_note AFTER INSERT OR UPDATE OR DELETE ON bids_bid
    FOR EACH ROW EXECUTE FUNCTION audit_note_bids_bid();
CREATE TRIGGER audit_note AFTER INSERT OR UPDATE OR DELETE ON bids_bid_councils
    FOR EACH ROW EXECUTE FUNCTION audit_note_bids_bid_councils();
CREATE TRIGGER audit_note AFTER INSERT OR UPDATE OR DELETE ON bids_bid_partners
    FOR EACH ROW EXECUTE FUNCTION audit_note_bids_bid_partners();
CREATE TRIGGER audit_note AFTER INSERT OR UPDATE OR DELETE ON bids_bid_practice_models
    FOR EACH ROW EXECUTE FUNCTION audit_note_bids_bid_practice_models();
CREATE TRIGGER audit_note AFTER INSERT OR UPDATE OR DELETE ON bids_bidmoney
    FOR EACH ROW EXECUTE FUNCTION audit_note_bids_bidmoney();
CREATE TRIGGER audit_note AFTER INSERT OR UPDATE OR DELETE ON bids_casedocument
    FOR EACH ROW EXECUTE FUNCTION audit_note_bids_casedocument();
CREATE TRIGGER audit_note AFTER INSERT OR UPDATE OR DELETE ON bids_clarification
    FOR EACH ROW EXECUTE FUNCTION audit_note_bids_clarification();
CREATE TRIGGER audit_note AFTER INSERT OR UPDATE OR DELETE ON bids_comment
    FOR EACH ROW EXECUTE FUNCTION audit_note_bids_comment();
CREATE TRIGGER audit_note AFTER INSERT OR UPDATE OR DELETE ON bids_criterion
    FOR EACH ROW EXECUTE FUNCTION audit_note_bids_criterion();
CREATE TRIGGER audit_note AFTER INSERT OR UPDATE OR DELETE ON bids_envelope
    FOR EACH ROW EXECUTE FUNCTION audit_note_bids_envelope();
CREATE TRIGGER audit_note AFTER INSERT OR UPDATE OR DELETE ON bids_expectedoutcome
    FOR EACH ROW EXECUTE FUNCTION audit_note_bids_expectedoutcome();
CREATE TRIGGER audit_note AFTER INSERT OR UPDATE OR DELETE ON bids_expression
    FOR EACH ROW EXECUTE FUNCTION audit_note_bids_expression();
CREATE TRIGGER audit_note AFTER INSERT OR UPDATE OR DELETE ON bids_expression_councils
    FOR EACH ROW EXECUTE FUNCTION audit_note_bids_expression_councils();
CREATE TRIGGER audit_note AFTER INSERT OR UPDATE OR DELETE ON bids_expression_partners
    FOR EACH ROW EXECUTE FUNCTION audit_note_bids_expression_partners();
CREATE TRIGGER audit_note AFTER INSERT OR UPDATE OR DELETE ON bids_expression_practice_models
    FOR EACH ROW EXECUTE FUNCTION audit_note_bids_expression_practice_models();
CREATE TRIGGER audit_note AFTER INSERT OR UPDATE OR DELETE ON bids_feedback
    FOR EACH ROW EXECUTE FUNCTION audit_note_bids_feedback();
CREATE TRIGGER audit_note AFTER INSERT OR UPDATE OR DELETE ON bids_lateattempt
    FOR EACH ROW EXECUTE FUNCTION audit_note_bids_lateattempt();
CREATE TRIGGER audit_note AFTER INSERT OR UPDATE OR DELETE ON bids_lateentry
    FOR EACH ROW EXECUTE FUNCTION audit_note_bids_lateentry();
CREATE TRIGGER audit_note AFTER INSERT OR UPDATE OR DELETE ON bids_message
    FOR EACH ROW EXECUTE FUNCTION audit_note_bids_message();
CREATE TRIGGER audit_note AFTER INSERT OR UPDATE OR DELETE ON bids_milestone
    FOR EACH ROW EXECUTE FUNCTION audit_note_bids_milestone();
CREATE TRIGGER audit_note AFTER INSERT OR UPDATE OR DELETE ON bids_moderatedscore
    FOR EACH ROW EXECUTE FUNCTION audit_note_bids_moderatedscore();
CREATE TRIGGER audit_note AFTER INSERT OR UPDATE OR DELETE ON bids_moneyasked
    FOR EACH ROW EXECUTE FUNCTION audit_note_bids_moneyasked();
CREATE TRIGGER audit_note AFTER INSERT OR UPDATE OR DELETE ON bids_otherfunding
    FOR EACH ROW EXECUTE FUNCTION audit_note_bids_otherfunding();
CREATE TRIGGER audit_note AFTER INSERT OR UPDATE OR DELETE ON bids_outcome
    FOR EACH ROW EXECUTE FUNCTION audit_note_bids_outcome();
CREATE TRIGGER audit_note AFTER INSERT OR UPDATE OR DELETE ON bids_partnerletter
    FOR EACH ROW EXECUTE FUNCTION audit_note_bids_partnerletter();
CREATE TRIGGER audit_note AFTER INSERT OR UPDATE OR DELETE ON bids_question
    FOR EACH ROW EXECUTE FUNCTION audit_note_bids_question();
CREATE TRIGGER audit_note AFTER INSERT OR UPDATE OR DELETE ON bids_questionset
    FOR EACH ROW EXECUTE FUNCTION audit_note_bids_questionset();
CREATE TRIGGER audit_note AFTER INSERT OR UPDATE OR DELETE ON bids_reopening
    FOR EACH ROW EXECUTE FUNCTION audit_note_bids_reopening();
CREATE TRIGGER audit_note AFTER INSERT OR UPDATE OR DELETE ON bids_return
    FOR EACH ROW EXECUTE FUNCTION audit_note_bids_return();
CREATE TRIGGER audit_note AFTER INSERT OR UPDATE OR DELETE ON bids_risk
    FOR EACH ROW EXECUTE FUNCTION audit_note_bids_risk();
CREATE TRIGGER audit_note AFTER INSERT OR UPDATE OR DELETE ON bids_round
    FOR EACH ROW EXECUTE FUNCTION audit_note_bids_round();
CREATE TRIGGER audit_note AFTER INSERT OR UPDATE OR DELETE ON bids_score
    FOR EACH ROW EXECUTE FUNCTION audit_note_bids_score();
CREATE TRIGGER audit_note AFTER INSERT OR UPDATE OR DELETE ON bids_signature
    FOR EACH ROW EXECUTE FUNCTION audit_note_bids_signature();
CREATE TRIGGER audit_note AFTER INSERT OR UPDATE OR DELETE ON bids_strand
    FOR EACH ROW EXECUTE FUNCTION audit_note_bids_strand();
CREATE TRIGGER audit_note AFTER INSERT OR UPDATE OR DELETE ON bids_supportneed
    FOR EACH ROW EXECUTE FUNCTION audit_note_bids_supportneed();
"""


class Migration(migrations.Migration):
    replaces = [("bids", "0022_evidence")]
    dependencies = [("bids", "0001_baseline"), ("audit", "0002_baseline_triggers")]
    operations = [
        *(
            migrations.RunSQL(
                f"ALTER TABLE {table} RENAME CONSTRAINT"
                f" {table}_{column}_check TO {table}_{column}_one_line"
            )
            for table, columns in ONE_LINE.items()
            for column in columns.split()
        ),
        migrations.RunSQL(FUNCTIONS),
        migrations.RunSQL(RIGHTS),
        migrations.RunSQL(TRIGGERS),
    ]
