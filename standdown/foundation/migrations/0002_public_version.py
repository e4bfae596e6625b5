from django.db import migrations

from standdown.foundation import db


class Migration(migrations.Migration):
    dependencies = [("foundation", "0001_initial")]
    operations = [db.first_row("INSERT INTO foundation_publicversion (id, number) VALUES (1, 1)")]
