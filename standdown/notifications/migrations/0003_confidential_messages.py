from typing import Any

from django.db import migrations, models

from standdown.foundation import db

BETWEEN_TWO = ("PleaseCall", "SomebodyWillCall", "StoodDown", "CameBack")


def mark(apps: Any, _editor: Any) -> None:
    with db.open_for("a migration"):
        told = apps.get_model("notifications", "OutboxMessage").objects.filter(purpose__in=BETWEEN_TWO)
        told.update(confidential=True)


class Migration(migrations.Migration):
    dependencies = [("notifications", "0002_training_half")]

    operations = [
        migrations.AddField(
            model_name="outboxmessage", name="confidential", field=models.BooleanField(default=False)
        ),
        migrations.RunPython(mark, migrations.RunPython.noop),
    ]
