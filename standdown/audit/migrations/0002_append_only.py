from django.db import migrations

from standdown.foundation import db


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = db.append_only("audit_entry")
