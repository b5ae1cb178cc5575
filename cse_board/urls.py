"""Where everything hangs: the domain's pages, signing in, and the administration."""

from django.contrib import admin
from django.contrib.auth import views as auth
from django.urls import include, path
from django.utils.translation import gettext_lazy as _

from recommendations.forms.accounts import PasswordForm, SignInForm
from recommendations.views.accounts import ChoosePassword, ForgottenPassword, LetterSent

admin.site.site_header = admin.site.site_title = _("CSE Board: administration")
admin.site.index_title = _("People, groups and reference data")

urlpatterns = [
    path("", include("recommendations.urls")),
    path(
        "sign-in/",
        auth.LoginView.as_view(authentication_form=SignInForm, redirect_authenticated_user=True),
        name="sign-in",
    ),
    path("sign-out/", auth.LogoutView.as_view(), name="sign-out"),
    path(
        "password/",
        auth.PasswordChangeView.as_view(form_class=PasswordForm, success_url="done/"),
        name="password-change",
    ),
    path("password/done/", auth.PasswordChangeDoneView.as_view(), name="password-change-done"),
    path("password/forgotten/", ForgottenPassword.as_view(), name="password-forgotten"),
    path("password/forgotten/sent/", LetterSent.as_view(), name="password-sent"),
    path("password/choose/<uidb64>/<token>/", ChoosePassword.as_view(), name="password-choose"),
    path("administration/", admin.site.urls),
]
