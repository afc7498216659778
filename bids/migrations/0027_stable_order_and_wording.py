from django.db import migrations, models


class Migration(migrations.Migration):
    """Of the state alone: neither is in the database."""

    dependencies = [
        ('audit', '0006_name_of_a_check'),
        ('bids', '0026_wording_of_year_amounts'),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='assignment',
            options={'ordering': ['assigned_at', 'id']},
        ),
        migrations.AlterModelOptions(
            name='barrier',
            options={'ordering': ['id']},
        ),
        migrations.AlterModelOptions(
            name='bidmoney',
            options={'ordering': ['financial_year', 'category', 'id']},
        ),
        migrations.AlterModelOptions(
            name='clarification',
            options={'ordering': ['asked_at', 'id']},
        ),
        migrations.AlterModelOptions(
            name='comment',
            options={'ordering': ['made_at', 'id']},
        ),
        migrations.AlterModelOptions(
            name='envelope',
            options={'ordering': ['financial_year', 'id']},
        ),
        migrations.AlterModelOptions(
            name='expectedoutcome',
            options={'ordering': ['id']},
        ),
        migrations.AlterModelOptions(
            name='feedback',
            options={'ordering': ['criterion__position', 'id']},
        ),
        migrations.AlterModelOptions(
            name='milestone',
            options={'ordering': ['due_on', 'id']},
        ),
        migrations.AlterModelOptions(
            name='otherfunding',
            options={'ordering': ['id']},
        ),
        migrations.AlterModelOptions(
            name='outcome',
            options={'ordering': ['id']},
        ),
        migrations.AlterModelOptions(
            name='partnerletter',
            options={'ordering': ['received_on', 'id']},
        ),
        migrations.AlterModelOptions(
            name='question',
            options={'ordering': ['position', 'id']},
        ),
        migrations.AlterModelOptions(
            name='return',
            options={'ordering': ['returned_at', 'id']},
        ),
        migrations.AlterModelOptions(
            name='risk',
            options={'ordering': ['id']},
        ),
        migrations.AlterModelOptions(
            name='round',
            options={'ordering': ['-opens_at', '-id']},
        ),
        migrations.AlterModelOptions(
            name='supportneed',
            options={'ordering': ['id']},
        ),
        migrations.AlterConstraint(
            model_name='criterion',
            name='criterion_name_once',
            constraint=models.UniqueConstraint(fields=('round', 'name'), name='criterion_name_once', violation_error_code='name', violation_error_message='This round already has this criterion'),
        ),
        migrations.AlterConstraint(
            model_name='criterion',
            name='criterion_scale',
            constraint=models.CheckConstraint(condition=models.Q(('score_most__gt', models.F('score_least')), ('weight__gt', 0)), name='criterion_scale', violation_error_code='score_most', violation_error_message='Enter a highest score above the lowest score'),
        ),
        migrations.AlterConstraint(
            model_name='question',
            name='question_code_once',
            constraint=models.UniqueConstraint(fields=('question_set', 'code'), name='question_code_once', violation_error_code='code', violation_error_message='Another question here has this code'),
        ),
        migrations.AlterConstraint(
            model_name='question',
            name='question_fact_once',
            constraint=models.UniqueConstraint(condition=models.Q(('kind__in', ['title', 'summary', 'partners', 'areas', 'strand', 'maturity', 'idea_type', 'practice_models', 'money_asked', 'support', 'barriers', 'outcomes', 'sum_asked', 'costs', 'other_funding', 'milestones', 'risks', 'theory_of_change', 'evaluation_plan', 'partner_letters'])), fields=('question_set', 'kind'), name='question_fact_once', violation_error_code='kind', violation_error_message='This form already asks for this'),
        ),
        migrations.AlterConstraint(
            model_name='round',
            name='round_closes_after_opening',
            constraint=models.CheckConstraint(condition=models.Q(('closes_at__isnull', True), ('closes_at__gt', models.F('opens_at')), _connector='OR'), name='round_closes_after_opening', violation_error_code='closes_at', violation_error_message='Enter a closing time after the opening time'),
        ),
        migrations.AlterConstraint(
            model_name='round',
            name='round_limits_in_order',
            constraint=models.CheckConstraint(condition=models.Q(('award_least__isnull', True), ('award_most__isnull', True), ('award_most__gte', models.F('award_least')), _connector='OR'), name='round_limits_in_order', violation_error_code='award_most', violation_error_message='Enter a largest award of at least the smallest'),
        ),
        migrations.AlterConstraint(
            model_name='strand',
            name='strand_name_once',
            constraint=models.UniqueConstraint(fields=('round', 'name'), name='strand_name_once', violation_error_code='name', violation_error_message='This round already has this strand'),
        ),
    ]
