import standdown.foundation.ids
from django.db import migrations, models

from standdown.foundation import triggers


class Migration(migrations.Migration):

    dependencies = [
        ('care', '0002_triggers'),
        ('people', '0003_qualifications'),
    ]

    operations = [
        migrations.CreateModel(
            name='SecondLook',
            fields=[
                ('id', models.UUIDField(default=standdown.foundation.ids.new, editable=False, primary_key=True, serialize=False)),
                ('looked_at', models.DateTimeField()),
                ('found', models.PositiveIntegerField(default=0)),
                ('mended', models.PositiveIntegerField(default=0)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.RemoveConstraint(
            model_name='telling',
            name='told_once_a_level',
        ),
        migrations.RemoveConstraint(
            model_name='telling',
            name='nobody_told_once_a_level',
        ),
        migrations.AddField(
            model_name='step',
            name='moved',
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='telling',
            name='moved',
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddIndex(
            model_name='step',
            index=models.Index(condition=models.Q(('closed_at__isnull', True), ('late_noticed_at__isnull', True)), fields=['due_at'], name='step_late_and_unnoticed'),
        ),
        migrations.AddConstraint(
            model_name='telling',
            constraint=models.UniqueConstraint(fields=('step', 'moved', 'level', 'person'), name='told_once_a_level'),
        ),
        migrations.AddConstraint(
            model_name='telling',
            constraint=models.UniqueConstraint(condition=models.Q(('person__isnull', True)), fields=('step', 'moved', 'level'), name='nobody_told_once_a_level'),
        ),
        # SQLite has made the table anew.
        *triggers.append_only("care_telling"),
    ]
