"""For administrators: people, groups and reference data. Nothing with a status is here: that changes by its verbs only.

Plain `ModelAdmin` throughout: the history library's own admin would let a POST put back an earlier status.
"""

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.forms import BaseUserCreationForm
from django.contrib.auth.models import Group
from django.db.models import ManyToManyField
from django.utils.translation import gettext_lazy as _

from recommendations.models import Board, Membership, Organisation, ResponseRegime, User


class KeptAdmin(admin.ModelAdmin):
    """Records are added and changed, never deleted."""

    def has_delete_permission(self, request, obj=None):
        return False


class NewPersonForm(BaseUserCreationForm):
    class Meta:
        model = User
        fields = ("email", "full_name")
        field_classes = {"email": forms.EmailField}
        # It is somebody else's address: the browser must not offer one's own.
        widgets = {"email": forms.EmailInput({"autocomplete": "off"})}


class MembershipInline(admin.StackedInline):
    # Not a table: Django gives the boxes in one no labels.
    model = Membership
    extra = 0
    can_delete = False


@admin.register(User)
class PersonAdmin(KeptAdmin, UserAdmin):
    add_form = NewPersonForm
    inlines = [MembershipInline]
    ordering = ["full_name"]
    list_display = ["full_name", "email", "job_title", "is_active", "last_login"]
    list_filter = ["groups", "is_active"]
    search_fields = ["full_name", "email"]
    readonly_fields = ["last_login", "is_superuser"]
    fieldsets = [
        (None, {"fields": ["email", "password", "full_name", "job_title", "manager_email"]}),
        (_("Rights"), {"fields": ["is_active", "is_staff", "is_superuser", "groups"]}),
        (_("Record"), {"fields": ["last_login"]}),
    ]
    add_fieldsets = [(None, {"fields": ["email", "full_name", "password1", "password2"]})]
    # Four groups: boxes to tick, where Django's chooser of two lists breaks WCAG.
    filter_horizontal = []
    formfield_overrides = {ManyToManyField: {"widget": forms.CheckboxSelectMultiple}}


# Django has registered it with the chooser of two lists.
admin.site.unregister(Group)


@admin.register(Group)
class PlainGroupAdmin(GroupAdmin):
    """To look at: what a role may do is written in the program, and its name is what people are known by there."""

    filter_horizontal = []

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(Board)
class BoardAdmin(KeptAdmin):
    """How a board ends, and who follows it, is the clerk's: the page of boards hands over what is open."""

    readonly_fields = ["ended_on", "successor"]
    list_display = ["name", "code", "ended_on", "successor"]
    search_fields = ["name", "code"]


@admin.register(Organisation)
class OrganisationAdmin(KeptAdmin):
    list_display = ["name", "regime"]
    list_filter = ["regime"]
    search_fields = ["name", "also_known_as"]


@admin.register(ResponseRegime)
class ResponseRegimeAdmin(KeptAdmin):
    list_display = ["name", "months", "days"]
