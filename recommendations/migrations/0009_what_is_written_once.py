from django.db import migrations

from recommendations.triggers import AppendOnly, Keep

TABLES = (
    "recommendations_accountevent",
    "recommendations_handedover",
    "recommendations_historicalagendaitem",
    "recommendations_historicalattendancechange",
    "recommendations_historicalboard",
    "recommendations_historicaldatechange",
    "recommendations_historicaldiscussionpoint",
    "recommendations_historicalevidence",
    "recommendations_historicalfeed",
    "recommendations_historicalfollowing",
    "recommendations_historicalfollowupreport",
    "recommendations_historicalhandover",
    "recommendations_historicalmailpreference",
    "recommendations_historicalmeeting",
    "recommendations_historicalmembership",
    "recommendations_historicalminutesdraft",
    "recommendations_historicaloldtracker",
    "recommendations_historicalorganisation",
    "recommendations_historicalpartnerlink",
    "recommendations_historicalperson",
    "recommendations_historicalprogressupdate",
    "recommendations_historicalrecommendation",
    "recommendations_historicalresolution",
    "recommendations_historicalresponse",
    "recommendations_historicalresponseregime",
    "recommendations_historicalsavedview",
    "recommendations_historicalstatement",
    "recommendations_historicaluser",
    "recommendations_historicalwitness",
    "recommendations_linkuse",
)


class Migration(migrations.Migration):

    dependencies = [
        ('recommendations', '0008_account_events'),
    ]

    operations = [
        Keep(AppendOnly(*TABLES)),
    ]
