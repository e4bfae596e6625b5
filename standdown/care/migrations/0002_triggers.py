from django.db import migrations

from standdown.foundation import triggers


class Migration(migrations.Migration):
    dependencies = [("care", "0001_initial")]
    operations = [
        *triggers.append_only("care_incidentevent"),
        *triggers.append_only("care_look"),
        *triggers.append_only("care_telling"),
    ]
