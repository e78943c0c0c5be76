"""Log-in, own password, own particulars."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from departments.forms.checked import WRONG_EMAIL, CheckedForm, required

MINUTES = round(settings.AXES_COOLOFF_TIME * 60)
WRONG = (
    f"用户名或密码不正确，请重新输入。连续输错{settings.AXES_FAILURE_LIMIT}次，账号锁定{MINUTES}分钟。"
    "忘了密码请找本级食安办重置。"
)


# Our own words by the validators' codes: the framework's are partly not translated.
UNFIT = {
    "password_too_short": "新密码太短，至少要10位。",
    "password_too_common": "新密码太常见，容易被猜到，请换一个。",
    "password_entirely_numeric": "新密码不能只用数字，请加上字母或符号。",
    "password_too_similar": "新密码与姓名、用户名或邮箱太相近，请换一个。",
}


class LogInForm(AuthenticationForm):
    """One sentence for whatever is wrong, which does not tell whether the user name exists."""

    error_messages = {"invalid_login": WRONG, "inactive": WRONG}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = "用户名"
        self.fields["username"].error_messages["required"] = "用户名没有填写。"
        self.fields["password"].label = "密码"
        self.fields["password"].error_messages["required"] = "密码没有填写。"


class OwnPasswordForm(PasswordChangeForm):
    """Old password, new one twice; the new one must differ from the old."""

    error_messages = {
        "password_incorrect": "现在的密码不正确，请重新输入。",
        "password_mismatch": "两次输入的新密码不一样，请重新输入。",
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["old_password"].label = "现在的密码"
        self.fields["new_password1"].label = "新密码"
        self.fields["new_password1"].help_text = "至少10位，不能只用数字，不要与姓名、用户名相近"
        self.fields["new_password2"].label = "再输一遍新密码"
        self.fields["new_password2"].help_text = ""
        for field in self.fields.values():
            field.error_messages["required"] = f"{field.label}没有填写。"

    def validate_password_for_user(self, user: Any, password_field_name: str = "new_password2") -> None:  # noqa: S107
        password = self.cleaned_data.get("new_password1")
        if not password or not self.cleaned_data.get(password_field_name):
            return
        try:
            validate_password(password, user)
        except ValidationError as refusal:
            for error in refusal.error_list:
                self.add_error("new_password1", UNFIT.get(error.code or "", str(error.message)))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("new_password1") and cleaned.get("new_password1") == cleaned.get("old_password"):
            self.add_error("new_password1", "新密码与现在的密码相同，请换一个。")
        return cleaned


class ParticularsForm(CheckedForm):
    """One's own name and contact."""

    name = forms.CharField(label="姓名", error_messages=required("姓名"))
    phone = forms.CharField(label="手机", required=False, widget=forms.TextInput(attrs={"type": "tel"}))
    email = forms.EmailField(label="邮箱", required=False, error_messages={"invalid": WRONG_EMAIL})
