from django.db import migrations

from standdown.foundation import triggers


class Migration(migrations.Migration):
    dependencies = [("training", "0001_initial"), ("foundation", "0002_public_version")]
    operations = [
        *triggers.append_only("training_sessionchange"),
        *triggers.raises_public_version(
            "training_course", "training_courseversion", "training_contentblock", "training_programmeversion",
            "training_session", "training_sessionforce", "training_sessionchange",
        ),
    ]  # fmt: skip
