from django.urls import path

from innovation.accounts.views import reference, tokens

app_name = "accounts"

urlpatterns = [
    path("tokens/", tokens.Tokens.as_view(), name="tokens"),
    path("tokens/make", tokens.MakeToken.as_view(), name="token-make"),
    path("tokens/<str:key>/revoke", tokens.RevokeToken.as_view(), name="token-revoke"),
    path("api/", reference.Reference.as_view(), name="api-reference"),
]
