"""What the database refuses of this app’s evidence, whoever asks: the triggers of
`guards`, as it was when this was written.
"""

from django.db import migrations

# The guard of published questions is one of the guards now.
OLD_GUARD_GONE = """
DROP TRIGGER question_guard ON bids_question;
DROP TRIGGER questionset_guard ON bids_questionset;
DROP FUNCTION bids_question_guard();
DROP FUNCTION bids_questionset_guard();
"""
OLD_GUARD = """
CREATE FUNCTION bids_question_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    published timestamptz;
BEGIN
    FOR published IN
        SELECT published_at FROM bids_questionset
        WHERE id IN (CASE WHEN TG_OP = 'INSERT' THEN NEW.question_set_id
                          ELSE OLD.question_set_id END,
                     CASE WHEN TG_OP = 'DELETE' THEN OLD.question_set_id
                          ELSE NEW.question_set_id END)
        FOR SHARE
    LOOP
        IF published IS NOT NULL THEN
            RAISE EXCEPTION 'A published question set never changes: % is refused',
                TG_OP USING ERRCODE = 'insufficient_privilege';
        END IF;
    END LOOP;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;

CREATE FUNCTION bids_questionset_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.published_at IS NOT NULL THEN
        RAISE EXCEPTION 'A published question set never changes: % is refused', TG_OP
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;

CREATE TRIGGER question_guard BEFORE INSERT OR UPDATE OR DELETE ON bids_question
    FOR EACH ROW EXECUTE FUNCTION bids_question_guard();
CREATE TRIGGER questionset_guard BEFORE UPDATE OR DELETE ON bids_questionset
    FOR EACH ROW EXECUTE FUNCTION bids_questionset_guard();
"""
GUARDS = """
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
"""
GUARDS_GONE = """
SELECT audit_unguard('bids_round', 'bids_strand', 'bids_criterion', 'bids_envelope', 'bids_questionset', 'bids_question', 'bids_expression', 'bids_expression_councils', 'bids_expression_partners', 'bids_expression_practice_models', 'bids_moneyasked', 'bids_expectedoutcome', 'bids_supportneed', 'bids_barrier', 'bids_bid', 'bids_bid_councils', 'bids_bid_partners', 'bids_bid_practice_models', 'bids_bidmoney', 'bids_otherfunding', 'bids_outcome', 'bids_milestone', 'bids_risk', 'bids_partnerletter', 'bids_answer', 'bids_answerversion', 'bids_casedocument', 'bids_signature', 'bids_lateattempt', 'bids_lateentry', 'bids_clarification', 'bids_message', 'bids_comment', 'bids_feedback', 'bids_return', 'bids_assignment', 'bids_assessment', 'bids_reopening', 'bids_score', 'bids_moderatedscore');
"""
# They find the same tables whoever calls them, the caller’s temporary ones last.
PATHS = """
ALTER FUNCTION bids_seed_within_year(bigint) SET search_path = pg_catalog, public, pg_temp;
ALTER FUNCTION bids_seed_expression() SET search_path = pg_catalog, public, pg_temp;
ALTER FUNCTION bids_seed_money() SET search_path = pg_catalog, public, pg_temp;
"""
PATHS_AS_BEFORE = """
ALTER FUNCTION bids_seed_within_year(bigint) RESET search_path;
ALTER FUNCTION bids_seed_expression() RESET search_path;
ALTER FUNCTION bids_seed_money() RESET search_path;
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0003_guards"), ("bids", "0020_fixed_facts_of_rounds")]
    operations = [
        migrations.RunSQL(OLD_GUARD_GONE, OLD_GUARD),
        migrations.RunSQL(GUARDS, GUARDS_GONE),
        migrations.RunSQL(PATHS, PATHS_AS_BEFORE),
    ]
