from django.db import migrations

from standdown.foundation import triggers


class Migration(migrations.Migration):
    dependencies = [("reporting", "0001_initial")]
    operations = [
        *triggers.append_only("reporting_settledmonth"),
        *triggers.append_only("reporting_release"),
    ]
