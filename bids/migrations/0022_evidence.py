"""What is evidence leaves notes for its events: see `bids.evidence`.

Written by `manage.py write_triggers`. The rows there are stated as they are, once.
"""

from django.db import migrations

FORWARD = """
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
REVOKE ALL ON FUNCTION audit_note_bids_answer() FROM PUBLIC;

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
REVOKE ALL ON FUNCTION audit_note_bids_assessment() FROM PUBLIC;

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
REVOKE ALL ON FUNCTION audit_note_bids_assignment() FROM PUBLIC;

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
REVOKE ALL ON FUNCTION audit_note_bids_barrier() FROM PUBLIC;

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
REVOKE ALL ON FUNCTION audit_note_bids_bid() FROM PUBLIC;

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
REVOKE ALL ON FUNCTION audit_note_bids_bid_councils() FROM PUBLIC;

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
REVOKE ALL ON FUNCTION audit_note_bids_bid_partners() FROM PUBLIC;

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
REVOKE ALL ON FUNCTION audit_note_bids_bid_practice_models() FROM PUBLIC;

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
REVOKE ALL ON FUNCTION audit_note_bids_bidmoney() FROM PUBLIC;

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
REVOKE ALL ON FUNCTION audit_note_bids_casedocument() FROM PUBLIC;

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
REVOKE ALL ON FUNCTION audit_note_bids_clarification() FROM PUBLIC;

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
REVOKE ALL ON FUNCTION audit_note_bids_comment() FROM PUBLIC;

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
REVOKE ALL ON FUNCTION audit_note_bids_criterion() FROM PUBLIC;

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
REVOKE ALL ON FUNCTION audit_note_bids_envelope() FROM PUBLIC;

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
REVOKE ALL ON FUNCTION audit_note_bids_expectedoutcome() FROM PUBLIC;

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
REVOKE ALL ON FUNCTION audit_note_bids_expression() FROM PUBLIC;

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
REVOKE ALL ON FUNCTION audit_note_bids_expression_councils() FROM PUBLIC;

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
REVOKE ALL ON FUNCTION audit_note_bids_expression_partners() FROM PUBLIC;

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
REVOKE ALL ON FUNCTION audit_note_bids_expression_practice_models() FROM PUBLIC;

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
REVOKE ALL ON FUNCTION audit_note_bids_feedback() FROM PUBLIC;

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
REVOKE ALL ON FUNCTION audit_note_bids_lateattempt() FROM PUBLIC;

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
REVOKE ALL ON FUNCTION audit_note_bids_lateentry() FROM PUBLIC;

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
REVOKE ALL ON FUNCTION audit_note_bids_message() FROM PUBLIC;

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
REVOKE ALL ON FUNCTION audit_note_bids_milestone() FROM PUBLIC;

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
REVOKE ALL ON FUNCTION audit_note_bids_moderatedscore() FROM PUBLIC;

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
REVOKE ALL ON FUNCTION audit_note_bids_moneyasked() FROM PUBLIC;

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
REVOKE ALL ON FUNCTION audit_note_bids_otherfunding() FROM PUBLIC;

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
REVOKE ALL ON FUNCTION audit_note_bids_outcome() FROM PUBLIC;

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
REVOKE ALL ON FUNCTION audit_note_bids_partnerletter() FROM PUBLIC;

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
REVOKE ALL ON FUNCTION audit_note_bids_question() FROM PUBLIC;

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
REVOKE ALL ON FUNCTION audit_note_bids_questionset() FROM PUBLIC;

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
REVOKE ALL ON FUNCTION audit_note_bids_reopening() FROM PUBLIC;

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
REVOKE ALL ON FUNCTION audit_note_bids_return() FROM PUBLIC;

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
REVOKE ALL ON FUNCTION audit_note_bids_risk() FROM PUBLIC;

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
REVOKE ALL ON FUNCTION audit_note_bids_round() FROM PUBLIC;

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
REVOKE ALL ON FUNCTION audit_note_bids_score() FROM PUBLIC;

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
REVOKE ALL ON FUNCTION audit_note_bids_signature() FROM PUBLIC;

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
REVOKE ALL ON FUNCTION audit_note_bids_strand() FROM PUBLIC;

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
REVOKE ALL ON FUNCTION audit_note_bids_supportneed() FROM PUBLIC;

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

STATE = """
DO $$
DECLARE
    carried bigint;
BEGIN
    IF NOT (EXISTS (SELECT FROM bids_answer)
        OR EXISTS (SELECT FROM bids_assessment)
        OR EXISTS (SELECT FROM bids_assignment)
        OR EXISTS (SELECT FROM bids_barrier)
        OR EXISTS (SELECT FROM bids_bid)
        OR EXISTS (SELECT FROM bids_bid_councils)
        OR EXISTS (SELECT FROM bids_bid_partners)
        OR EXISTS (SELECT FROM bids_bid_practice_models)
        OR EXISTS (SELECT FROM bids_bidmoney)
        OR EXISTS (SELECT FROM bids_casedocument)
        OR EXISTS (SELECT FROM bids_clarification)
        OR EXISTS (SELECT FROM bids_comment)
        OR EXISTS (SELECT FROM bids_criterion)
        OR EXISTS (SELECT FROM bids_envelope)
        OR EXISTS (SELECT FROM bids_expectedoutcome)
        OR EXISTS (SELECT FROM bids_expression)
        OR EXISTS (SELECT FROM bids_expression_councils)
        OR EXISTS (SELECT FROM bids_expression_partners)
        OR EXISTS (SELECT FROM bids_expression_practice_models)
        OR EXISTS (SELECT FROM bids_feedback)
        OR EXISTS (SELECT FROM bids_lateattempt)
        OR EXISTS (SELECT FROM bids_lateentry)
        OR EXISTS (SELECT FROM bids_message)
        OR EXISTS (SELECT FROM bids_milestone)
        OR EXISTS (SELECT FROM bids_moderatedscore)
        OR EXISTS (SELECT FROM bids_moneyasked)
        OR EXISTS (SELECT FROM bids_otherfunding)
        OR EXISTS (SELECT FROM bids_outcome)
        OR EXISTS (SELECT FROM bids_partnerletter)
        OR EXISTS (SELECT FROM bids_question)
        OR EXISTS (SELECT FROM bids_questionset)
        OR EXISTS (SELECT FROM bids_reopening)
        OR EXISTS (SELECT FROM bids_return)
        OR EXISTS (SELECT FROM bids_risk)
        OR EXISTS (SELECT FROM bids_round)
        OR EXISTS (SELECT FROM bids_score)
        OR EXISTS (SELECT FROM bids_signature)
        OR EXISTS (SELECT FROM bids_strand)
        OR EXISTS (SELECT FROM bids_supportneed)) THEN
        RETURN;
    END IF;
    INSERT INTO audit_chain (kind, length, head, stage)
    VALUES ('service', 0, repeat('0', 64), '') RETURNING id INTO carried;
    PERFORM audit_state_existing('bids_answer', carried,
        $w$NOT coalesce(
        (SELECT state IN ('draft') FROM bids_expression WHERE id = r.expression_id),
        (SELECT state IN ('in_development', 'returned') FROM bids_bid WHERE id = r.bid_id),
        false)$w$);
    PERFORM audit_state_existing('bids_assessment', carried);
    PERFORM audit_state_existing('bids_assignment', carried);
    PERFORM audit_state_existing('bids_barrier', carried,
        $w$NOT coalesce(
        (SELECT state IN ('draft') FROM bids_expression WHERE id = r.expression_id),
        false)$w$);
    PERFORM audit_state_existing('bids_bid', carried);
    PERFORM audit_state_existing('bids_bid_councils', carried,
        $w$NOT coalesce(
        (SELECT state IN ('in_development', 'returned') FROM bids_bid WHERE id = r.bid_id),
        false)$w$);
    PERFORM audit_state_existing('bids_bid_partners', carried,
        $w$NOT coalesce(
        (SELECT state IN ('in_development', 'returned') FROM bids_bid WHERE id = r.bid_id),
        false)$w$);
    PERFORM audit_state_existing('bids_bid_practice_models', carried,
        $w$NOT coalesce(
        (SELECT state IN ('in_development', 'returned') FROM bids_bid WHERE id = r.bid_id),
        false)$w$);
    PERFORM audit_state_existing('bids_bidmoney', carried,
        $w$NOT coalesce(
        (SELECT state IN ('in_development', 'returned') FROM bids_bid WHERE id = r.bid_id),
        false)$w$);
    PERFORM audit_state_existing('bids_casedocument', carried,
        $w$NOT coalesce(
        (SELECT state IN ('draft') FROM bids_expression WHERE id = r.expression_id),
        (SELECT state IN ('in_development', 'returned') FROM bids_bid WHERE id = r.bid_id),
        false)$w$);
    PERFORM audit_state_existing('bids_clarification', carried);
    PERFORM audit_state_existing('bids_comment', carried);
    PERFORM audit_state_existing('bids_criterion', carried);
    PERFORM audit_state_existing('bids_envelope', carried);
    PERFORM audit_state_existing('bids_expectedoutcome', carried,
        $w$NOT coalesce(
        (SELECT state IN ('draft') FROM bids_expression WHERE id = r.expression_id),
        false)$w$);
    PERFORM audit_state_existing('bids_expression', carried);
    PERFORM audit_state_existing('bids_expression_councils', carried,
        $w$NOT coalesce(
        (SELECT state IN ('draft') FROM bids_expression WHERE id = r.expression_id),
        false)$w$);
    PERFORM audit_state_existing('bids_expression_partners', carried,
        $w$NOT coalesce(
        (SELECT state IN ('draft') FROM bids_expression WHERE id = r.expression_id),
        false)$w$);
    PERFORM audit_state_existing('bids_expression_practice_models', carried,
        $w$NOT coalesce(
        (SELECT state IN ('draft') FROM bids_expression WHERE id = r.expression_id),
        false)$w$);
    PERFORM audit_state_existing('bids_feedback', carried);
    PERFORM audit_state_existing('bids_lateattempt', carried);
    PERFORM audit_state_existing('bids_lateentry', carried);
    PERFORM audit_state_existing('bids_message', carried);
    PERFORM audit_state_existing('bids_milestone', carried,
        $w$NOT coalesce(
        (SELECT state IN ('in_development', 'returned') FROM bids_bid WHERE id = r.bid_id),
        false)$w$);
    PERFORM audit_state_existing('bids_moderatedscore', carried);
    PERFORM audit_state_existing('bids_moneyasked', carried,
        $w$NOT coalesce(
        (SELECT state IN ('draft') FROM bids_expression WHERE id = r.expression_id),
        false)$w$);
    PERFORM audit_state_existing('bids_otherfunding', carried,
        $w$NOT coalesce(
        (SELECT state IN ('in_development', 'returned') FROM bids_bid WHERE id = r.bid_id),
        false)$w$);
    PERFORM audit_state_existing('bids_outcome', carried,
        $w$NOT coalesce(
        (SELECT state IN ('in_development', 'returned') FROM bids_bid WHERE id = r.bid_id),
        false)$w$);
    PERFORM audit_state_existing('bids_partnerletter', carried,
        $w$NOT coalesce(
        (SELECT state IN ('in_development', 'returned') FROM bids_bid WHERE id = r.bid_id),
        false)$w$);
    PERFORM audit_state_existing('bids_question', carried);
    PERFORM audit_state_existing('bids_questionset', carried);
    PERFORM audit_state_existing('bids_reopening', carried);
    PERFORM audit_state_existing('bids_return', carried);
    PERFORM audit_state_existing('bids_risk', carried,
        $w$NOT coalesce(
        (SELECT state IN ('in_development', 'returned') FROM bids_bid WHERE id = r.bid_id),
        false)$w$);
    PERFORM audit_state_existing('bids_round', carried);
    PERFORM audit_state_existing('bids_score', carried);
    PERFORM audit_state_existing('bids_signature', carried);
    PERFORM audit_state_existing('bids_strand', carried);
    PERFORM audit_state_existing('bids_supportneed', carried,
        $w$NOT coalesce(
        (SELECT state IN ('draft') FROM bids_expression WHERE id = r.expression_id),
        false)$w$);
END $$;
"""

BACKWARD = """
DROP TRIGGER audit_note ON bids_answer;
DROP TRIGGER audit_note ON bids_assessment;
DROP TRIGGER audit_note ON bids_assignment;
DROP TRIGGER audit_note ON bids_barrier;
DROP TRIGGER audit_note ON bids_bid;
DROP TRIGGER audit_note ON bids_bid_councils;
DROP TRIGGER audit_note ON bids_bid_partners;
DROP TRIGGER audit_note ON bids_bid_practice_models;
DROP TRIGGER audit_note ON bids_bidmoney;
DROP TRIGGER audit_note ON bids_casedocument;
DROP TRIGGER audit_note ON bids_clarification;
DROP TRIGGER audit_note ON bids_comment;
DROP TRIGGER audit_note ON bids_criterion;
DROP TRIGGER audit_note ON bids_envelope;
DROP TRIGGER audit_note ON bids_expectedoutcome;
DROP TRIGGER audit_note ON bids_expression;
DROP TRIGGER audit_note ON bids_expression_councils;
DROP TRIGGER audit_note ON bids_expression_partners;
DROP TRIGGER audit_note ON bids_expression_practice_models;
DROP TRIGGER audit_note ON bids_feedback;
DROP TRIGGER audit_note ON bids_lateattempt;
DROP TRIGGER audit_note ON bids_lateentry;
DROP TRIGGER audit_note ON bids_message;
DROP TRIGGER audit_note ON bids_milestone;
DROP TRIGGER audit_note ON bids_moderatedscore;
DROP TRIGGER audit_note ON bids_moneyasked;
DROP TRIGGER audit_note ON bids_otherfunding;
DROP TRIGGER audit_note ON bids_outcome;
DROP TRIGGER audit_note ON bids_partnerletter;
DROP TRIGGER audit_note ON bids_question;
DROP TRIGGER audit_note ON bids_questionset;
DROP TRIGGER audit_note ON bids_reopening;
DROP TRIGGER audit_note ON bids_return;
DROP TRIGGER audit_note ON bids_risk;
DROP TRIGGER audit_note ON bids_round;
DROP TRIGGER audit_note ON bids_score;
DROP TRIGGER audit_note ON bids_signature;
DROP TRIGGER audit_note ON bids_strand;
DROP TRIGGER audit_note ON bids_supportneed;
DROP FUNCTION audit_note_bids_answer();
DROP FUNCTION audit_note_bids_assessment();
DROP FUNCTION audit_note_bids_assignment();
DROP FUNCTION audit_note_bids_barrier();
DROP FUNCTION audit_note_bids_bid();
DROP FUNCTION audit_parts_bids_bid(bigint);
DROP FUNCTION audit_note_bids_bid_councils();
DROP FUNCTION audit_note_bids_bid_partners();
DROP FUNCTION audit_note_bids_bid_practice_models();
DROP FUNCTION audit_note_bids_bidmoney();
DROP FUNCTION audit_note_bids_casedocument();
DROP FUNCTION audit_note_bids_clarification();
DROP FUNCTION audit_note_bids_comment();
DROP FUNCTION audit_note_bids_criterion();
DROP FUNCTION audit_note_bids_envelope();
DROP FUNCTION audit_note_bids_expectedoutcome();
DROP FUNCTION audit_note_bids_expression();
DROP FUNCTION audit_parts_bids_expression(bigint);
DROP FUNCTION audit_note_bids_expression_councils();
DROP FUNCTION audit_note_bids_expression_partners();
DROP FUNCTION audit_note_bids_expression_practice_models();
DROP FUNCTION audit_note_bids_feedback();
DROP FUNCTION audit_note_bids_lateattempt();
DROP FUNCTION audit_note_bids_lateentry();
DROP FUNCTION audit_note_bids_message();
DROP FUNCTION audit_note_bids_milestone();
DROP FUNCTION audit_note_bids_moderatedscore();
DROP FUNCTION audit_note_bids_moneyasked();
DROP FUNCTION audit_note_bids_otherfunding();
DROP FUNCTION audit_note_bids_outcome();
DROP FUNCTION audit_note_bids_partnerletter();
DROP FUNCTION audit_note_bids_question();
DROP FUNCTION audit_note_bids_questionset();
DROP FUNCTION audit_note_bids_reopening();
DROP FUNCTION audit_note_bids_return();
DROP FUNCTION audit_note_bids_risk();
DROP FUNCTION audit_note_bids_round();
DROP FUNCTION audit_note_bids_score();
DROP FUNCTION audit_note_bids_signature();
DROP FUNCTION audit_note_bids_strand();
DROP FUNCTION audit_note_bids_supportneed();
DROP FUNCTION audit_facts_bids_answer(bids_answer);
DROP FUNCTION audit_facts_bids_assessment(bids_assessment);
DROP FUNCTION audit_facts_bids_assignment(bids_assignment);
DROP FUNCTION audit_facts_bids_barrier(bids_barrier);
DROP FUNCTION audit_facts_bids_bid(bids_bid);
DROP FUNCTION audit_facts_bids_bid_councils(bids_bid_councils);
DROP FUNCTION audit_facts_bids_bid_partners(bids_bid_partners);
DROP FUNCTION audit_facts_bids_bid_practice_models(bids_bid_practice_models);
DROP FUNCTION audit_facts_bids_bidmoney(bids_bidmoney);
DROP FUNCTION audit_facts_bids_casedocument(bids_casedocument);
DROP FUNCTION audit_facts_bids_clarification(bids_clarification);
DROP FUNCTION audit_facts_bids_comment(bids_comment);
DROP FUNCTION audit_facts_bids_criterion(bids_criterion);
DROP FUNCTION audit_facts_bids_envelope(bids_envelope);
DROP FUNCTION audit_facts_bids_expectedoutcome(bids_expectedoutcome);
DROP FUNCTION audit_facts_bids_expression(bids_expression);
DROP FUNCTION audit_facts_bids_expression_councils(bids_expression_councils);
DROP FUNCTION audit_facts_bids_expression_partners(bids_expression_partners);
DROP FUNCTION audit_facts_bids_expression_practice_models(bids_expression_practice_models);
DROP FUNCTION audit_facts_bids_feedback(bids_feedback);
DROP FUNCTION audit_facts_bids_lateattempt(bids_lateattempt);
DROP FUNCTION audit_facts_bids_lateentry(bids_lateentry);
DROP FUNCTION audit_facts_bids_message(bids_message);
DROP FUNCTION audit_facts_bids_milestone(bids_milestone);
DROP FUNCTION audit_facts_bids_moderatedscore(bids_moderatedscore);
DROP FUNCTION audit_facts_bids_moneyasked(bids_moneyasked);
DROP FUNCTION audit_facts_bids_otherfunding(bids_otherfunding);
DROP FUNCTION audit_facts_bids_outcome(bids_outcome);
DROP FUNCTION audit_facts_bids_partnerletter(bids_partnerletter);
DROP FUNCTION audit_facts_bids_question(bids_question);
DROP FUNCTION audit_facts_bids_questionset(bids_questionset);
DROP FUNCTION audit_facts_bids_reopening(bids_reopening);
DROP FUNCTION audit_facts_bids_return(bids_return);
DROP FUNCTION audit_facts_bids_risk(bids_risk);
DROP FUNCTION audit_facts_bids_round(bids_round);
DROP FUNCTION audit_facts_bids_score(bids_score);
DROP FUNCTION audit_facts_bids_signature(bids_signature);
DROP FUNCTION audit_facts_bids_strand(bids_strand);
DROP FUNCTION audit_facts_bids_supportneed(bids_supportneed);
"""


class Migration(migrations.Migration):
    dependencies = [("bids", "0021_guards"), ("audit", "0004_rows")]
    operations = [
        migrations.RunSQL(FORWARD, BACKWARD),
        migrations.RunSQL(STATE, migrations.RunSQL.noop),
    ]
