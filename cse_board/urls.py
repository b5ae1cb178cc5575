"""Where everything hangs: the domain's pages, signing in, one's own account, and the administration.

The pages of signing in have two names each: ours, and the one by which the library asks for them.
"""

from allauth.mfa.webauthn import views as passkeys
from django.contrib import admin
from django.contrib.auth import views as auth
from django.urls import include, path
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from cse_board.probes import PROBES
from recommendations.permissions import anyone, holders
from recommendations.views import accounts, your_account

admin.site.site_header = admin.site.site_title = _("CSE Board: administration")
admin.site.index_title = _("People, groups and reference data")
# What allauth keeps is its own business: here it would show secrets, and change them past all rules and records.
for model in [each for each in admin.site._registry if each.__module__.startswith("allauth.")]:
    admin.site.unregister(model)
# Not Django's own doors, which ask for no second factor.
admin.site.login = accounts.administration_sign_in  # type: ignore[method-assign]
admin.site.has_permission = accounts.may_administer  # type: ignore[method-assign]
admin.site.password_change = accounts.to_change_of_password  # type: ignore[method-assign]

handler400 = "cse_board.faults.unreadable"
handler500 = "cse_board.faults.failed"
handler429 = "recommendations.views.accounts.tried_too_often"

sign_in, sign_out = anyone(accounts.SignIn.as_view()), anyone(auth.LogoutView.as_view())
account = holders(your_account.YourAccount.as_view())

urlpatterns = [
    path("", include("recommendations.urls")),
    path("sign-in/", sign_in, name="account_login"),
    path("sign-in/", sign_in, name="sign-in"),
    path("sign-in/second-factor/", anyone(your_account.SecondFactor.as_view()), name="mfa_authenticate"),
    path("sign-in/passkey/", anyone(passkeys.login_webauthn), name="mfa_login_webauthn"),
    path(
        "sign-in/switched-off/",
        anyone(TemplateView.as_view(template_name="registration/switched_off.html")),
        name="account_inactive",
    ),
    path("sign-in/council/", anyone(accounts.to_the_council), name="council"),
    path("sign-in/council/back/", anyone(accounts.back_from_the_council), name="council-back"),
    path("sign-out/", sign_out, name="account_logout"),
    path("sign-out/", sign_out, name="sign-out"),
    path("password/", holders(accounts.ChangePassword.as_view()), name="password-change"),
    path("password/done/", holders(auth.PasswordChangeDoneView.as_view()), name="password-change-done"),
    path("password/forgotten/", anyone(accounts.ForgottenPassword.as_view()), name="password-forgotten"),
    path("password/forgotten/sent/", anyone(accounts.LetterSent.as_view()), name="password-sent"),
    path("password/choose/<uidb64>/<token>/", anyone(accounts.ChoosePassword.as_view()), name="password-choose"),
    # One's own account
    path("account/", account, name="mfa_index"),
    path("account/", account, name="mfa_list_webauthn"),
    path("account/", account, name="account"),
    path("account/again/", holders(your_account.PasswordAgain.as_view()), name="account_reauthenticate"),
    path("account/again/code/", holders(your_account.CodeAgain.as_view()), name="mfa_reauthenticate"),
    path("account/again/passkey/", holders(your_account.PasskeyAgain.as_view()), name="mfa_reauthenticate_webauthn"),
    path("account/app/", holders(your_account.SetUpApp.as_view()), name="mfa_activate_totp"),
    path("account/app/remove/", holders(your_account.RemoveApp.as_view()), name="mfa_deactivate_totp"),
    path("account/passkeys/new/", holders(your_account.AddPasskey.as_view()), name="mfa_add_webauthn"),
    path("account/passkeys/<int:pk>/", holders(your_account.RenamePasskey.as_view()), name="mfa_edit_webauthn"),
    path(
        "account/passkeys/<int:pk>/remove/", holders(your_account.RemovePasskey.as_view()), name="mfa_remove_webauthn"
    ),
    path("account/codes/", holders(your_account.Codes.as_view()), name="mfa_view_recovery_codes"),
    path("account/codes/new/", holders(your_account.NewCodes.as_view()), name="mfa_generate_recovery_codes"),
    path(
        "account/codes/recovery-codes.txt",
        holders(your_account.CodesFile.as_view()),
        name="mfa_download_recovery_codes",
    ),
    path(
        "account/second-factor-needed/", holders(your_account.SecondFactorNeeded.as_view()), name="second-factor-needed"
    ),
    path("account/here/", holders(your_account.still_here), name="still-here"),
    path("account/places/", holders(your_account.Places.as_view()), name="account-places"),
    path("administration/", admin.site.urls),
    # What a middleware answers before all others (cse_board/probes.py).
    *[path(name, anyone(probe), name=name) for name, probe in PROBES.items()],
]
