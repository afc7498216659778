"""What is evidence leaves notes for its events: see `funding.evidence`.

Written by `manage.py write_triggers`. The rows there are stated as they are, once.
"""

from django.db import migrations

FORWARD = """
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
REVOKE ALL ON FUNCTION audit_note_funding_agendaitem() FROM PUBLIC;

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
REVOKE ALL ON FUNCTION audit_note_funding_attendance() FROM PUBLIC;

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
REVOKE ALL ON FUNCTION audit_note_funding_award() FROM PUBLIC;

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
REVOKE ALL ON FUNCTION audit_note_funding_award_councils() FROM PUBLIC;

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
REVOKE ALL ON FUNCTION audit_note_funding_award_partners() FROM PUBLIC;

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
REVOKE ALL ON FUNCTION audit_note_funding_award_practice_models() FROM PUBLIC;

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
REVOKE ALL ON FUNCTION audit_note_funding_awardreason() FROM PUBLIC;

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
REVOKE ALL ON FUNCTION audit_note_funding_awardyear() FROM PUBLIC;

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
REVOKE ALL ON FUNCTION audit_note_funding_decidedamount() FROM PUBLIC;

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
REVOKE ALL ON FUNCTION audit_note_funding_decision() FROM PUBLIC;

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
REVOKE ALL ON FUNCTION audit_note_funding_evaluation() FROM PUBLIC;

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
REVOKE ALL ON FUNCTION audit_note_funding_evaluationreport() FROM PUBLIC;

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
REVOKE ALL ON FUNCTION audit_note_funding_finding() FROM PUBLIC;

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
REVOKE ALL ON FUNCTION audit_note_funding_import() FROM PUBLIC;

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
REVOKE ALL ON FUNCTION audit_note_funding_importedcase() FROM PUBLIC;

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
REVOKE ALL ON FUNCTION audit_note_funding_interest() FROM PUBLIC;

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
REVOKE ALL ON FUNCTION audit_note_funding_meeting() FROM PUBLIC;

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
REVOKE ALL ON FUNCTION audit_note_funding_moneyline() FROM PUBLIC;

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
REVOKE ALL ON FUNCTION audit_note_funding_monitoringreport() FROM PUBLIC;

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
REVOKE ALL ON FUNCTION audit_note_funding_opinion() FROM PUBLIC;

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
REVOKE ALL ON FUNCTION audit_note_funding_outcomeactual() FROM PUBLIC;

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
REVOKE ALL ON FUNCTION audit_note_funding_payment() FROM PUBLIC;

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
REVOKE ALL ON FUNCTION audit_note_funding_recommendation() FROM PUBLIC;

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
REVOKE ALL ON FUNCTION audit_note_funding_recommendedamount() FROM PUBLIC;

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
REVOKE ALL ON FUNCTION audit_note_funding_variation() FROM PUBLIC;

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

STATE = """
DO $$
DECLARE
    carried bigint;
BEGIN
    IF NOT (EXISTS (SELECT FROM funding_agendaitem)
        OR EXISTS (SELECT FROM funding_attendance)
        OR EXISTS (SELECT FROM funding_award)
        OR EXISTS (SELECT FROM funding_award_councils)
        OR EXISTS (SELECT FROM funding_award_partners)
        OR EXISTS (SELECT FROM funding_award_practice_models)
        OR EXISTS (SELECT FROM funding_awardreason)
        OR EXISTS (SELECT FROM funding_awardyear)
        OR EXISTS (SELECT FROM funding_decidedamount)
        OR EXISTS (SELECT FROM funding_decision)
        OR EXISTS (SELECT FROM funding_evaluation)
        OR EXISTS (SELECT FROM funding_evaluationreport)
        OR EXISTS (SELECT FROM funding_finding)
        OR EXISTS (SELECT FROM funding_import)
        OR EXISTS (SELECT FROM funding_importedcase)
        OR EXISTS (SELECT FROM funding_interest)
        OR EXISTS (SELECT FROM funding_meeting)
        OR EXISTS (SELECT FROM funding_moneyline)
        OR EXISTS (SELECT FROM funding_monitoringreport)
        OR EXISTS (SELECT FROM funding_opinion)
        OR EXISTS (SELECT FROM funding_outcomeactual)
        OR EXISTS (SELECT FROM funding_payment)
        OR EXISTS (SELECT FROM funding_recommendation)
        OR EXISTS (SELECT FROM funding_recommendedamount)
        OR EXISTS (SELECT FROM funding_variation)) THEN
        RETURN;
    END IF;
    INSERT INTO audit_chain (kind, length, head, stage)
    VALUES ('service', 0, repeat('0', 64), '') RETURNING id INTO carried;
    PERFORM audit_state_existing('funding_agendaitem', carried);
    PERFORM audit_state_existing('funding_attendance', carried);
    PERFORM audit_state_existing('funding_award', carried);
    PERFORM audit_state_existing('funding_award_councils', carried);
    PERFORM audit_state_existing('funding_award_partners', carried);
    PERFORM audit_state_existing('funding_award_practice_models', carried);
    PERFORM audit_state_existing('funding_awardreason', carried);
    PERFORM audit_state_existing('funding_awardyear', carried);
    PERFORM audit_state_existing('funding_decidedamount', carried);
    PERFORM audit_state_existing('funding_decision', carried);
    PERFORM audit_state_existing('funding_evaluation', carried);
    PERFORM audit_state_existing('funding_evaluationreport', carried);
    PERFORM audit_state_existing('funding_finding', carried);
    PERFORM audit_state_existing('funding_import', carried);
    PERFORM audit_state_existing('funding_importedcase', carried);
    PERFORM audit_state_existing('funding_interest', carried);
    PERFORM audit_state_existing('funding_meeting', carried);
    PERFORM audit_state_existing('funding_moneyline', carried);
    PERFORM audit_state_existing('funding_monitoringreport', carried);
    PERFORM audit_state_existing('funding_opinion', carried);
    PERFORM audit_state_existing('funding_outcomeactual', carried);
    PERFORM audit_state_existing('funding_payment', carried);
    PERFORM audit_state_existing('funding_recommendation', carried);
    PERFORM audit_state_existing('funding_recommendedamount', carried);
    PERFORM audit_state_existing('funding_variation', carried);
END $$;
"""

BACKWARD = """
DROP TRIGGER audit_note ON funding_agendaitem;
DROP TRIGGER audit_note ON funding_attendance;
DROP TRIGGER audit_note ON funding_award;
DROP TRIGGER audit_note ON funding_award_councils;
DROP TRIGGER audit_note ON funding_award_partners;
DROP TRIGGER audit_note ON funding_award_practice_models;
DROP TRIGGER audit_note ON funding_awardreason;
DROP TRIGGER audit_note ON funding_awardyear;
DROP TRIGGER audit_note ON funding_decidedamount;
DROP TRIGGER audit_note ON funding_decision;
DROP TRIGGER audit_note ON funding_evaluation;
DROP TRIGGER audit_note ON funding_evaluationreport;
DROP TRIGGER audit_note ON funding_finding;
DROP TRIGGER audit_note ON funding_import;
DROP TRIGGER audit_note ON funding_importedcase;
DROP TRIGGER audit_note ON funding_interest;
DROP TRIGGER audit_note ON funding_meeting;
DROP TRIGGER audit_note ON funding_moneyline;
DROP TRIGGER audit_note ON funding_monitoringreport;
DROP TRIGGER audit_note ON funding_opinion;
DROP TRIGGER audit_note ON funding_outcomeactual;
DROP TRIGGER audit_note ON funding_payment;
DROP TRIGGER audit_note ON funding_recommendation;
DROP TRIGGER audit_note ON funding_recommendedamount;
DROP TRIGGER audit_note ON funding_variation;
DROP FUNCTION audit_note_funding_agendaitem();
DROP FUNCTION audit_note_funding_attendance();
DROP FUNCTION audit_note_funding_award();
DROP FUNCTION audit_note_funding_award_councils();
DROP FUNCTION audit_note_funding_award_partners();
DROP FUNCTION audit_note_funding_award_practice_models();
DROP FUNCTION audit_note_funding_awardreason();
DROP FUNCTION audit_note_funding_awardyear();
DROP FUNCTION audit_note_funding_decidedamount();
DROP FUNCTION audit_note_funding_decision();
DROP FUNCTION audit_note_funding_evaluation();
DROP FUNCTION audit_note_funding_evaluationreport();
DROP FUNCTION audit_note_funding_finding();
DROP FUNCTION audit_note_funding_import();
DROP FUNCTION audit_note_funding_importedcase();
DROP FUNCTION audit_note_funding_interest();
DROP FUNCTION audit_note_funding_meeting();
DROP FUNCTION audit_note_funding_moneyline();
DROP FUNCTION audit_note_funding_monitoringreport();
DROP FUNCTION audit_note_funding_opinion();
DROP FUNCTION audit_note_funding_outcomeactual();
DROP FUNCTION audit_note_funding_payment();
DROP FUNCTION audit_note_funding_recommendation();
DROP FUNCTION audit_note_funding_recommendedamount();
DROP FUNCTION audit_note_funding_variation();
DROP FUNCTION audit_facts_funding_agendaitem(funding_agendaitem);
DROP FUNCTION audit_facts_funding_attendance(funding_attendance);
DROP FUNCTION audit_facts_funding_award(funding_award);
DROP FUNCTION audit_facts_funding_award_councils(funding_award_councils);
DROP FUNCTION audit_facts_funding_award_partners(funding_award_partners);
DROP FUNCTION audit_facts_funding_award_practice_models(funding_award_practice_models);
DROP FUNCTION audit_facts_funding_awardreason(funding_awardreason);
DROP FUNCTION audit_facts_funding_awardyear(funding_awardyear);
DROP FUNCTION audit_facts_funding_decidedamount(funding_decidedamount);
DROP FUNCTION audit_facts_funding_decision(funding_decision);
DROP FUNCTION audit_facts_funding_evaluation(funding_evaluation);
DROP FUNCTION audit_facts_funding_evaluationreport(funding_evaluationreport);
DROP FUNCTION audit_facts_funding_finding(funding_finding);
DROP FUNCTION audit_facts_funding_import(funding_import);
DROP FUNCTION audit_facts_funding_importedcase(funding_importedcase);
DROP FUNCTION audit_facts_funding_interest(funding_interest);
DROP FUNCTION audit_facts_funding_meeting(funding_meeting);
DROP FUNCTION audit_facts_funding_moneyline(funding_moneyline);
DROP FUNCTION audit_facts_funding_monitoringreport(funding_monitoringreport);
DROP FUNCTION audit_facts_funding_opinion(funding_opinion);
DROP FUNCTION audit_facts_funding_outcomeactual(funding_outcomeactual);
DROP FUNCTION audit_facts_funding_payment(funding_payment);
DROP FUNCTION audit_facts_funding_recommendation(funding_recommendation);
DROP FUNCTION audit_facts_funding_recommendedamount(funding_recommendedamount);
DROP FUNCTION audit_facts_funding_variation(funding_variation);
"""


class Migration(migrations.Migration):
    dependencies = [("funding", "0011_guards"), ("audit", "0004_rows")]
    operations = [
        migrations.RunSQL(FORWARD, BACKWARD),
        migrations.RunSQL(STATE, migrations.RunSQL.noop),
    ]
