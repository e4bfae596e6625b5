from django.db import migrations

from standdown.foundation import triggers


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = triggers.append_only("audit_entry")
