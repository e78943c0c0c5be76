from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("reporting", "0002_signature_asked"),
    ]

    operations = [
        migrations.AddField(
            model_name="progressreport",
            name="timed_until",
            field=models.DateTimeField(blank=True, null=True, verbose_name="计时到"),
        ),
        migrations.AddField(
            model_name="narrative",
            name="removed_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="删除时间"),
        ),
    ]
