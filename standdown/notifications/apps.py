from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "standdown.notifications"
    label = "notifications"

    def ready(self) -> None:
        """Bring in the rules of this part, and listen to what the parts below have to tell."""
        from standdown.audit import anchors
        from standdown.notifications import (
            hooks,
            people_messages,
            qualification_messages,
            qualification_warnings,
            record_heads,
            role_messages,
        )
        from standdown.notifications import permissions as _permissions
        from standdown.people.accounts import hooks as account_hooks
        from standdown.people.adoption import hooks as adoption_hooks
        from standdown.people.qualifications import hooks as qualification_hooks
        from standdown.people.roles import hooks as role_hooks

        _ = _permissions
        adoption_hooks.STEP_RECORDED.append(people_messages.tell_leads)
        account_hooks.INVITED.append(role_messages.tell_invited)
        role_hooks.PROPOSED.append(role_messages.tell_approvers)
        role_hooks.APPROVED.append(role_messages.tell_approved)
        role_hooks.DECLINED.append(role_messages.tell_declined)
        role_hooks.ENDED.append(role_messages.tell_ended)
        qualification_hooks.STOOD_DOWN.append(qualification_messages.tell_stood_down)
        qualification_hooks.RETURNED.append(qualification_messages.tell_came_back)
        qualification_hooks.MOVE_ASKED.append(qualification_messages.tell_move_asked)
        hooks.EACH_DAY.append(qualification_warnings.each_day)
        hooks.EACH_DAY.append(record_heads.each_day)
        hooks.EACH_MINUTE.append(anchors.each_minute)
