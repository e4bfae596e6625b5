from django.contrib.auth.hashers import Argon2PasswordHasher


class Argon2(Argon2PasswordHasher):
    """Argon2id at about 19 MiB and two passes: strong, and cheap enough for a whole shift that signs in at once."""

    time_cost = 2
    memory_cost = 19_456  # KiB
    parallelism = 1
