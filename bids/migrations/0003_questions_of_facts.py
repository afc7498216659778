import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('bids', '0002_answer_versions'),
    ]

    operations = [
        migrations.CreateModel(
            name='ExpectedOutcome',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('description', models.CharField(max_length=300)),
                ('measure', models.CharField(blank=True, max_length=200)),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.RemoveConstraint(
            model_name='question',
            name='question_kind',
        ),
        migrations.AlterField(
            model_name='question',
            name='kind',
            field=models.CharField(choices=[('short_text', 'Short text'), ('long_text', 'Long text'), ('number', 'Number'), ('money', 'Money'), ('money_by_year', 'Money by financial year'), ('date', 'Date'), ('one_choice', 'One choice'), ('many_choices', 'Many choices'), ('organisations', 'Organisations'), ('councils', 'Councils'), ('upload', 'Upload'), ('declaration', 'Declaration'), ('title', 'Title'), ('summary', 'Summary of the idea'), ('partners', 'Partner organisations'), ('areas', 'Councils where the work happens'), ('strand', 'Strand'), ('maturity', 'Maturity'), ('idea_type', 'Kind of idea'), ('practice_models', 'Practice models'), ('money_asked', 'Money asked for'), ('support', 'Support needed'), ('barriers', 'Barriers'), ('outcomes', 'Outcomes'), ('costs', 'Costs'), ('other_funding', 'Other funding'), ('milestones', 'Milestones'), ('risks', 'Risks'), ('theory_of_change', 'Theory of change'), ('evaluation_plan', 'Evaluation plan'), ('partner_letters', 'Partner letters')], max_length=20),
        ),
        migrations.AddConstraint(
            model_name='question',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['short_text', 'long_text', 'number', 'money', 'money_by_year', 'date', 'one_choice', 'many_choices', 'organisations', 'councils', 'upload', 'declaration', 'title', 'summary', 'partners', 'areas', 'strand', 'maturity', 'idea_type', 'practice_models', 'money_asked', 'support', 'barriers', 'outcomes', 'costs', 'other_funding', 'milestones', 'risks', 'theory_of_change', 'evaluation_plan', 'partner_letters'])), name='question_kind'),
        ),
        migrations.AddConstraint(
            model_name='question',
            constraint=models.UniqueConstraint(condition=models.Q(('kind__in', ['title', 'summary', 'partners', 'areas', 'strand', 'maturity', 'idea_type', 'practice_models', 'money_asked', 'support', 'barriers', 'outcomes', 'costs', 'other_funding', 'milestones', 'risks', 'theory_of_change', 'evaluation_plan', 'partner_letters'])), fields=('question_set', 'kind'), name='question_fact_once'),
        ),
        migrations.AddField(
            model_name='expectedoutcome',
            name='expression',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='outcomes', to='bids.expression'),
        ),
    ]
