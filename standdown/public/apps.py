from django.apps import AppConfig


class PublicConfig(AppConfig):
    name = "standdown.public"
    label = "public"
