"""The functions and triggers of this app’s tables, as the migrations left them that
this and `0001_baseline` replace: written by hand, by `write_triggers` and from `guards`.
"""

from django.db import migrations

ONE_LINE = {
    "funding_award": "amount_note date_kind focus_area idea_as_published lead_as_published source title",
    "funding_evaluationreport": "authors held_at source title",
    "funding_finding": "cost outcome",
    "funding_import": "file_name",
    "funding_importedcase": "sheet_id",
    "funding_meeting": "title",
    "funding_moneyline": "source",
    "funding_monitoringreport": "period",
    "funding_payment": "bank_reference",
}
"""Columns whose check got this name when it was added to a table that stood."""
FUNCTIONS = """
CREATE FUNCTION funding_interest_marks_member() RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    UPDATE accounts_user SET declared_interest = true
    WHERE id = NEW.member_id AND NOT declared_interest;
    RETURN NULL;
END $$;

CREATE FUNCTION funding_seed_given() RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    recipient bigint;
BEGIN
    SELECT bid.lead_id INTO recipient
    FROM bids_bid AS bid JOIN bids_round AS call ON call.id = bid.round_id
    WHERE bid.id = NEW.bid_id AND call.route = 'seed';
    IF recipient IS NULL THEN
        RETURN NULL;
    END IF;
    -- The organisation's row is the lock: of two approvals at once the second counts
    -- the first, as each statement here sees what was committed before it began.
    PERFORM 1 FROM organisations_organisation WHERE id = recipient FOR NO KEY UPDATE;
    IF (
        SELECT sum(line.amount)
        FROM funding_moneyline AS line
        JOIN bids_bid AS bid ON bid.id = line.bid_id
        JOIN bids_round AS call ON call.id = bid.round_id
        WHERE bid.lead_id = recipient AND call.route = 'seed'
        AND line.status = 'approved' AND line.financial_year = NEW.financial_year
    ) > 1000000 THEN
        RAISE EXCEPTION 'seed grants given to one organisation in a year'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'seed_given_at_most_10000';
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION funding_envelope_guard() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF (OLD.round_id, OLD.strand_id, OLD.financial_year, OLD.key)
        IS DISTINCT FROM (NEW.round_id, NEW.strand_id, NEW.financial_year, NEW.key)
    AND EXISTS (SELECT FROM funding_moneyline WHERE envelope_id = OLD.id) THEN
        RAISE EXCEPTION 'Money was counted against this envelope'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION funding_meeting_guard() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    RAISE EXCEPTION 'This meeting was held: its day and its quorum stay'
        USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE FUNCTION audit_facts_funding_agendaitem(r funding_agendaitem)
RETURNS jsonb LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT jsonb_build_object(
        'id', r.id,
        'key', r.key,
        'meeting_id', r.meeting_id,
        'bid_id', r.bid_id,
        'position', r.position,
        'paper', audit_digest(r.paper),
        'deferred_at', audit_moment(r.deferred_at),
        'deferral_reason', audit_digest(r.deferral_reason))
$$;

CREATE FUNCTION audit_facts_funding_attendance(r funding_attendance)
RETURNS jsonb LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT jsonb_build_object(
        'id', r.id,
        'meeting_id', r.meeting_id,
        'member_id', r.member_id,
        'present', r.present)
$$;

CREATE FUNCTION audit_facts_funding_award(r funding_award)
RETURNS jsonb LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT jsonb_build_object(
        'id', r.id,
        'key', r.key,
        'chain_id', r.chain_id,
        'bid_id', r.bid_id,
        'round_id', r.round_id,
        'title', audit_digest(r.title),
        'summary', audit_digest(r.summary),
        'lead_id', r.lead_id,
        'lead_as_published', audit_digest(r.lead_as_published),
        'focus_area', audit_digest(r.focus_area),
        'idea_type_id', r.idea_type_id,
        'idea_as_published', audit_digest(r.idea_as_published),
        'state', r.state,
        'amount', r.amount,
        'amount_precision', r.amount_precision,
        'amount_note', audit_digest(r.amount_note),
        'dated_on', r.dated_on,
        'date_precision', r.date_precision,
        'date_kind', audit_digest(r.date_kind),
        'announced_on', r.announced_on,
        'source', audit_digest(r.source),
        'confidence', audit_digest(r.confidence),
        'notes', audit_digest(r.notes),
        'follows_id', r.follows_id,
        'demonstration', r.demonstration)
$$;

CREATE FUNCTION audit_facts_funding_award_councils(r funding_award_councils)
RETURNS jsonb LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT jsonb_build_object(
        'id', r.id,
        'award_id', r.award_id,
        'council_id', r.council_id)
$$;

CREATE FUNCTION audit_facts_funding_award_partners(r funding_award_partners)
RETURNS jsonb LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT jsonb_build_object(
        'id', r.id,
        'award_id', r.award_id,
        'organisation_id', r.organisation_id)
$$;

CREATE FUNCTION audit_facts_funding_award_practice_models(r funding_award_practice_models)
RETURNS jsonb LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT jsonb_build_object(
        'id', r.id,
        'award_id', r.award_id,
        'practicemodel_id', r.practicemodel_id)
$$;

CREATE FUNCTION audit_facts_funding_awardreason(r funding_awardreason)
RETURNS jsonb LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT jsonb_build_object(
        'id', r.id,
        'award_id', r.award_id,
        'kind', r.kind,
        'text', audit_digest(r.text),
        'given_by_id', r.given_by_id,
        'given_at', audit_moment(r.given_at))
$$;

CREATE FUNCTION audit_facts_funding_awardyear(r funding_awardyear)
RETURNS jsonb LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT jsonb_build_object(
        'id', r.id,
        'award_id', r.award_id,
        'financial_year', r.financial_year,
        'amount', r.amount)
$$;

CREATE FUNCTION audit_facts_funding_decidedamount(r funding_decidedamount)
RETURNS jsonb LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT jsonb_build_object(
        'id', r.id,
        'decision_id', r.decision_id,
        'financial_year', r.financial_year,
        'amount', r.amount)
$$;

CREATE FUNCTION audit_facts_funding_decision(r funding_decision)
RETURNS jsonb LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT jsonb_build_object(
        'id', r.id,
        'key', r.key,
        'bid_id', r.bid_id,
        'verdict', r.verdict,
        'reason', audit_digest(r.reason),
        'departs_from_advice', r.departs_from_advice,
        'overspend_reason', audit_digest(r.overspend_reason),
        'overspend_by', r.overspend_by,
        'decided_by_id', r.decided_by_id,
        'decided_at', audit_moment(r.decided_at))
$$;

CREATE FUNCTION audit_facts_funding_evaluation(r funding_evaluation)
RETURNS jsonb LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT jsonb_build_object(
        'id', r.id,
        'award_id', r.award_id,
        'lead_id', r.lead_id,
        'evaluator_id', r.evaluator_id,
        'agreed_at', audit_moment(r.agreed_at))
$$;

CREATE FUNCTION audit_facts_funding_evaluationreport(r funding_evaluationreport)
RETURNS jsonb LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT jsonb_build_object(
        'id', r.id,
        'key', r.key,
        'award_id', r.award_id,
        'number', r.number,
        'title', audit_digest(r.title),
        'round_number', r.round_number,
        'published_on', r.published_on,
        'published_precision', r.published_precision,
        'held_at', audit_digest(r.held_at),
        'source', audit_digest(r.source))
$$;

CREATE FUNCTION audit_facts_funding_finding(r funding_finding)
RETURNS jsonb LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT jsonb_build_object(
        'id', r.id,
        'report_id', r.report_id,
        'outcome', audit_digest(r.outcome),
        'direction', r.direction,
        'strength', r.strength,
        'cost', audit_digest(r.cost))
$$;

CREATE FUNCTION audit_facts_funding_import(r funding_import)
RETURNS jsonb LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT jsonb_build_object(
        'id', r.id,
        'key', r.key,
        'chain_id', r.chain_id,
        'file_name', audit_digest(r.file_name),
        'digest', r.digest,
        'state', r.state,
        'rows', r.rows,
        'expressions', r.expressions,
        'awards', r.awards,
        'unchanged', r.unchanged,
        'problems', audit_digest(r.problems::text),
        'notices', audit_digest(r.notices::text),
        'received_by_id', r.received_by_id,
        'received_at', audit_moment(r.received_at),
        'applied_by_id', r.applied_by_id,
        'applied_at', audit_moment(r.applied_at))
$$;

CREATE FUNCTION audit_facts_funding_importedcase(r funding_importedcase)
RETURNS jsonb LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT jsonb_build_object(
        'id', r.id,
        'imported_id', r.imported_id,
        'kind', audit_digest(r.kind),
        'sheet_id', audit_digest(r.sheet_id),
        'digest', r.digest,
        'subject', r.subject)
$$;

CREATE FUNCTION audit_facts_funding_interest(r funding_interest)
RETURNS jsonb LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT jsonb_build_object(
        'id', r.id,
        'key', r.key,
        'bid_id', r.bid_id,
        'member_id', r.member_id,
        'nature', audit_digest(r.nature),
        'mitigation', r.mitigation,
        'declared_at', audit_moment(r.declared_at),
        'agreed_by', r.agreed_by,
        'agreed_at', audit_moment(r.agreed_at))
$$;

CREATE FUNCTION audit_facts_funding_meeting(r funding_meeting)
RETURNS jsonb LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT jsonb_build_object(
        'id', r.id,
        'key', r.key,
        'chain_id', r.chain_id,
        'title', audit_digest(r.title),
        'starts_at', audit_moment(r.starts_at),
        'quorum', r.quorum,
        'state', r.state,
        'minutes', audit_digest(r.minutes))
$$;

CREATE FUNCTION audit_facts_funding_moneyline(r funding_moneyline)
RETURNS jsonb LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT jsonb_build_object(
        'id', r.id,
        'envelope_id', r.envelope_id,
        'bid_id', r.bid_id,
        'award_id', r.award_id,
        'financial_year', r.financial_year,
        'status', r.status,
        'amount', r.amount,
        'precision', r.precision,
        'source', audit_digest(r.source),
        'recorded_at', audit_moment(r.recorded_at))
$$;

CREATE FUNCTION audit_facts_funding_monitoringreport(r funding_monitoringreport)
RETURNS jsonb LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT jsonb_build_object(
        'id', r.id,
        'key', r.key,
        'award_id', r.award_id,
        'period', audit_digest(r.period),
        'due_on', r.due_on,
        'progress', audit_digest(r.progress),
        'handed_in_by_id', r.handed_in_by_id,
        'handed_in_at', audit_moment(r.handed_in_at))
$$;

CREATE FUNCTION audit_facts_funding_opinion(r funding_opinion)
RETURNS jsonb LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT jsonb_build_object(
        'id', r.id,
        'item_id', r.item_id,
        'member_id', r.member_id,
        'text', audit_digest(r.text),
        'given_at', audit_moment(r.given_at))
$$;

CREATE FUNCTION audit_facts_funding_outcomeactual(r funding_outcomeactual)
RETURNS jsonb LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT jsonb_build_object(
        'id', r.id,
        'outcome_id', r.outcome_id,
        'report_id', r.report_id,
        'value', r.value)
$$;

CREATE FUNCTION audit_facts_funding_payment(r funding_payment)
RETURNS jsonb LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT jsonb_build_object(
        'id', r.id,
        'key', r.key,
        'award_id', r.award_id,
        'instalment', r.instalment,
        'financial_year', r.financial_year,
        'amount', r.amount,
        'due_on', r.due_on,
        'state', r.state,
        'requested_by_id', r.requested_by_id,
        'requested_at', audit_moment(r.requested_at),
        'released_by_id', r.released_by_id,
        'released_at', audit_moment(r.released_at),
        'refusal_reason', audit_digest(r.refusal_reason),
        'recovery_reason', audit_digest(r.recovery_reason),
        'reconciled_at', audit_moment(r.reconciled_at),
        'bank_reference', audit_digest(r.bank_reference))
$$;

CREATE FUNCTION audit_facts_funding_recommendation(r funding_recommendation)
RETURNS jsonb LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT jsonb_build_object(
        'id', r.id,
        'key', r.key,
        'bid_id', r.bid_id,
        'item_id', r.item_id,
        'outcome', r.outcome,
        'reasons', audit_digest(r.reasons),
        'conditions', audit_digest(r.conditions),
        'dissent', audit_digest(r.dissent),
        'recorded_by_id', r.recorded_by_id,
        'recorded_at', audit_moment(r.recorded_at))
$$;

CREATE FUNCTION audit_facts_funding_recommendedamount(r funding_recommendedamount)
RETURNS jsonb LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT jsonb_build_object(
        'id', r.id,
        'recommendation_id', r.recommendation_id,
        'financial_year', r.financial_year,
        'amount', r.amount)
$$;

CREATE FUNCTION audit_facts_funding_variation(r funding_variation)
RETURNS jsonb LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT jsonb_build_object(
        'id', r.id,
        'key', r.key,
        'award_id', r.award_id,
        'what_changes', audit_digest(r.what_changes),
        'reason', audit_digest(r.reason),
        'state', r.state,
        'asked_by_id', r.asked_by_id,
        'asked_at', audit_moment(r.asked_at),
        'answer', audit_digest(r.answer),
        'answered_by_id', r.answered_by_id,
        'answered_at', audit_moment(r.answered_at))
$$;

CREATE FUNCTION audit_note_funding_agendaitem() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    r funding_agendaitem;
    stated jsonb := 'null';
BEGIN
    IF TG_OP = 'DELETE' THEN r := OLD; ELSE r := NEW; END IF;
    IF TG_OP <> 'DELETE' THEN
        stated := audit_facts_funding_agendaitem(r);
        IF TG_OP = 'UPDATE' AND stated = audit_facts_funding_agendaitem(OLD) THEN
            RETURN NULL;
        END IF;
    END IF;
    PERFORM audit_keep(coalesce(
        (SELECT chain_id FROM bids_bid WHERE id = r.bid_id),
        0),
        'funding_agendaitem', r.id, stated);
    RETURN NULL;
END $$;

CREATE FUNCTION audit_note_funding_attendance() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    r funding_attendance;
    stated jsonb := 'null';
BEGIN
    IF TG_OP = 'DELETE' THEN r := OLD; ELSE r := NEW; END IF;
    IF TG_OP <> 'DELETE' THEN
        stated := audit_facts_funding_attendance(r);
        IF TG_OP = 'UPDATE' AND stated = audit_facts_funding_attendance(OLD) THEN
            RETURN NULL;
        END IF;
    END IF;
    PERFORM audit_keep(coalesce(
        (SELECT chain_id FROM funding_meeting WHERE id = r.meeting_id),
        0),
        'funding_attendance', r.id, stated);
    RETURN NULL;
END $$;

CREATE FUNCTION audit_note_funding_award() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    r funding_award;
    stated jsonb := 'null';
BEGIN
    IF TG_OP = 'DELETE' THEN r := OLD; ELSE r := NEW; END IF;
    IF TG_OP <> 'DELETE' THEN
        stated := audit_facts_funding_award(r);
        IF TG_OP = 'UPDATE' AND stated = audit_facts_funding_award(OLD) THEN
            RETURN NULL;
        END IF;
    END IF;
    PERFORM audit_keep(coalesce(
        r.chain_id,
        0),
        'funding_award', r.id, stated);
    RETURN NULL;
END $$;

CREATE FUNCTION audit_note_funding_award_councils() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    r funding_award_councils;
    stated jsonb := 'null';
BEGIN
    IF TG_OP = 'DELETE' THEN r := OLD; ELSE r := NEW; END IF;
    IF TG_OP <> 'DELETE' THEN
        stated := audit_facts_funding_award_councils(r);
        IF TG_OP = 'UPDATE' AND stated = audit_facts_funding_award_councils(OLD) THEN
            RETURN NULL;
        END IF;
    END IF;
    PERFORM audit_keep(coalesce(
        (SELECT chain_id FROM funding_award WHERE id = r.award_id),
        0),
        'funding_award_councils', r.id, stated);
    RETURN NULL;
END $$;

CREATE FUNCTION audit_note_funding_award_partners() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    r funding_award_partners;
    stated jsonb := 'null';
BEGIN
    IF TG_OP = 'DELETE' THEN r := OLD; ELSE r := NEW; END IF;
    IF TG_OP <> 'DELETE' THEN
        stated := audit_facts_funding_award_partners(r);
        IF TG_OP = 'UPDATE' AND stated = audit_facts_funding_award_partners(OLD) THEN
            RETURN NULL;
        END IF;
    END IF;
    PERFORM audit_keep(coalesce(
        (SELECT chain_id FROM funding_award WHERE id = r.award_id),
        0),
        'funding_award_partners', r.id, stated);
    RETURN NULL;
END $$;

CREATE FUNCTION audit_note_funding_award_practice_models() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    r funding_award_practice_models;
    stated jsonb := 'null';
BEGIN
    IF TG_OP = 'DELETE' THEN r := OLD; ELSE r := NEW; END IF;
    IF TG_OP <> 'DELETE' THEN
        stated := audit_facts_funding_award_practice_models(r);
        IF TG_OP = 'UPDATE' AND stated = audit_facts_funding_award_practice_models(OLD) THEN
            RETURN NULL;
        END IF;
    END IF;
    PERFORM audit_keep(coalesce(
        (SELECT chain_id FROM funding_award WHERE id = r.award_id),
        0),
        'funding_award_practice_models', r.id, stated);
    RETURN NULL;
END $$;

CREATE FUNCTION audit_note_funding_awardreason() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    r funding_awardreason;
    stated jsonb := 'null';
BEGIN
    IF TG_OP = 'DELETE' THEN r := OLD; ELSE r := NEW; END IF;
    IF TG_OP <> 'DELETE' THEN
        stated := audit_facts_funding_awardreason(r);
        IF TG_OP = 'UPDATE' AND stated = audit_facts_funding_awardreason(OLD) THEN
            RETURN NULL;
        END IF;
    END IF;
    PERFORM audit_keep(coalesce(
        (SELECT chain_id FROM funding_award WHERE id = r.award_id),
        0),
        'funding_awardreason', r.id, stated);
    RETURN NULL;
END $$;

CREATE FUNCTION audit_note_funding_awardyear() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    r funding_awardyear;
    stated jsonb := 'null';
BEGIN
    IF TG_OP = 'DELETE' THEN r := OLD; ELSE r := NEW; END IF;
    IF TG_OP <> 'DELETE' THEN
        stated := audit_facts_funding_awardyear(r);
        IF TG_OP = 'UPDATE' AND stated = audit_facts_funding_awardyear(OLD) THEN
            RETURN NULL;
        END IF;
    END IF;
    PERFORM audit_keep(coalesce(
        (SELECT chain_id FROM funding_award WHERE id = r.award_id),
        0),
        'funding_awardyear', r.id, stated);
    RETURN NULL;
END $$;

CREATE FUNCTION audit_note_funding_decidedamount() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    r funding_decidedamount;
    stated jsonb := 'null';
BEGIN
    IF TG_OP = 'DELETE' THEN r := OLD; ELSE r := NEW; END IF;
    IF TG_OP <> 'DELETE' THEN
        stated := audit_facts_funding_decidedamount(r);
        IF TG_OP = 'UPDATE' AND stated = audit_facts_funding_decidedamount(OLD) THEN
            RETURN NULL;
        END IF;
    END IF;
    PERFORM audit_keep(coalesce(
        (SELECT chain_id FROM bids_bid WHERE id = (SELECT bid_id FROM funding_decision WHERE id = r.decision_id)),
        0),
        'funding_decidedamount', r.id, stated);
    RETURN NULL;
END $$;

CREATE FUNCTION audit_note_funding_decision() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    r funding_decision;
    stated jsonb := 'null';
BEGIN
    IF TG_OP = 'DELETE' THEN r := OLD; ELSE r := NEW; END IF;
    IF TG_OP <> 'DELETE' THEN
        stated := audit_facts_funding_decision(r);
        IF TG_OP = 'UPDATE' AND stated = audit_facts_funding_decision(OLD) THEN
            RETURN NULL;
        END IF;
    END IF;
    PERFORM audit_keep(coalesce(
        (SELECT chain_id FROM bids_bid WHERE id = r.bid_id),
        0),
        'funding_decision', r.id, stated);
    RETURN NULL;
END $$;

CREATE FUNCTION audit_note_funding_evaluation() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    r funding_evaluation;
    stated jsonb := 'null';
BEGIN
    IF TG_OP = 'DELETE' THEN r := OLD; ELSE r := NEW; END IF;
    IF TG_OP <> 'DELETE' THEN
        stated := audit_facts_funding_evaluation(r);
        IF TG_OP = 'UPDATE' AND stated = audit_facts_funding_evaluation(OLD) THEN
            RETURN NULL;
        END IF;
    END IF;
    PERFORM audit_keep(coalesce(
        (SELECT chain_id FROM funding_award WHERE id = r.award_id),
        0),
        'funding_evaluation', r.id, stated);
    RETURN NULL;
END $$;

CREATE FUNCTION audit_note_funding_evaluationreport() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    r funding_evaluationreport;
    stated jsonb := 'null';
BEGIN
    IF TG_OP = 'DELETE' THEN r := OLD; ELSE r := NEW; END IF;
    IF TG_OP <> 'DELETE' THEN
        stated := audit_facts_funding_evaluationreport(r);
        IF TG_OP = 'UPDATE' AND stated = audit_facts_funding_evaluationreport(OLD) THEN
            RETURN NULL;
        END IF;
    END IF;
    PERFORM audit_keep(coalesce(
        (SELECT chain_id FROM funding_award WHERE id = r.award_id),
        0),
        'funding_evaluationreport', r.id, stated);
    RETURN NULL;
END $$;

CREATE FUNCTION audit_note_funding_finding() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    r funding_finding;
    stated jsonb := 'null';
BEGIN
    IF TG_OP = 'DELETE' THEN r := OLD; ELSE r := NEW; END IF;
    IF TG_OP <> 'DELETE' THEN
        stated := audit_facts_funding_finding(r);
        IF TG_OP = 'UPDATE' AND stated = audit_facts_funding_finding(OLD) THEN
            RETURN NULL;
        END IF;
    END IF;
    PERFORM audit_keep(coalesce(
        (SELECT chain_id FROM funding_award WHERE id = (SELECT award_id FROM funding_evaluationreport WHERE id = r.report_id)),
        0),
        'funding_finding', r.id, stated);
    RETURN NULL;
END $$;

CREATE FUNCTION audit_note_funding_import() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    r funding_import;
    stated jsonb := 'null';
BEGIN
    IF TG_OP = 'DELETE' THEN r := OLD; ELSE r := NEW; END IF;
    IF TG_OP <> 'DELETE' THEN
        stated := audit_facts_funding_import(r);
        IF TG_OP = 'UPDATE' AND stated = audit_facts_funding_import(OLD) THEN
            RETURN NULL;
        END IF;
    END IF;
    PERFORM audit_keep(coalesce(
        r.chain_id,
        0),
        'funding_import', r.id, stated);
    RETURN NULL;
END $$;

CREATE FUNCTION audit_note_funding_importedcase() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    r funding_importedcase;
    stated jsonb := 'null';
BEGIN
    IF TG_OP = 'DELETE' THEN r := OLD; ELSE r := NEW; END IF;
    IF TG_OP <> 'DELETE' THEN
        stated := audit_facts_funding_importedcase(r);
        IF TG_OP = 'UPDATE' AND stated = audit_facts_funding_importedcase(OLD) THEN
            RETURN NULL;
        END IF;
    END IF;
    PERFORM audit_keep(coalesce(
        (SELECT chain_id FROM funding_import WHERE id = r.imported_id),
        0),
        'funding_importedcase', r.id, stated);
    RETURN NULL;
END $$;

CREATE FUNCTION audit_note_funding_interest() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    r funding_interest;
    stated jsonb := 'null';
BEGIN
    IF TG_OP = 'DELETE' THEN r := OLD; ELSE r := NEW; END IF;
    IF TG_OP <> 'DELETE' THEN
        stated := audit_facts_funding_interest(r);
        IF TG_OP = 'UPDATE' AND stated = audit_facts_funding_interest(OLD) THEN
            RETURN NULL;
        END IF;
    END IF;
    PERFORM audit_keep(coalesce(
        (SELECT chain_id FROM bids_bid WHERE id = r.bid_id),
        0),
        'funding_interest', r.id, stated);
    RETURN NULL;
END $$;

CREATE FUNCTION audit_note_funding_meeting() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    r funding_meeting;
    stated jsonb := 'null';
BEGIN
    IF TG_OP = 'DELETE' THEN r := OLD; ELSE r := NEW; END IF;
    IF TG_OP <> 'DELETE' THEN
        stated := audit_facts_funding_meeting(r);
        IF TG_OP = 'UPDATE' AND stated = audit_facts_funding_meeting(OLD) THEN
            RETURN NULL;
        END IF;
    END IF;
    PERFORM audit_keep(coalesce(
        r.chain_id,
        0),
        'funding_meeting', r.id, stated);
    RETURN NULL;
END $$;

CREATE FUNCTION audit_note_funding_moneyline() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    r funding_moneyline;
    stated jsonb := 'null';
BEGIN
    IF TG_OP = 'DELETE' THEN r := OLD; ELSE r := NEW; END IF;
    IF TG_OP <> 'DELETE' THEN
        stated := audit_facts_funding_moneyline(r);
        IF TG_OP = 'UPDATE' AND stated = audit_facts_funding_moneyline(OLD) THEN
            RETURN NULL;
        END IF;
    END IF;
    PERFORM audit_keep(coalesce(
        (SELECT chain_id FROM bids_bid WHERE id = r.bid_id),
        (SELECT chain_id FROM funding_award WHERE id = r.award_id),
        0),
        'funding_moneyline', r.id, stated);
    RETURN NULL;
END $$;

CREATE FUNCTION audit_note_funding_monitoringreport() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    r funding_monitoringreport;
    stated jsonb := 'null';
BEGIN
    IF TG_OP = 'DELETE' THEN r := OLD; ELSE r := NEW; END IF;
    IF TG_OP <> 'DELETE' THEN
        stated := audit_facts_funding_monitoringreport(r);
        IF TG_OP = 'UPDATE' AND stated = audit_facts_funding_monitoringreport(OLD) THEN
            RETURN NULL;
        END IF;
    END IF;
    PERFORM audit_keep(coalesce(
        (SELECT chain_id FROM funding_award WHERE id = r.award_id),
        0),
        'funding_monitoringreport', r.id, stated);
    RETURN NULL;
END $$;

CREATE FUNCTION audit_note_funding_opinion() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    r funding_opinion;
    stated jsonb := 'null';
BEGIN
    IF TG_OP = 'DELETE' THEN r := OLD; ELSE r := NEW; END IF;
    IF TG_OP <> 'DELETE' THEN
        stated := audit_facts_funding_opinion(r);
        IF TG_OP = 'UPDATE' AND stated = audit_facts_funding_opinion(OLD) THEN
            RETURN NULL;
        END IF;
    END IF;
    PERFORM audit_keep(coalesce(
        (SELECT chain_id FROM bids_bid WHERE id = (SELECT bid_id FROM funding_agendaitem WHERE id = r.item_id)),
        0),
        'funding_opinion', r.id, stated);
    RETURN NULL;
END $$;

CREATE FUNCTION audit_note_funding_outcomeactual() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    r funding_outcomeactual;
    stated jsonb := 'null';
BEGIN
    IF TG_OP = 'DELETE' THEN r := OLD; ELSE r := NEW; END IF;
    IF TG_OP <> 'DELETE' THEN
        stated := audit_facts_funding_outcomeactual(r);
        IF TG_OP = 'UPDATE' AND stated = audit_facts_funding_outcomeactual(OLD) THEN
            RETURN NULL;
        END IF;
    END IF;
    PERFORM audit_keep(coalesce(
        (SELECT chain_id FROM funding_award WHERE id = (SELECT award_id FROM funding_monitoringreport WHERE id = r.report_id)),
        0),
        'funding_outcomeactual', r.id, stated);
    RETURN NULL;
END $$;

CREATE FUNCTION audit_note_funding_payment() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    r funding_payment;
    stated jsonb := 'null';
BEGIN
    IF TG_OP = 'DELETE' THEN r := OLD; ELSE r := NEW; END IF;
    IF TG_OP <> 'DELETE' THEN
        stated := audit_facts_funding_payment(r);
        IF TG_OP = 'UPDATE' AND stated = audit_facts_funding_payment(OLD) THEN
            RETURN NULL;
        END IF;
    END IF;
    PERFORM audit_keep(coalesce(
        (SELECT chain_id FROM funding_award WHERE id = r.award_id),
        0),
        'funding_payment', r.id, stated);
    RETURN NULL;
END $$;

CREATE FUNCTION audit_note_funding_recommendation() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    r funding_recommendation;
    stated jsonb := 'null';
BEGIN
    IF TG_OP = 'DELETE' THEN r := OLD; ELSE r := NEW; END IF;
    IF TG_OP <> 'DELETE' THEN
        stated := audit_facts_funding_recommendation(r);
        IF TG_OP = 'UPDATE' AND stated = audit_facts_funding_recommendation(OLD) THEN
            RETURN NULL;
        END IF;
    END IF;
    PERFORM audit_keep(coalesce(
        (SELECT chain_id FROM bids_bid WHERE id = r.bid_id),
        0),
        'funding_recommendation', r.id, stated);
    RETURN NULL;
END $$;

CREATE FUNCTION audit_note_funding_recommendedamount() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    r funding_recommendedamount;
    stated jsonb := 'null';
BEGIN
    IF TG_OP = 'DELETE' THEN r := OLD; ELSE r := NEW; END IF;
    IF TG_OP <> 'DELETE' THEN
        stated := audit_facts_funding_recommendedamount(r);
        IF TG_OP = 'UPDATE' AND stated = audit_facts_funding_recommendedamount(OLD) THEN
            RETURN NULL;
        END IF;
    END IF;
    PERFORM audit_keep(coalesce(
        (SELECT chain_id FROM bids_bid WHERE id = (SELECT bid_id FROM funding_recommendation WHERE id = r.recommendation_id)),
        0),
        'funding_recommendedamount', r.id, stated);
    RETURN NULL;
END $$;

CREATE FUNCTION audit_note_funding_variation() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    r funding_variation;
    stated jsonb := 'null';
BEGIN
    IF TG_OP = 'DELETE' THEN r := OLD; ELSE r := NEW; END IF;
    IF TG_OP <> 'DELETE' THEN
        stated := audit_facts_funding_variation(r);
        IF TG_OP = 'UPDATE' AND stated = audit_facts_funding_variation(OLD) THEN
            RETURN NULL;
        END IF;
    END IF;
    PERFORM audit_keep(coalesce(
        (SELECT chain_id FROM funding_award WHERE id = r.award_id),
        0),
        'funding_variation', r.id, stated);
    RETURN NULL;
END $$;
"""
RIGHTS = """
REVOKE ALL ON FUNCTION audit_note_funding_agendaitem() FROM PUBLIC;
REVOKE ALL ON FUNCTION audit_note_funding_attendance() FROM PUBLIC;
REVOKE ALL ON FUNCTION audit_note_funding_award() FROM PUBLIC;
REVOKE ALL ON FUNCTION audit_note_funding_award_councils() FROM PUBLIC;
REVOKE ALL ON FUNCTION audit_note_funding_award_partners() FROM PUBLIC;
REVOKE ALL ON FUNCTION audit_note_funding_award_practice_models() FROM PUBLIC;
REVOKE ALL ON FUNCTION audit_note_funding_awardreason() FROM PUBLIC;
REVOKE ALL ON FUNCTION audit_note_funding_awardyear() FROM PUBLIC;
REVOKE ALL ON FUNCTION audit_note_funding_decidedamount() FROM PUBLIC;
REVOKE ALL ON FUNCTION audit_note_funding_decision() FROM PUBLIC;
REVOKE ALL ON FUNCTION audit_note_funding_evaluation() FROM PUBLIC;
REVOKE ALL ON FUNCTION audit_note_funding_evaluationreport() FROM PUBLIC;
REVOKE ALL ON FUNCTION audit_note_funding_finding() FROM PUBLIC;
REVOKE ALL ON FUNCTION audit_note_funding_import() FROM PUBLIC;
REVOKE ALL ON FUNCTION audit_note_funding_importedcase() FROM PUBLIC;
REVOKE ALL ON FUNCTION audit_note_funding_interest() FROM PUBLIC;
REVOKE ALL ON FUNCTION audit_note_funding_meeting() FROM PUBLIC;
REVOKE ALL ON FUNCTION audit_note_funding_moneyline() FROM PUBLIC;
REVOKE ALL ON FUNCTION audit_note_funding_monitoringreport() FROM PUBLIC;
REVOKE ALL ON FUNCTION audit_note_funding_opinion() FROM PUBLIC;
REVOKE ALL ON FUNCTION audit_note_funding_outcomeactual() FROM PUBLIC;
REVOKE ALL ON FUNCTION audit_note_funding_payment() FROM PUBLIC;
REVOKE ALL ON FUNCTION audit_note_funding_recommendation() FROM PUBLIC;
REVOKE ALL ON FUNCTION audit_note_funding_recommendedamount() FROM PUBLIC;
REVOKE ALL ON FUNCTION audit_note_funding_variation() FROM PUBLIC;
"""
TRIGGERS = """
CREATE TRIGGER funding_interest_marks_member
AFTER INSERT OR UPDATE OF member_id ON funding_interest
FOR EACH ROW EXECUTE FUNCTION funding_interest_marks_member();
CREATE TRIGGER funding_seed_given AFTER INSERT OR UPDATE ON funding_moneyline
FOR EACH ROW WHEN (NEW.status = 'approved' AND NEW.amount > 0)
EXECUTE FUNCTION funding_seed_given();
CREATE TRIGGER envelope_guard BEFORE UPDATE ON bids_envelope
    FOR EACH ROW EXECUTE FUNCTION funding_envelope_guard();
CREATE TRIGGER meeting_guard BEFORE UPDATE ON funding_meeting
    FOR EACH ROW WHEN (
        OLD.state IN ('held', 'minuted') AND
        (OLD.starts_at, OLD.quorum) IS DISTINCT FROM (NEW.starts_at, NEW.quorum)
    ) EXECUTE FUNCTION funding_meeting_guard();
CREATE TRIGGER guard_keep BEFORE DELETE OR TRUNCATE ON funding_meeting
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_change BEFORE UPDATE ON funding_meeting
    FOR EACH ROW
    WHEN ((OLD.id, OLD.key, OLD.chain_id, OLD.title, OLD.starts_at, OLD.quorum) IS DISTINCT FROM (NEW.id, NEW.key, NEW.chain_id, NEW.title, NEW.starts_at, NEW.quorum)
        OR OLD.minutes IS DISTINCT FROM NEW.minutes AND ((OLD.state, NEW.state) = ('held', 'minuted')) IS NOT TRUE
        OR OLD.state IS DISTINCT FROM NEW.state AND ((OLD.state, NEW.state) IN (('held', 'minuted'), ('papers_out', 'held'), ('planned', 'papers_out'))) IS NOT TRUE)
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_begin BEFORE INSERT ON funding_meeting
    FOR EACH ROW
    WHEN ((NEW.state = 'planned' AND NEW.minutes = '') IS NOT TRUE)
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_keep BEFORE DELETE OR TRUNCATE ON funding_attendance
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_change BEFORE UPDATE ON funding_attendance
    FOR EACH ROW
    WHEN ((OLD.id, OLD.meeting_id, OLD.member_id) IS DISTINCT FROM (NEW.id, NEW.meeting_id, NEW.member_id)
        OR OLD.present IS DISTINCT FROM NEW.present AND (OLD.present IS NULL) IS NOT TRUE)
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_begin BEFORE INSERT ON funding_attendance
    FOR EACH ROW
    WHEN ((NEW.present IS NULL) IS NOT TRUE)
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_within_meeting BEFORE INSERT ON funding_attendance
    FOR EACH ROW
    EXECUTE FUNCTION audit_guard_within('funding_meeting', 'meeting_id',
        'parent.state IN (''planned'', ''papers_out'')', 'FOR SHARE OF parent');
CREATE TRIGGER guard_keep BEFORE DELETE OR TRUNCATE ON funding_agendaitem
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_change BEFORE UPDATE ON funding_agendaitem
    FOR EACH ROW
    WHEN ((OLD.id, OLD.key, OLD.meeting_id, OLD.bid_id, OLD.position, OLD.paper) IS DISTINCT FROM (NEW.id, NEW.key, NEW.meeting_id, NEW.bid_id, NEW.position, NEW.paper)
        OR (OLD.deferred_at, OLD.deferral_reason) IS DISTINCT FROM (NEW.deferred_at, NEW.deferral_reason) AND (OLD.deferred_at IS NULL) IS NOT TRUE)
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_begin BEFORE INSERT ON funding_agendaitem
    FOR EACH ROW
    WHEN ((NEW.deferred_at IS NULL) IS NOT TRUE)
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_within_meeting BEFORE INSERT ON funding_agendaitem
    FOR EACH ROW
    EXECUTE FUNCTION audit_guard_within('funding_meeting', 'meeting_id',
        'parent.state IN (''planned'', ''papers_out'')', 'FOR SHARE OF parent');
CREATE TRIGGER guard_within_bid BEFORE INSERT ON funding_agendaitem
    FOR EACH ROW
    EXECUTE FUNCTION audit_guard_within('bids_bid', 'bid_id',
        'parent.state IN (''assessed'', ''at_board'')', 'FOR SHARE OF parent');
CREATE TRIGGER guard_keep BEFORE DELETE OR TRUNCATE ON funding_interest
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_change BEFORE UPDATE ON funding_interest
    FOR EACH ROW
    WHEN ((OLD.id, OLD.key, OLD.bid_id, OLD.member_id) IS DISTINCT FROM (NEW.id, NEW.key, NEW.bid_id, NEW.member_id)
        OR (OLD.nature, OLD.declared_at) IS DISTINCT FROM (NEW.nature, NEW.declared_at) AND (NEW.nature <> OLD.nature AND starts_with(NEW.nature, OLD.nature)) IS NOT TRUE)
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_keep BEFORE DELETE OR TRUNCATE ON funding_opinion
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_change BEFORE UPDATE ON funding_opinion
    FOR EACH ROW
    WHEN ((OLD.id, OLD.item_id, OLD.member_id) IS DISTINCT FROM (NEW.id, NEW.item_id, NEW.member_id))
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_within_item BEFORE INSERT OR UPDATE ON funding_opinion
    FOR EACH ROW
    EXECUTE FUNCTION audit_guard_within('funding_agendaitem', 'item_id',
        'parent.deferred_at IS NULL AND EXISTS (SELECT FROM bids_bid WHERE id = parent.bid_id AND state = ''at_board'')', 'FOR SHARE OF parent');
CREATE TRIGGER guard_keep BEFORE UPDATE OR DELETE OR TRUNCATE ON funding_recommendation
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_within_bid BEFORE INSERT ON funding_recommendation
    FOR EACH ROW
    EXECUTE FUNCTION audit_guard_within('bids_bid', 'bid_id',
        'parent.state = ''at_board''', 'FOR SHARE OF parent');
CREATE TRIGGER guard_keep BEFORE UPDATE OR DELETE OR TRUNCATE ON funding_recommendedamount
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_within_recommendation BEFORE INSERT ON funding_recommendedamount
    FOR EACH ROW
    EXECUTE FUNCTION audit_guard_within('funding_recommendation', 'recommendation_id',
        'EXISTS (SELECT FROM bids_bid WHERE id = parent.bid_id AND state = ''at_board'')', '');
CREATE TRIGGER guard_keep BEFORE UPDATE OR DELETE OR TRUNCATE ON funding_decision
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_within_bid BEFORE INSERT ON funding_decision
    FOR EACH ROW
    EXECUTE FUNCTION audit_guard_within('bids_bid', 'bid_id',
        'parent.state = ''with_minister''', 'FOR SHARE OF parent');
CREATE TRIGGER guard_keep BEFORE UPDATE OR DELETE OR TRUNCATE ON funding_decidedamount
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_within_decision BEFORE INSERT ON funding_decidedamount
    FOR EACH ROW
    EXECUTE FUNCTION audit_guard_within('funding_decision', 'decision_id',
        'parent.verdict = ''approve'' AND EXISTS (SELECT FROM bids_bid WHERE id = parent.bid_id AND state = ''with_minister'')', '');
CREATE TRIGGER guard_keep BEFORE UPDATE OR DELETE OR TRUNCATE ON funding_moneyline
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_within_bid BEFORE INSERT ON funding_moneyline
    FOR EACH ROW
    EXECUTE FUNCTION audit_guard_within('bids_bid', 'bid_id',
        'CASE ($2).status WHEN ''pipeline'' THEN parent.state IN (''assessed'', ''at_board'') AND ($2).amount = ( SELECT sum(amount) FROM bids_bidmoney WHERE bid_id = parent.id AND financial_year = ($2).financial_year) WHEN ''recommended'' THEN parent.state = ''at_board'' AND EXISTS ( SELECT FROM funding_recommendation AS advice JOIN funding_recommendedamount AS advised ON advised.recommendation_id = advice.id WHERE advice.bid_id = parent.id AND ($2).source = ''recommendation '' || advice.key AND (advised.financial_year, advised.amount) = (($2).financial_year, ($2).amount)) WHEN ''approved'' THEN parent.state = ''approved'' AND ($2).award_id IS NOT NULL OR parent.state = ''with_minister'' AND EXISTS ( SELECT FROM funding_decision AS decision JOIN funding_decidedamount AS decided ON decided.decision_id = decision.id WHERE decision.bid_id = parent.id AND ($2).source = ''decision '' || decision.key AND (decided.financial_year, decided.amount) = (($2).financial_year, ($2).amount)) ELSE ($2).award_id IS NOT NULL END', 'FOR SHARE OF parent');
CREATE TRIGGER guard_within_award BEFORE INSERT ON funding_moneyline
    FOR EACH ROW
    EXECUTE FUNCTION audit_guard_within('funding_award', 'award_id',
        'CASE ($2).status WHEN ''agreed'' THEN parent.state = ''accepted'' AND ($2).source = ''award '' || parent.key || '' accepted'' AND EXISTS ( SELECT FROM funding_awardyear WHERE award_id = parent.id AND (financial_year, amount) = (($2).financial_year, ($2).amount)) WHEN ''paid'' THEN EXISTS ( SELECT FROM funding_payment WHERE award_id = parent.id AND state = ''paid'' AND ($2).source = ''payment '' || key AND (financial_year, amount) = (($2).financial_year, ($2).amount)) WHEN ''recovered'' THEN EXISTS ( SELECT FROM funding_payment WHERE award_id = parent.id AND state = ''recovered'' AND ($2).source = ''payment '' || key AND (financial_year, amount) = (($2).financial_year, ($2).amount)) WHEN ''approved'' THEN parent.state = ''recorded'' AND ($2).bid_id IS NULL AND ($2).amount = parent.amount OR ($2).amount < 0 AND ($2).bid_id = parent.bid_id AND (EXISTS ( SELECT FROM funding_payment WHERE award_id = parent.id AND state = ''recovered'' AND ($2).source = ''payment '' || key AND (financial_year, amount) = (($2).financial_year, -($2).amount)) OR parent.state IN (''declined'', ''withdrawn'', ''closed'', ''terminated'') AND ($2).source = ''award '' || parent.key || '' '' || parent.state) ELSE false END', 'FOR SHARE OF parent');
CREATE TRIGGER guard_keep BEFORE DELETE OR TRUNCATE ON funding_award
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_change BEFORE UPDATE ON funding_award
    FOR EACH ROW
    WHEN ((OLD.id, OLD.key, OLD.chain_id, OLD.bid_id, OLD.round_id, OLD.title, OLD.summary, OLD.lead_id, OLD.lead_as_published, OLD.focus_area, OLD.idea_type_id, OLD.idea_as_published, OLD.amount, OLD.amount_precision, OLD.amount_note, OLD.dated_on, OLD.date_precision, OLD.date_kind, OLD.source, OLD.confidence, OLD.notes, OLD.follows_id, OLD.demonstration) IS DISTINCT FROM (NEW.id, NEW.key, NEW.chain_id, NEW.bid_id, NEW.round_id, NEW.title, NEW.summary, NEW.lead_id, NEW.lead_as_published, NEW.focus_area, NEW.idea_type_id, NEW.idea_as_published, NEW.amount, NEW.amount_precision, NEW.amount_note, NEW.dated_on, NEW.date_precision, NEW.date_kind, NEW.source, NEW.confidence, NEW.notes, NEW.follows_id, NEW.demonstration)
        OR OLD.announced_on IS DISTINCT FROM NEW.announced_on AND (OLD.announced_on IS NULL AND NEW.state IN ('accepted', 'active', 'suspended', 'closing', 'closed') OR NEW.announced_on IS NULL AND OLD.state <> 'recorded') IS NOT TRUE
        OR OLD.state IS DISTINCT FROM NEW.state AND ((OLD.state, NEW.state) IN (('accepted', 'active'), ('accepted', 'terminated'), ('active', 'closing'), ('active', 'suspended'), ('active', 'terminated'), ('closing', 'closed'), ('closing', 'terminated'), ('offered', 'accepted'), ('offered', 'declined'), ('offered', 'withdrawn'), ('suspended', 'active'), ('suspended', 'terminated'))) IS NOT TRUE)
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_begin BEFORE INSERT ON funding_award
    FOR EACH ROW
    WHEN ((NEW.state = 'recorded' OR NEW.state = 'offered' AND NEW.announced_on IS NULL) IS NOT TRUE)
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_within_bid BEFORE INSERT ON funding_award
    FOR EACH ROW
    EXECUTE FUNCTION audit_guard_within('bids_bid', 'bid_id',
        'parent.state = ''approved''', 'FOR SHARE OF parent');
CREATE TRIGGER guard_keep BEFORE UPDATE OR DELETE OR TRUNCATE ON funding_award_councils
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_within_award BEFORE INSERT ON funding_award_councils
    FOR EACH ROW
    EXECUTE FUNCTION audit_guard_within('funding_award', 'award_id',
        'NOT EXISTS (SELECT FROM audit_event WHERE subject = parent.key)', 'FOR SHARE OF parent');
CREATE TRIGGER guard_keep BEFORE UPDATE OR DELETE OR TRUNCATE ON funding_award_partners
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_within_award BEFORE INSERT ON funding_award_partners
    FOR EACH ROW
    EXECUTE FUNCTION audit_guard_within('funding_award', 'award_id',
        'NOT EXISTS (SELECT FROM audit_event WHERE subject = parent.key)', 'FOR SHARE OF parent');
CREATE TRIGGER guard_keep BEFORE UPDATE OR DELETE OR TRUNCATE ON funding_award_practice_models
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_within_award BEFORE INSERT ON funding_award_practice_models
    FOR EACH ROW
    EXECUTE FUNCTION audit_guard_within('funding_award', 'award_id',
        'NOT EXISTS (SELECT FROM audit_event WHERE subject = parent.key)', 'FOR SHARE OF parent');
CREATE TRIGGER guard_keep BEFORE UPDATE OR DELETE OR TRUNCATE ON funding_awardyear
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_within_award BEFORE INSERT ON funding_awardyear
    FOR EACH ROW
    EXECUTE FUNCTION audit_guard_within('funding_award', 'award_id',
        'NOT EXISTS (SELECT FROM audit_event WHERE subject = parent.key)', 'FOR SHARE OF parent');
CREATE TRIGGER guard_keep BEFORE UPDATE OR DELETE OR TRUNCATE ON funding_awardreason
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_within_award BEFORE INSERT ON funding_awardreason
    FOR EACH ROW
    EXECUTE FUNCTION audit_guard_within('funding_award', 'award_id',
        '($2).kind = parent.state OR ($2).kind = ''lesson'' AND parent.state IN (''closed'', ''terminated'')', 'FOR SHARE OF parent');
CREATE TRIGGER guard_keep BEFORE TRUNCATE ON funding_payment
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_delete BEFORE DELETE ON funding_payment
    FOR EACH ROW
    WHEN ((OLD.state = 'planned') IS NOT TRUE)
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_change BEFORE UPDATE ON funding_payment
    FOR EACH ROW
    WHEN ((OLD.id, OLD.key, OLD.award_id, OLD.instalment, OLD.financial_year, OLD.amount, OLD.due_on) IS DISTINCT FROM (NEW.id, NEW.key, NEW.award_id, NEW.instalment, NEW.financial_year, NEW.amount, NEW.due_on)
        OR (OLD.requested_by_id, OLD.requested_at) IS DISTINCT FROM (NEW.requested_by_id, NEW.requested_at) AND (OLD.state <> 'requested' AND NEW.state = 'requested') IS NOT TRUE
        OR OLD.refusal_reason IS DISTINCT FROM NEW.refusal_reason AND (OLD.state <> NEW.state AND NEW.state IN ('requested', 'refused')) IS NOT TRUE
        OR (OLD.released_by_id, OLD.released_at) IS DISTINCT FROM (NEW.released_by_id, NEW.released_at) AND ((OLD.state, NEW.state) = ('requested', 'paid')) IS NOT TRUE
        OR OLD.recovery_reason IS DISTINCT FROM NEW.recovery_reason AND ((OLD.state, NEW.state) = ('paid', 'recovered')) IS NOT TRUE
        OR (OLD.reconciled_at, OLD.bank_reference) IS DISTINCT FROM (NEW.reconciled_at, NEW.bank_reference) AND (OLD.released_at IS NOT NULL AND OLD.reconciled_at IS NULL) IS NOT TRUE
        OR OLD.state IS DISTINCT FROM NEW.state AND ((OLD.state, NEW.state) IN (('paid', 'recovered'), ('planned', 'requested'), ('refused', 'requested'), ('requested', 'paid'), ('requested', 'refused'))) IS NOT TRUE)
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_begin BEFORE INSERT ON funding_payment
    FOR EACH ROW
    WHEN ((NEW.state = 'planned' AND NEW.requested_at IS NULL AND NEW.released_at IS NULL AND NEW.reconciled_at IS NULL AND NEW.refusal_reason = '' AND NEW.recovery_reason = '') IS NOT TRUE)
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_within_award BEFORE INSERT OR DELETE ON funding_payment
    FOR EACH ROW
    EXECUTE FUNCTION audit_guard_within('funding_award', 'award_id',
        'NOT EXISTS (SELECT FROM funding_payment WHERE award_id = parent.id AND state <> ''planned'')', 'FOR SHARE OF parent');
CREATE TRIGGER guard_keep BEFORE DELETE OR TRUNCATE ON funding_variation
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_change BEFORE UPDATE ON funding_variation
    FOR EACH ROW
    WHEN ((OLD.id, OLD.key, OLD.award_id, OLD.what_changes, OLD.reason, OLD.asked_by_id, OLD.asked_at) IS DISTINCT FROM (NEW.id, NEW.key, NEW.award_id, NEW.what_changes, NEW.reason, NEW.asked_by_id, NEW.asked_at)
        OR (OLD.answer, OLD.answered_by_id, OLD.answered_at) IS DISTINCT FROM (NEW.answer, NEW.answered_by_id, NEW.answered_at) AND (OLD.state = 'asked' AND NEW.state <> 'asked') IS NOT TRUE
        OR OLD.state IS DISTINCT FROM NEW.state AND ((OLD.state, NEW.state) IN (('asked', 'agreed'), ('asked', 'refused'))) IS NOT TRUE)
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_begin BEFORE INSERT ON funding_variation
    FOR EACH ROW
    WHEN ((NEW.state = 'asked' AND NEW.answer = '') IS NOT TRUE)
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_keep BEFORE DELETE OR TRUNCATE ON funding_monitoringreport
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_change BEFORE UPDATE ON funding_monitoringreport
    FOR EACH ROW
    WHEN ((OLD.id, OLD.key, OLD.award_id, OLD.period, OLD.due_on) IS DISTINCT FROM (NEW.id, NEW.key, NEW.award_id, NEW.period, NEW.due_on)
        OR (OLD.progress, OLD.handed_in_by_id, OLD.handed_in_at) IS DISTINCT FROM (NEW.progress, NEW.handed_in_by_id, NEW.handed_in_at) AND (OLD.handed_in_at IS NULL AND NEW.handed_in_at IS NOT NULL) IS NOT TRUE)
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_begin BEFORE INSERT ON funding_monitoringreport
    FOR EACH ROW
    WHEN ((NEW.handed_in_at IS NULL AND NEW.progress = '') IS NOT TRUE)
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_keep BEFORE UPDATE OR DELETE OR TRUNCATE ON funding_outcomeactual
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_within_report BEFORE INSERT ON funding_outcomeactual
    FOR EACH ROW
    EXECUTE FUNCTION audit_guard_within('funding_monitoringreport', 'report_id',
        'parent.handed_in_at IS NOT NULL AND NOT EXISTS (SELECT FROM audit_event WHERE subject = parent.key AND name = ''monitoring.handed_in'')', 'FOR SHARE OF parent');
CREATE TRIGGER guard_keep BEFORE UPDATE OR DELETE OR TRUNCATE ON funding_evaluation
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_keep BEFORE DELETE OR TRUNCATE ON funding_evaluationreport
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_change BEFORE UPDATE ON funding_evaluationreport
    FOR EACH ROW
    WHEN ((OLD.id, OLD.key, OLD.title, OLD.source) IS DISTINCT FROM (NEW.id, NEW.key, NEW.title, NEW.source)
        OR (OLD.award_id, OLD.number, OLD.round_number, OLD.published_on, OLD.published_precision, OLD.authors, OLD.held_at) IS DISTINCT FROM (NEW.award_id, NEW.number, NEW.round_number, NEW.published_on, NEW.published_precision, NEW.authors, NEW.held_at) AND (OLD.source = 'cscip_evaluation_reports.csv') IS NOT TRUE)
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_keep BEFORE UPDATE OR DELETE OR TRUNCATE ON funding_finding
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_within_report BEFORE INSERT ON funding_finding
    FOR EACH ROW
    EXECUTE FUNCTION audit_guard_within('funding_evaluationreport', 'report_id',
        'NOT EXISTS (SELECT FROM audit_event AS event JOIN funding_award AS award ON award.key = event.subject WHERE award.id = parent.award_id AND event.name = ''evaluation.published'' AND event.data ->> ''report'' = parent.key) AND parent.source <> ''cscip_evaluation_reports.csv''', 'FOR SHARE OF parent');
CREATE TRIGGER guard_keep BEFORE DELETE OR TRUNCATE ON funding_import
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_change BEFORE UPDATE ON funding_import
    FOR EACH ROW
    WHEN ((OLD.id, OLD.key, OLD.chain_id, OLD.file_name, OLD.digest, OLD.received_by_id, OLD.received_at) IS DISTINCT FROM (NEW.id, NEW.key, NEW.chain_id, NEW.file_name, NEW.digest, NEW.received_by_id, NEW.received_at)
        OR (OLD.rows, OLD.expressions, OLD.awards, OLD.unchanged, OLD.problems, OLD.notices) IS DISTINCT FROM (NEW.rows, NEW.expressions, NEW.awards, NEW.unchanged, NEW.problems, NEW.notices) AND (OLD.state IN ('checked', 'failed')) IS NOT TRUE
        OR OLD.content IS DISTINCT FROM NEW.content AND (NEW.content IS NULL) IS NOT TRUE
        OR (OLD.applied_by_id, OLD.applied_at) IS DISTINCT FROM (NEW.applied_by_id, NEW.applied_at) AND (OLD.state <> 'applied' AND NEW.state = 'applied') IS NOT TRUE
        OR OLD.state IS DISTINCT FROM NEW.state AND ((OLD.state, NEW.state) IN (('checked', 'applied'), ('checked', 'failed'), ('checked', 'refused'), ('failed', 'applied'), ('failed', 'refused'))) IS NOT TRUE)
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_begin BEFORE INSERT ON funding_import
    FOR EACH ROW
    WHEN ((NEW.state IN ('checked', 'refused')) IS NOT TRUE)
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_keep BEFORE UPDATE OR DELETE OR TRUNCATE ON funding_importedcase
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_within_imported BEFORE INSERT ON funding_importedcase
    FOR EACH ROW
    EXECUTE FUNCTION audit_guard_within('funding_import', 'imported_id',
        'parent.state IN (''checked'', ''failed'')', 'FOR SHARE OF parent');
CREATE TRIGGER audit_note AFTER INSERT OR UPDATE OR DELETE ON funding_agendaitem
    FOR EACH ROW EXECUTE FUNCTION audit_note_funding_agendaitem();
CREATE TRIGGER audit_note AFTER INSERT OR UPDATE OR DELETE ON funding_attendance
    FOR EACH ROW EXECUTE FUNCTION audit_note_funding_attendance();
CREATE TRIGGER audit_note AFTER INSERT OR UPDATE OR DELETE ON funding_award
    FOR EACH ROW EXECUTE FUNCTION audit_note_funding_award();
CREATE TRIGGER audit_note AFTER INSERT OR UPDATE OR DELETE ON funding_award_councils
    FOR EACH ROW EXECUTE FUNCTION audit_note_funding_award_councils();
CREATE TRIGGER audit_note AFTER INSERT OR UPDATE OR DELETE ON funding_award_partners
    FOR EACH ROW EXECUTE FUNCTION audit_note_funding_award_partners();
CREATE TRIGGER audit_note AFTER INSERT OR UPDATE OR DELETE ON funding_award_practice_models
    FOR EACH ROW EXECUTE FUNCTION audit_note_funding_award_practice_models();
CREATE TRIGGER audit_note AFTER INSERT OR UPDATE OR DELETE ON funding_awardreason
    FOR EACH ROW EXECUTE FUNCTION audit_note_funding_awardreason();
CREATE TRIGGER audit_note AFTER INSERT OR UPDATE OR DELETE ON funding_awardyear
    FOR EACH ROW EXECUTE FUNCTION audit_note_funding_awardyear();
CREATE TRIGGER audit_note AFTER INSERT OR UPDATE OR DELETE ON funding_decidedamount
    FOR EACH ROW EXECUTE FUNCTION audit_note_funding_decidedamount();
CREATE TRIGGER audit_note AFTER INSERT OR UPDATE OR DELETE ON funding_decision
    FOR EACH ROW EXECUTE FUNCTION audit_note_funding_decision();
CREATE TRIGGER audit_note AFTER INSERT OR UPDATE OR DELETE ON funding_evaluation
    FOR EACH ROW EXECUTE FUNCTION audit_note_funding_evaluation();
CREATE TRIGGER audit_note AFTER INSERT OR UPDATE OR DELETE ON funding_evaluationreport
    FOR EACH ROW EXECUTE FUNCTION audit_note_funding_evaluationreport();
CREATE TRIGGER audit_note AFTER INSERT OR UPDATE OR DELETE ON funding_finding
    FOR EACH ROW EXECUTE FUNCTION audit_note_funding_finding();
CREATE TRIGGER audit_note AFTER INSERT OR UPDATE OR DELETE ON funding_import
    FOR EACH ROW EXECUTE FUNCTION audit_note_funding_import();
CREATE TRIGGER audit_note AFTER INSERT OR UPDATE OR DELETE ON funding_importedcase
    FOR EACH ROW EXECUTE FUNCTION audit_note_funding_importedcase();
CREATE TRIGGER audit_note AFTER INSERT OR UPDATE OR DELETE ON funding_interest
    FOR EACH ROW EXECUTE FUNCTION audit_note_funding_interest();
CREATE TRIGGER audit_note AFTER INSERT OR UPDATE OR DELETE ON funding_meeting
    FOR EACH ROW EXECUTE FUNCTION audit_note_funding_meeting();
CREATE TRIGGER audit_note AFTER INSERT OR UPDATE OR DELETE ON funding_moneyline
    FOR EACH ROW EXECUTE FUNCTION audit_note_funding_moneyline();
CREATE TRIGGER audit_note AFTER INSERT OR UPDATE OR DELETE ON funding_monitoringreport
    FOR EACH ROW EXECUTE FUNCTION audit_note_funding_monitoringreport();
CREATE TRIGGER audit_note AFTER INSERT OR UPDATE OR DELETE ON funding_opinion
    FOR EACH ROW EXECUTE FUNCTION audit_note_funding_opinion();
CREATE TRIGGER audit_note AFTER INSERT OR UPDATE OR DELETE ON funding_outcomeactual
    FOR EACH ROW EXECUTE FUNCTION audit_note_funding_outcomeactual();
CREATE TRIGGER audit_note AFTER INSERT OR UPDATE OR DELETE ON funding_payment
    FOR EACH ROW EXECUTE FUNCTION audit_note_funding_payment();
CREATE TRIGGER audit_note AFTER INSERT OR UPDATE OR DELETE ON funding_recommendation
    FOR EACH ROW EXECUTE FUNCTION audit_note_funding_recommendation();
CREATE TRIGGER audit_note AFTER INSERT OR UPDATE OR DELETE ON funding_recommendedamount
    FOR EACH ROW EXECUTE FUNCTION audit_note_funding_recommendedamount();
CREATE TRIGGER audit_note AFTER INSERT OR UPDATE OR DELETE ON funding_variation
    FOR EACH ROW EXECUTE FUNCTION audit_note_funding_variation();
"""


class Migration(migrations.Migration):
    replaces = [("funding", "0012_evidence")]
    dependencies = [("funding", "0001_baseline"), ("audit", "0002_baseline_triggers"), ("bids", "0001_baseline")]
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
