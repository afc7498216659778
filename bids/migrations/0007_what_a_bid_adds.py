import django.db.models.deletion
import innovation.core.keys
import innovation.core.money
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('audit', '0002_triggers'),
        ('bids', '0006_signatures'),
        ('organisations', '0002_dated_facts'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Comment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(default=innovation.core.keys.NewKey('CMT'), editable=False, max_length=20, unique=True)),
                ('code', models.SlugField(help_text='The question’s, in every version.')),
                ('text', models.TextField()),
                ('made_at', models.DateTimeField()),
            ],
            options={
                'ordering': ['made_at'],
            },
        ),
        migrations.RemoveConstraint(
            model_name='question',
            name='question_kind',
        ),
        migrations.RemoveConstraint(
            model_name='question',
            name='question_fact_once',
        ),
        migrations.AddField(
            model_name='bid',
            name='asked',
            field=innovation.core.money.MoneyField(blank=True, help_text='The sum asked for, which the costs come to.', null=True),
        ),
        migrations.AlterField(
            model_name='question',
            name='kind',
            field=models.CharField(choices=[('short_text', 'Short text'), ('long_text', 'Long text'), ('number', 'Number'), ('money', 'Money'), ('money_by_year', 'Money by financial year'), ('date', 'Date'), ('one_choice', 'One choice'), ('many_choices', 'Many choices'), ('organisations', 'Organisations'), ('councils', 'Councils'), ('upload', 'Upload'), ('declaration', 'Declaration'), ('title', 'Title'), ('summary', 'Summary of the idea'), ('partners', 'Partner organisations'), ('areas', 'Councils where the work happens'), ('strand', 'Strand'), ('maturity', 'Maturity'), ('idea_type', 'Kind of idea'), ('practice_models', 'Practice models'), ('money_asked', 'Money asked for'), ('support', 'Support needed'), ('barriers', 'Barriers'), ('outcomes', 'Outcomes'), ('sum_asked', 'Sum asked for'), ('costs', 'Costs'), ('other_funding', 'Other funding'), ('milestones', 'Milestones'), ('risks', 'Risks'), ('theory_of_change', 'Theory of change'), ('evaluation_plan', 'Evaluation plan'), ('partner_letters', 'Partner letters')], max_length=20),
        ),
        migrations.AddConstraint(
            model_name='bid',
            constraint=models.CheckConstraint(condition=models.Q(('asked__isnull', True), ('asked__gt', 0), _connector='OR'), name='bid_asks_for_something'),
        ),
        migrations.AddConstraint(
            model_name='question',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['short_text', 'long_text', 'number', 'money', 'money_by_year', 'date', 'one_choice', 'many_choices', 'organisations', 'councils', 'upload', 'declaration', 'title', 'summary', 'partners', 'areas', 'strand', 'maturity', 'idea_type', 'practice_models', 'money_asked', 'support', 'barriers', 'outcomes', 'sum_asked', 'costs', 'other_funding', 'milestones', 'risks', 'theory_of_change', 'evaluation_plan', 'partner_letters'])), name='question_kind'),
        ),
        migrations.AddConstraint(
            model_name='question',
            constraint=models.UniqueConstraint(condition=models.Q(('kind__in', ['title', 'summary', 'partners', 'areas', 'strand', 'maturity', 'idea_type', 'practice_models', 'money_asked', 'support', 'barriers', 'outcomes', 'sum_asked', 'costs', 'other_funding', 'milestones', 'risks', 'theory_of_change', 'evaluation_plan', 'partner_letters'])), fields=('question_set', 'kind'), name='question_fact_once'),
        ),
        migrations.AddField(
            model_name='comment',
            name='bid',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='comments', to='bids.bid'),
        ),
        migrations.AddField(
            model_name='comment',
            name='made_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
    ]
