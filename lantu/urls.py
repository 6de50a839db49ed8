"""Addresses. A zone's pages begin with /z/<zone>/, the API with /api/v1/."""

from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import include, path, re_path
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import ValidationError

from lantu import __version__
from lantu.core.errors import ForPeople

PROBLEM = "application/problem+json"
# Every block and service that has pages or an API says so by having the file.
PARTS = [
    *(f"lantu.kernel.{name}" for name in settings.BLOCKS),
    *(f"lantu.services.{name}" for name in settings.SERVICES),
]


# Any address can be too long; the web server says so before a page is asked (lantu/serving.py).
TOO_LONG = {
    "description": "URI Too Long",
    "content": {PROBLEM: {"schema": {"$ref": "#/components/schemas/Problem"}}},
}


class Api(NinjaAPI):
    """The API, which says that its errors are problem details."""

    def get_openapi_schema(self, **options: Any) -> Any:
        schema = super().get_openapi_schema(**options)
        for methods in schema["paths"].values():
            for operation in methods.values():
                for status, response in operation["responses"].items():
                    if int(status) >= 400 and "content" in response:
                        response["content"] = {PROBLEM: response["content"]["application/json"]}
                operation["responses"][414] = TOO_LONG
        return schema


# The interactive page of the library loads scripts from elsewhere, which the policy forbids.
api = Api(title="Lantu", version=__version__, docs_url=None, urls_namespace="api")
for _part in PARTS:
    if find_spec(f"{_part}.api"):
        api.add_router("", import_module(f"{_part}.api").router)


def _problem(status: int, title: str, detail: str) -> HttpResponse:
    body: dict[str, Any] = {"type": "about:blank", "title": title, "status": status}
    return JsonResponse({**body, "detail": detail}, status=status, content_type=PROBLEM)


@api.exception_handler(ForPeople)
def _refused(request: HttpRequest, error: ForPeople) -> HttpResponse:
    return _problem(404, "Not found", str(error))


@api.exception_handler(ValidationError)
def _invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    details = [
        f"{'.'.join(str(part) for part in one['loc'])}: {one['msg']}" for one in error.errors
    ]
    return _problem(422, "Wrong parameters", "; ".join(details))


handler400 = "lantu.ui.refusals.unreadable"
handler403 = "lantu.ui.refusals.forbidden"
handler404 = "lantu.ui.refusals.absent"
handler500 = "lantu.ui.refusals.failed"
handler429 = "lantu.ui.refusals.too_many"  # of the sign-in library
# The library has pages to sign up and to change one's address; here an administrator does both.
_OF_ADMINISTRATORS = r"^(?:signup|email|confirm-email|login/code)(?:/|$)"


def _left_to_administrators(request: HttpRequest) -> HttpResponse:
    raise Http404(_("Accounts and their addresses are set by an administrator."))


urlpatterns = [
    path("accounts/", include([re_path(_OF_ADMINISTRATORS, _left_to_administrators)])),
    path("accounts/", include("allauth.urls")),
    path("api/v1/", api.urls),
    path("", include("lantu.ui.urls")),
    *(path("", include(f"{part}.urls")) for part in PARTS if find_spec(f"{part}.urls")),
]
