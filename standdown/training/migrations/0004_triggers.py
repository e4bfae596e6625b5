from django.db import migrations

from standdown.foundation import triggers


class Migration(migrations.Migration):
    dependencies = [("training", "0003_training_half")]
    operations = [
        *triggers.append_only("training_nominationevent"),
        *triggers.append_only("training_trainerstep"),
        # The tables that were made anew on SQLite, and those whose rows newly show in public.
        *triggers.raises_public_version(
            "training_course", "training_courseversion", "training_session", "training_certificate", "training_quote",
        ),
    ]  # fmt: skip
