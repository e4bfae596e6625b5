from django.db import migrations

from standdown.foundation import triggers


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial"), ("foundation", "0002_public_version")]
    operations = [
        *triggers.append_only("people_adoptionstep"),
        *triggers.raises_public_version(
            "people_force", "people_forcename", "people_forcealias", "people_succession", "people_adoptionstep"
        ),
    ]
