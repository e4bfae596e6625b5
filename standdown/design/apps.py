from django.apps import AppConfig


class DesignConfig(AppConfig):
    name = "standdown.design"
    label = "design"
