"""What a static copy is of: the languages of its pages, and the site that they were drawn by."""

LANGUAGES = {"zh": "zh-hans", "en": "en"}


def site_address() -> str:
    """Where the site stands; empty where that was never set: it leads nowhere from elsewhere."""
    from django.conf import settings

    return "" if "//localhost" in settings.ADDRESS else str(settings.ADDRESS)
