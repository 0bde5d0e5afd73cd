"""Addresses of the steps: the verb stands last."""

from django.urls import path

from reviews.web import article_step_views, correction_views, publication_step_views, source_step_views, step_views

urlpatterns = (
    [
        path(f"reviews/<int:pk>/{view.__name__.replace('_', '-')}/", view, name=view.__name__)
        for view in (
            step_views.assign,
            step_views.accept,
            step_views.decline,
            step_views.rule,
            step_views.release,
            step_views.extend,
            step_views.approve,
            step_views.rescind,
            step_views.request_changes,
            step_views.reject,
            step_views.recall,
            step_views.mark,
            step_views.unmark,
            step_views.open_thread,
            step_views.comment,
            step_views.resolve,
            step_views.concur,
        )
    ]
    + [
        path(f"desk/articles/<int:pk>/{view.__name__}/", view, name=view.__name__)
        for view in (
            article_step_views.submit,
            correction_views.correct,
            correction_views.merge,
            article_step_views.rereview,
            article_step_views.retract,
            article_step_views.waive,
            article_step_views.catalogue,
        )
    ]
    + [
        path("desk/sources/<int:pk>/record-update/", source_step_views.record_update, name="record_update"),
        path("desk/published/", publication_step_views.published_texts, name="published_texts"),
        path("desk/published/<int:pk>/", publication_step_views.published_text, name="published_text"),
        *(
            path(f"desk/{noun}/<int:pk>/{view.__name__.replace('_', '-')}/", view, name=view.__name__)
            for noun, view in (
                ("articles", publication_step_views.suspend),
                ("articles", publication_step_views.retire),
                ("articles", publication_step_views.notice),
                ("suspensions", publication_step_views.lift),
                ("suspensions", publication_step_views.withdraw_lift),
                ("notices", publication_step_views.sign_notice),
                ("notices", publication_step_views.withdraw_notice),
            )
        ),
    ]
)
