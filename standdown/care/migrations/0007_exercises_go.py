from django.db import migrations

from standdown.foundation import triggers

EVENT = "SELECT 1 FROM care_incident i WHERE i.id = OLD.incident_id AND i.drill_id IS NOT NULL"
TELLING = (
    "SELECT 1 FROM care_step s JOIN care_incident i ON i.id = s.incident_id "
    "WHERE s.id = OLD.step_id AND i.drill_id IS NOT NULL"
)
LOOK = "SELECT 1 FROM care_drillperson d WHERE d.person_id = OLD.person_id"


class Migration(migrations.Migration):
    dependencies = [("care", "0006_help_numbers")]
    operations = [
        *triggers.may_be_taken_away("care_incidentevent", EVENT),
        *triggers.may_be_taken_away("care_telling", TELLING),
        *triggers.may_be_taken_away("care_look", LOOK),
    ]
