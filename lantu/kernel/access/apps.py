from django.apps import AppConfig


class Access(AppConfig):
    name = "lantu.kernel.access"

    def ready(self) -> None:
        from lantu.kernel.access import rules  # noqa: F401  # registers the permissions
