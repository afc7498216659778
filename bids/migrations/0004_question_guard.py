"""A published question set never changes, whoever writes to it.

A question is written only while its set is not published. The row of the set is held
for that moment: a question cannot slip in beside the publishing. A set may be made
already published, before it has a question.
"""

from django.db import migrations

GUARD = """
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
GONE = """
DROP TRIGGER question_guard ON bids_question;
DROP TRIGGER questionset_guard ON bids_questionset;
DROP FUNCTION bids_question_guard();
DROP FUNCTION bids_questionset_guard();
"""


class Migration(migrations.Migration):
    dependencies = [("bids", "0003_questions_of_facts")]
    operations = [migrations.RunSQL(GUARD, GONE)]
