from django.urls import path

from lantu.services.notices.views import choosing, subscribing

urlpatterns = [
    path("account/notices/", choosing.wishes, name="wishes"),
    path("z/<slug:zone>/hooks/", choosing.hooks, name="hooks"),
    path("z/<slug:zone>/hooks/<int:pk>/remove/", choosing.hook_remove, name="hook_remove"),
    path("z/<slug:zone>/subscribe/", subscribing.subscribe, name="subscribe"),
    path("subscriptions/<str:token>/confirm/", subscribing.confirm, name="subscribe_confirm"),
    path("subscriptions/<str:token>/cancel/", subscribing.unsubscribe, name="unsubscribe"),
]
