"""Addresses of the project: each edge brings its own list."""

from allauth.account import views as account
from django.urls import include, path, re_path
from django.views.generic import RedirectView

from tracker.admin.site import site
from tracker.web import second_factor, single_sign_on

# Signing in and passwords, and nothing else of the sign-in package: its page for e-mail addresses would let people
# change who they are without a verb, without proof and without a line in the trail.
ACCOUNTS = [
    path("login/", account.login, name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("signup/", account.signup, name="account_signup"),  # says that accounts are given, not made
    path("password/change/", account.password_change, name="account_change_password"),
    # Who has no password yet, as after single sign-on, sets the first one by the same mail as who has forgotten theirs.
    path("password/set/", RedirectView.as_view(pattern_name="account_reset_password"), name="account_set_password"),
    path("password/reset/", account.password_reset, name="account_reset_password"),
    path("password/reset/done/", account.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("password/reset/key/done/", account.password_reset_from_key_done, name="account_reset_password_from_key_done"),
]

# The second factor, under the names by which the sign-in package finds its own pages.
SECOND_FACTOR = [
    path("", RedirectView.as_view(pattern_name="me"), name="mfa_index"),
    path("code/", second_factor.CodePage.as_view(), name="mfa_authenticate"),
    path("again/", second_factor.AgainPage.as_view(), name="mfa_reauthenticate"),
    path("set-up/", second_factor.SetUpPage.as_view(), name="mfa_activate_totp"),
    path("switch-off/", second_factor.SwitchOffPage.as_view(), name="mfa_deactivate_totp"),
    path("recovery-codes/", second_factor.CodesPage.as_view(), name="mfa_view_recovery_codes"),
    path("recovery-codes/new/", second_factor.NewCodesPage.as_view(), name="mfa_generate_recovery_codes"),
]

# The councils' own sign-in. Linking, unlinking and signing up through it have no address.
SINGLE_SIGN_ON = [
    path("<slug:provider_id>/", single_sign_on.begin, name="openid_connect_login"),
    path("<slug:provider_id>/back/", single_sign_on.come_back, name="openid_connect_callback"),
]

urlpatterns = [
    path("accounts/", include(ACCOUNTS)),
    path("accounts/second-factor/", include(SECOND_FACTOR)),
    path("accounts/council/", include(SINGLE_SIGN_ON)),
    path("admin/", site.urls),
    path("", include("tracker.web.urls")),
    path("", include("tracker.api.urls")),
]
