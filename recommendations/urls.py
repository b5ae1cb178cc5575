"""Every page: its address, who may open it (the guard enforces it), the view, the name."""

from django.urls import path

from recommendations.permissions import administrators, anyone, clerks, members, officers, organisers, public
from recommendations.views import (
    account_events,
    agenda,
    boards,
    changes,
    crawlers,
    dashboard,
    downloads,
    feeds,
    files,
    follow_ups,
    getting_started,
    impact,
    intake,
    late,
    mails,
    meetings,
    minutes,
    organisations,
    partner_links,
    partner_pages,
    pasting,
    people,
    redactions,
    responses,
    saved_views,
    seals,
    search,
    sign_off,
    similar,
    statements,
    trackers,
    witnesses,
    work,
)
from recommendations.views import recommendations as views
from recommendations.views.keys import keyholders, partners

ONE = "recommendations/<slug:slug>/"
REPORT = "follow-up-reports/<int:pk>/"
ANSWER = "answers/<int:pk>/"
PARTNER = "answer/<str:key>/"
DRAFT = "minutes/<int:pk>/"
TRACKER = "old-trackers/<int:pk>/"
WITNESS = "witnesses/<int:pk>/"
PERSON = "people/<int:pk>/"
FEED = "calendar/<int:pk>/"

urlpatterns = [
    path("", public(dashboard.Dashboard.as_view()), name="dashboard"),
    path("home/", members(work.home), name="home"),
    path("my-work/", officers(work.MyWork.as_view()), name="my-work"),
    path("desk/", clerks(work.Desk.as_view()), name="desk"),
    path("desk/assign/", clerks(work.AssignMany.as_view()), name="assign-many"),
    path("late/", public(late.Late.as_view()), name="late"),
    path("getting-started/", organisers(getting_started.GettingStarted.as_view()), name="getting-started"),
    path("getting-started/skip/", organisers(getting_started.skip), name="getting-started-skip"),
    path("search/", public(search.Search.as_view()), name="search"),
    path("search/asked-before/", public(search.AskedBefore.as_view()), name="asked-before"),
    # Recommendations
    path("recommendations/", public(views.Recommendations.as_view()), name="recommendations"),
    path("recommendations.<str:ending>", public(downloads.RecommendationsFile.as_view()), name="recommendations-file"),
    path(
        "recommendations/history.<str:ending>", members(downloads.HistoryFile.as_view()), name="recommendations-history"
    ),
    path(f"{ONE}history.<str:ending>", members(downloads.OneHistoryFile.as_view()), name="recommendation-history"),
    path(ONE, public(views.RecommendationPage.as_view()), name="recommendation"),
    path(f"{ONE}similar/", public(similar.Similar.as_view()), name="recommendation-similar"),
    path(f"{ONE}follow/", members(views.follow), name="recommendation-follow"),
    path(f"{ONE}update/", officers(views.WriteUpdate.as_view()), name="recommendation-update"),
    path(f"{ONE}owner/", clerks(views.Assign.as_view()), name="recommendation-owner"),
    path(f"{ONE}due-date/", clerks(views.SetDueDate.as_view()), name="recommendation-due-date"),
    path(f"{ONE}later-date/", officers(views.AskForLaterDate.as_view()), name="recommendation-later-date"),
    path(f"{ONE}close/", clerks(views.Close.as_view()), name="recommendation-close"),
    path(f"{ONE}reopen/", clerks(views.Reopen.as_view()), name="recommendation-reopen"),
    path(f"{ONE}outcome/", clerks(views.NoteOutcome.as_view()), name="recommendation-outcome"),
    path(f"{ONE}title/", clerks(views.Retitle.as_view()), name="recommendation-title"),
    path(f"{ONE}words/", clerks(views.Correct.as_view()), name="recommendation-words"),
    path(f"{ONE}exempt/", clerks(views.MarkExempt.as_view()), name="recommendation-exempt"),
    path(f"{ONE}evidence/", clerks(views.LinkEvidence.as_view()), name="recommendation-evidence"),
    path(f"{ONE}addressees/", clerks(responses.AddAddressee.as_view()), name="addressee-new"),
    path(f"{ONE}reports/", clerks(follow_ups.OrderReport.as_view()), name="follow-up-new"),
    # Follow-up reports
    path("follow-up-reports/", public(follow_ups.FollowUps.as_view()), name="follow-ups"),
    path("follow-up-reports.<str:ending>", public(downloads.FollowUpsFile.as_view()), name="follow-ups-file"),
    path(f"{REPORT}submit/", officers(follow_ups.SubmitReport.as_view()), name="follow-up-submit"),
    path(f"{REPORT}receive/", clerks(follow_ups.ReceiveReport.as_view()), name="follow-up-receive"),
    path(f"{REPORT}repeats/", clerks(follow_ups.RepeatReport.as_view()), name="follow-up-repeats"),
    path(f"{REPORT}waive/", clerks(follow_ups.WaiveReport.as_view()), name="follow-up-waive"),
    path(f"{REPORT}due-date/", clerks(views.SetDueDate.as_view()), name="follow-up-due-date"),
    path(f"{REPORT}later-date/", officers(views.AskForLaterDate.as_view()), name="follow-up-later-date"),
    # Answers and dates
    path("answers/", public(responses.Answers.as_view()), name="answers"),
    path("answers.<str:ending>", public(downloads.AnswersFile.as_view()), name="answers-file"),
    path(f"{ANSWER}clock/", clerks(responses.StartClock.as_view()), name="answer-clock"),
    path(f"{ANSWER}answer/", clerks(responses.RecordAnswer.as_view()), name="answer-record"),
    path(f"{ANSWER}organisation/", clerks(responses.NameOrganisation.as_view()), name="answer-organisation"),
    path(f"{ANSWER}link/", clerks(partner_links.MakeLink.as_view()), name="answer-link"),
    path("date-changes/<int:pk>/", clerks(responses.DecideDateChange.as_view()), name="date-change"),
    # Answers without an account: the links, and what they open
    path("links/", clerks(partner_links.Links.as_view()), name="links"),
    path("links/<int:pk>/withdraw/", clerks(partner_links.WithdrawLink.as_view()), name="link-withdraw"),
    path(PARTNER, partners(partner_pages.Questions.as_view()), name="partner-questions"),
    path(f"{PARTNER}<int:pk>/", partners(partner_pages.Answer.as_view()), name="partner-answer"),
    path(f"{PARTNER}<int:pk>/update/", partners(partner_pages.Update.as_view()), name="partner-update"),
    # Meetings
    path("meetings/", public(meetings.Meetings.as_view()), name="meetings"),
    path("meetings.<str:ending>", public(downloads.MeetingsFile.as_view()), name="meetings-file"),
    path("meetings/new/", clerks(meetings.AddMeeting.as_view()), name="meeting-new"),
    path("meetings/<int:pk>/", public(meetings.MeetingPage.as_view()), name="meeting"),
    path("meetings/<int:pk>/sign-off/", clerks(sign_off.SignOffMeeting.as_view()), name="meeting-sign-off"),
    path("meetings/<int:pk>/changes/", members(changes.ChangesPage.as_view()), name="meeting-changes"),
    path("meetings/<int:pk>/changes.docx", members(changes.ChangesInWord.as_view()), name="meeting-changes-word"),
    path("meetings/<int:pk>/correct/", clerks(meetings.CorrectMeeting.as_view()), name="meeting-correct"),
    path("boards/", public(boards.Boards.as_view()), name="boards"),
    path("boards/new/", organisers(boards.AddBoard.as_view()), name="board-new"),
    path("boards/<int:pk>/correct/", organisers(boards.CorrectBoard.as_view()), name="board-correct"),
    path("organisations/", public(organisations.Organisations.as_view()), name="organisations"),
    path("organisations.<str:ending>", public(downloads.OrganisationsFile.as_view()), name="organisations-file"),
    path("organisations/<int:pk>/", public(organisations.OrganisationPage.as_view()), name="organisation"),
    path("organisations/new/", organisers(boards.AddOrganisation.as_view()), name="organisation-new"),
    path(
        "organisations/<int:pk>/correct/", organisers(boards.CorrectOrganisation.as_view()), name="organisation-correct"
    ),
    path("boards/<int:pk>/tracker/", public(agenda.TrackerPage.as_view()), name="board-tracker"),
    path("boards/<int:pk>/tracker.<str:ending>", public(agenda.TrackerFile.as_view()), name="board-tracker-file"),
    path("boards/<int:pk>/columns/", clerks(agenda.ChooseColumns.as_view()), name="board-columns"),
    path("boards/all/tracker/", public(agenda.TrackerPage.as_view()), name="all-trackers"),
    path("boards/all/tracker.<str:ending>", public(agenda.TrackerFile.as_view()), name="all-trackers-file"),
    path("boards/<int:pk>/hand-over/", clerks(boards.HandOverBoard.as_view()), name="board-hand-over"),
    path("hand-overs/<int:pk>/undo/", clerks(boards.UndoHandOver.as_view()), name="hand-over-undo"),
    # What came of it all, by municipal year
    path("impact/", public(impact.latest_impact), name="impact"),
    path("impact/<int:year>/", public(impact.ImpactPage.as_view()), name="impact-year"),
    path("impact/<int:year>.docx", public(impact.ImpactInWord.as_view()), name="impact-word"),
    path("boards/<int:pk>/impact/", public(impact.latest_impact), name="board-impact"),
    path("boards/<int:pk>/impact/<int:year>/", public(impact.ImpactPage.as_view()), name="board-impact-year"),
    path("boards/<int:pk>/impact/<int:year>.docx", public(impact.ImpactInWord.as_view()), name="board-impact-word"),
    # People who sign in
    path("people/", organisers(people.People.as_view()), name="people"),
    path("people/new/", organisers(people.AddPerson.as_view()), name="person-new"),
    path(PERSON, organisers(people.PersonPage.as_view()), name="person"),
    path(f"{PERSON}correct/", organisers(people.CorrectPerson.as_view()), name="person-correct"),
    path(f"{PERSON}invite/", organisers(people.InvitePerson.as_view()), name="person-invite"),
    path(f"{PERSON}switch/", organisers(people.SwitchPerson.as_view()), name="person-switch"),
    path(f"{PERSON}second-factors/", administrators(account_events.TakeFactorsAway.as_view()), name="person-factors"),
    path(f"{PERSON}boards/new/", organisers(people.SitOnBoard.as_view()), name="person-board"),
    path("memberships/<int:pk>/end/", organisers(people.EndMembership.as_view()), name="membership-end"),
    path("sign-ins/", administrators(account_events.Events.as_view()), name="account-events"),
    path("sign-ins.<str:ending>", administrators(downloads.AccountEventsFile.as_view()), name="account-events-file"),
    path("sign-ins/rules/", administrators(account_events.RequireSecondFactors.as_view()), name="sign-in-rules"),
    # Who spoke at them
    path("witnesses/", members(witnesses.Witnesses.as_view()), name="witnesses"),
    path("witnesses.<str:ending>", members(downloads.WitnessesFile.as_view()), name="witnesses-file"),
    path(WITNESS, members(witnesses.WitnessPage.as_view()), name="witness"),
    path(f"{WITNESS}merge/", clerks(witnesses.MergeWitness.as_view()), name="witness-merge"),
    path(f"{WITNESS}take-apart/", clerks(witnesses.UnmergeWitness.as_view()), name="witness-unmerge"),
    # Views of the lists, each person's own
    path("views/<slug:page>/new/", members(saved_views.KeepView.as_view()), name="saved-view-new"),
    path("views/<int:pk>/", members(saved_views.ChangeView.as_view()), name="saved-view"),
    path("views/<int:pk>/remove/", members(saved_views.RemoveView.as_view()), name="saved-view-remove"),
    # Minutes on their way in
    path("minutes/", clerks(intake.Drafts.as_view()), name="drafts"),
    path("minutes/new/", clerks(intake.NewDraft.as_view()), name="draft-new"),
    path("minutes/lines/", clerks(pasting.lines_of_paste), name="draft-lines"),
    path(DRAFT, clerks(minutes.ReviewDraft.as_view()), name="draft"),
    path(f"{DRAFT}recommendations/", clerks(minutes.DraftRecommendations.as_view()), name="draft-recommendations"),
    path(f"{DRAFT}check/", clerks(minutes.CheckDraft.as_view()), name="draft-check"),
    path(f"{DRAFT}discard/", clerks(minutes.DiscardDraft.as_view()), name="draft-discard"),
    # Old trackers on their way in
    path("old-trackers/", clerks(trackers.Trackers.as_view()), name="trackers"),
    path("old-trackers/new/", clerks(trackers.NewTracker.as_view()), name="tracker-new"),
    path(TRACKER, clerks(trackers.TrackerColumns.as_view()), name="tracker"),
    path(f"{TRACKER}words/", clerks(trackers.TrackerWords.as_view()), name="tracker-words"),
    path(f"{TRACKER}check/", clerks(trackers.CheckTracker.as_view()), name="tracker-check"),
    path(f"{TRACKER}discard/", clerks(trackers.DiscardTracker.as_view()), name="tracker-discard"),
    # E-mails
    path("your-emails/", members(mails.YourMails.as_view()), name="your-mails"),
    path("emails/", clerks(mails.Mails.as_view()), name="mails"),
    path("reminders/stop/<str:token>/", anyone(mails.StopReminders.as_view()), name="reminders-stop"),
    # Calendars and news: the addresses, and what they open
    path("calendar/", public(feeds.Calendars.as_view()), name="calendars"),
    path("calendar/new/", members(feeds.BeginFeed.as_view()), name="feed-new"),
    path(f"{FEED}new-address/", members(feeds.RenewFeed.as_view()), name="feed-renew"),
    path(f"{FEED}stop/", members(feeds.StopFeed.as_view()), name="feed-stop"),
    path("calendar/<str:key>.ics", keyholders(feeds.private_calendar), name="private-calendar"),
    path("feeds/<str:key>/overdue.atom", keyholders(feeds.private_overdue), name="private-overdue"),
    path("feeds/<str:key>/closures.atom", keyholders(feeds.private_closures), name="private-closures"),
    path("boards/<path:code>/due-dates.ics", public(feeds.board_calendar), name="board-calendar"),
    path("feeds/overdue.atom", public(feeds.overdue), name="overdue"),
    path("feeds/closures.atom", public(feeds.closures), name="closures"),
    # Proof of the history
    path("seals/", public(seals.Seals.as_view()), name="seals"),
    path("seals.txt", public(seals.seals_text), name="seals-text"),
    path("seals.atom", public(seals.seals_feed), name="seals-feed"),
    path("redactions/", organisers(redactions.Redactions.as_view()), name="redactions"),
    # What the council says about the site
    path("accessibility/", anyone(statements.StatementPage.as_view(kind="accessibility")), name="accessibility"),
    path("privacy/", anyone(statements.StatementPage.as_view(kind="privacy")), name="privacy"),
    path("statements/<slug:kind>/edit/", administrators(statements.EditStatement.as_view()), name="statement-edit"),
    # For search engines
    path("robots.txt", anyone(crawlers.robots), name="robots"),
    path("sitemap.xml", public(crawlers.map_of_maps), name="sitemap"),
    path("sitemap-<slug:section>.xml", public(crawlers.map_of_part), name="sitemap-part"),
    # Files
    path("files/updates/<int:pk>/", members(files.update_file), name="update-file"),
    path("files/reports/<int:pk>/", members(files.report_file), name="report-file"),
    path("files/trackers/<int:pk>/", clerks(trackers.tracker_file), name="tracker-file"),
    path("files/answers/<int:pk>/<int:version>/", members(files.answer_file), name="answer-file"),
]
