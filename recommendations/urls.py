"""Every page: its address, who may open it (the guard enforces it), the view, the name."""

from django.urls import path

from recommendations.permissions import clerks, members, officers, public
from recommendations.views import (
    dashboard,
    files,
    follow_ups,
    intake,
    meetings,
    minutes,
    pasting,
    responses,
    witnesses,
    work,
)
from recommendations.views import recommendations as views

ONE = "recommendations/<slug:slug>/"
REPORT = "follow-up-reports/<int:pk>/"
ANSWER = "answers/<int:pk>/"
DRAFT = "minutes/<int:pk>/"
WITNESS = "witnesses/<int:pk>/"

urlpatterns = [
    path("", public(dashboard.Dashboard.as_view()), name="dashboard"),
    path("home/", members(work.home), name="home"),
    path("my-work/", officers(work.MyWork.as_view()), name="my-work"),
    path("desk/", clerks(work.Desk.as_view()), name="desk"),
    path("desk/assign/", clerks(work.AssignMany.as_view()), name="assign-many"),
    # Recommendations
    path("recommendations/", public(views.Recommendations.as_view()), name="recommendations"),
    path(ONE, public(views.RecommendationPage.as_view()), name="recommendation"),
    path(f"{ONE}follow/", members(views.follow), name="recommendation-follow"),
    path(f"{ONE}update/", officers(views.WriteUpdate.as_view()), name="recommendation-update"),
    path(f"{ONE}owner/", clerks(views.Assign.as_view()), name="recommendation-owner"),
    path(f"{ONE}due-date/", clerks(views.SetDueDate.as_view()), name="recommendation-due-date"),
    path(f"{ONE}later-date/", officers(views.AskForLaterDate.as_view()), name="recommendation-later-date"),
    path(f"{ONE}close/", clerks(views.Close.as_view()), name="recommendation-close"),
    path(f"{ONE}reopen/", clerks(views.Reopen.as_view()), name="recommendation-reopen"),
    path(f"{ONE}title/", clerks(views.Retitle.as_view()), name="recommendation-title"),
    path(f"{ONE}words/", clerks(views.Correct.as_view()), name="recommendation-words"),
    path(f"{ONE}exempt/", clerks(views.MarkExempt.as_view()), name="recommendation-exempt"),
    path(f"{ONE}evidence/", clerks(views.LinkEvidence.as_view()), name="recommendation-evidence"),
    path(f"{ONE}addressees/", clerks(responses.AddAddressee.as_view()), name="addressee-new"),
    path(f"{ONE}reports/", clerks(follow_ups.OrderReport.as_view()), name="follow-up-new"),
    # Follow-up reports
    path("follow-up-reports/", public(follow_ups.FollowUps.as_view()), name="follow-ups"),
    path(f"{REPORT}submit/", officers(follow_ups.SubmitReport.as_view()), name="follow-up-submit"),
    path(f"{REPORT}receive/", clerks(follow_ups.ReceiveReport.as_view()), name="follow-up-receive"),
    path(f"{REPORT}waive/", clerks(follow_ups.WaiveReport.as_view()), name="follow-up-waive"),
    path(f"{REPORT}due-date/", clerks(views.SetDueDate.as_view()), name="follow-up-due-date"),
    path(f"{REPORT}later-date/", officers(views.AskForLaterDate.as_view()), name="follow-up-later-date"),
    # Answers and dates
    path("answers/", public(responses.Answers.as_view()), name="answers"),
    path(f"{ANSWER}clock/", clerks(responses.StartClock.as_view()), name="answer-clock"),
    path(f"{ANSWER}answer/", clerks(responses.RecordAnswer.as_view()), name="answer-record"),
    path("date-changes/<int:pk>/", clerks(responses.DecideDateChange.as_view()), name="date-change"),
    # Meetings
    path("meetings/", members(meetings.Meetings.as_view()), name="meetings"),
    path("meetings/new/", clerks(meetings.AddMeeting.as_view()), name="meeting-new"),
    path("meetings/<int:pk>/", members(meetings.MeetingPage.as_view()), name="meeting"),
    path("meetings/<int:pk>/correct/", clerks(meetings.CorrectMeeting.as_view()), name="meeting-correct"),
    # Who spoke at them
    path("witnesses/", members(witnesses.Witnesses.as_view()), name="witnesses"),
    path(WITNESS, members(witnesses.WitnessPage.as_view()), name="witness"),
    path(f"{WITNESS}merge/", clerks(witnesses.MergeWitness.as_view()), name="witness-merge"),
    path(f"{WITNESS}take-apart/", clerks(witnesses.UnmergeWitness.as_view()), name="witness-unmerge"),
    # Minutes on their way in
    path("minutes/", clerks(intake.Drafts.as_view()), name="drafts"),
    path("minutes/new/", clerks(intake.NewDraft.as_view()), name="draft-new"),
    path("minutes/lines/", clerks(pasting.lines_of_paste), name="draft-lines"),
    path(DRAFT, clerks(minutes.ReviewDraft.as_view()), name="draft"),
    path(f"{DRAFT}recommendations/", clerks(minutes.DraftRecommendations.as_view()), name="draft-recommendations"),
    path(f"{DRAFT}check/", clerks(minutes.CheckDraft.as_view()), name="draft-check"),
    path(f"{DRAFT}discard/", clerks(minutes.DiscardDraft.as_view()), name="draft-discard"),
    # Files
    path("files/updates/<int:pk>/", members(files.update_file), name="update-file"),
    path("files/reports/<int:pk>/", members(files.report_file), name="report-file"),
]
