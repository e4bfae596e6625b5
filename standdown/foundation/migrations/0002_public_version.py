from django.db import migrations

from standdown.foundation import triggers


class Migration(migrations.Migration):
    dependencies = [("foundation", "0001_initial")]
    operations = [triggers.first_row("INSERT INTO foundation_publicversion (id, number) VALUES (1, 1)")]
