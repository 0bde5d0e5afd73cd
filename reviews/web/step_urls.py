"""Addresses of the steps, made of their data: the verb stands last."""

from django.urls import path

from reviews.web.steps import correction_steps, lowering_steps, published_steps, review_steps, source_steps, text_steps
from reviews.web.steps.step_page import view_of

STEPS = (
    *review_steps.STEPS,
    *text_steps.STEPS,
    *correction_steps.STEPS,
    *published_steps.STEPS,
    *source_steps.STEPS,
    *lowering_steps.STEPS,
)
urlpatterns = [path(step.address, view_of(step), name=step.verb) for step in STEPS]
