from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "standdown.people"
    label = "people"

    def ready(self) -> None:
        """Bring in the rules and the listeners of this part."""
        from standdown.people import naming
        from standdown.people.accounts import hooks as account_hooks
        from standdown.people.accounts import permissions as _accounts
        from standdown.people.adoption import permissions as _adoption
        from standdown.people.adoption import queries as adoption_queries
        from standdown.people.adoption import sections as adoption_sections
        from standdown.people.forces import hooks as force_hooks
        from standdown.people.forces import permissions as _forces
        from standdown.people.qualifications import listeners as qualification_listeners
        from standdown.people.qualifications import permissions as _qualifications
        from standdown.people.qualifications import sections as qualification_sections
        from standdown.people.roles import hooks as role_hooks
        from standdown.people.roles import listeners as role_listeners
        from standdown.people.roles import permissions as _roles
        from standdown.people.sign_in import signals as _signals

        _ = (_accounts, _adoption, _forces, _qualifications, _roles, _signals)
        force_hooks.SECTIONS.append(adoption_sections.of_force)
        account_hooks.DEPARTED.append(role_listeners.end_with_posting)
        account_hooks.DEPARTED.append(qualification_listeners.ask_about_move)
        account_hooks.HOLDS.append(role_listeners.holds_role)
        account_hooks.SECTIONS.append(role_listeners.section)
        account_hooks.SECTIONS.append(qualification_sections.of_person)
        role_hooks.ADOPTING.append(adoption_queries.adopted_forces)
        naming.register()
