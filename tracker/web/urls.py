"""Addresses of the site."""

from django.urls import path

from tracker.web import actions, evidence, extensions, home, intakes, moves, planning, progress, reports

urlpatterns = [
    path("", home.Home.as_view(), name="home"),
    path("favicon.ico", home.favicon, name="favicon"),
    path("actions/", actions.ActionList.as_view(), name="actions"),
    path("actions/<int:number>/", actions.ActionPage.as_view(), name="action"),
    path("actions/<int:number>/move/<str:move>/", moves.MovePage.as_view(), name="move"),
    path("actions/<int:number>/note/", moves.NotePage.as_view(), name="note"),
    path("actions/<int:number>/words/", planning.WordsPage.as_view(), name="edit-action"),
    path("actions/<int:number>/owner/", planning.OwnerPage.as_view(), name="assign"),
    path("actions/<int:number>/due/", planning.FirstDuePage.as_view(), name="first-due"),
    path("actions/<int:number>/extension/", extensions.AskPage.as_view(), name="ask-extension"),
    path("actions/<int:number>/evidence/<str:kind>/", evidence.AddPage.as_view(), name="add-evidence"),
    path("evidence/<int:number>/download/", evidence.Download.as_view(), name="download"),
    path("evidence/<int:number>/withdraw/", evidence.WithdrawPage.as_view(), name="withdraw-evidence"),
    path("extensions/<int:number>/decide/", extensions.DecidePage.as_view(), name="decide-extension"),
    path("extensions/<int:number>/withdraw/", extensions.WithdrawPage.as_view(), name="withdraw-extension"),
    path("progress/", progress.ProgressPage.as_view(), name="progress"),
    path("reports/", reports.ReportList.as_view(), name="reports"),
    path("reports/add/", intakes.UploadPage.as_view(), name="upload"),
    path("reports/waiting/<int:number>/", intakes.AcceptPage.as_view(), name="intake"),
    path("reports/waiting/<int:number>/set-aside/", intakes.SetAsidePage.as_view(), name="set-aside"),
    path("reports/<int:number>/", reports.ReportPage.as_view(), name="report"),
    path("reports/<int:number>/published/", reports.PublicationPage.as_view(), name="publication"),
    path("reports/<int:number>/received/", reports.ReceivedPage.as_view(), name="received"),
    path("statutory/<int:number>/", reports.MetPage.as_view(), name="met"),
]
