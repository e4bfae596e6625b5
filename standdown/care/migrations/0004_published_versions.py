from django.db import migrations

from standdown.foundation import triggers

WORDS = "a published programme version never changes"
PARTS = ("care_category", "care_exposurerole", "care_phase", "care_nextstepoption", "care_escalation")
PUBLISHED = "EXISTS (SELECT 1 FROM care_programme WHERE id = OLD.programme_id AND published_at IS NOT NULL)"
BEGUN = "EXISTS (SELECT 1 FROM care_incident WHERE programme_id = OLD.id)"


class Migration(migrations.Migration):
    dependencies = [("care", "0003_clocks")]
    operations = [
        # But for withdrawing it, as long as no incident began with it.
        *triggers.refuses(
            "care_programme",
            "UPDATE",
            f"OLD.published_at IS NOT NULL AND (NEW.published_at IS NOT NULL OR {BEGUN})",
            WORDS,
        ),
        *triggers.refuses("care_programme", "DELETE", "OLD.published_at IS NOT NULL", WORDS),
        *(
            step
            for part in PARTS
            for event in ("UPDATE", "DELETE")
            for step in triggers.refuses(part, event, PUBLISHED, WORDS)
        ),
    ]
