"""The worker as a process of its own, started by `standdown run`."""

import os

import django

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "standdown.config.settings")
    django.setup()
    from standdown.config.cli.serve import work_until

    started_by = os.getppid()
    work_until(lambda: os.getppid() != started_by)  # a server that was killed takes its worker along
