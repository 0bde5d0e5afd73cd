"""Every step is data of one kind: what its page and its button are made of is there, whatever the step."""

import pytest
from django.template.loader import get_template
from django.urls import reverse

from reviews import workflow
from reviews.web import step_urls
from reviews.web.steps import board_steps, campaign_steps
from reviews.web.steps.review_steps import REVIEW

ADMIN = (*board_steps.STEPS, board_steps.INVITE, board_steps.MY_ABSENCE, *campaign_steps.STEPS, campaign_steps.OPEN)
EVERY = (*step_urls.STEPS, *ADMIN)
# Steps that nobody takes: the clock does, or an alert.
BY_CLOCK_ALONE = {"alert", "warn"}


@pytest.mark.parametrize("step", EVERY, ids=lambda step: step.verb)
def test_step_has_its_words_its_rule_and_its_templates(step):
    # The forms on a review stand on its desk, under the desk's own headings.
    assert step.subject is REVIEW or str(step.title)
    assert step.may is not None or step.verb in workflow.TRANSITIONS
    assert [get_template(name) for name in (step.part, step.form_part) if name]


@pytest.mark.parametrize("step", step_urls.STEPS, ids=lambda step: step.verb)
def test_step_form_and_address_have_one_verb(step):
    assert step.form.verb == step.verb
    assert reverse(f"reviews:{step.verb}", args=[1]) == f"/{step.address.replace('<int:pk>', '1')}"


def test_every_verb_that_a_person_takes_has_a_step():
    assert set(workflow.TRANSITIONS) - {step.verb for step in step_urls.STEPS} == BY_CLOCK_ALONE
