"""Who may open what: a row a URL and method, a column a role.

200 opens; 302 did something and leads on; sign: to the sign-in page; 403 seen but not permitted; 404 not to be seen;
405 not by this method; 422 the form came back. The article is under review: `author` wrote it, `member` accepted it.
"""

from dataclasses import dataclass

ROLES = ("visitor", "nobody", "author", "other author", "editor", "member", "other member", "auditor", "administrator")


@dataclass(frozen=True)
class Row:
    method: str
    name: str
    parts: tuple[str, ...]
    outcomes: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.method} {self.name}"


TABLE = """
GET  accounts:login                           -               200  302  302  302  302  302  302  302  302
GET  accounts:logout                          -               405  405  405  405  405  405  405  405  405
POST accounts:logout                          -               302  302  302  302  302  302  302  302  302
GET  accounts:password_change                 -               sign 200  200  200  200  200  200  200  200
GET  admin:index                              -               302  302  200  200  200  200  200  200  200
GET  admin:login                              -               sign 403  403  403  403  403  403  403  403
GET  admin:logout                             -               302  302  405  405  405  405  405  405  405
GET  admin:password_change                    -               302  302  200  200  200  200  200  200  200
GET  admin:password_change_done               -               302  302  200  200  200  200  200  200  200
GET  admin:autocomplete                       -               302  302  403  403  403  403  403  403  403
GET  admin:jsi18n                             -               302  302  200  200  200  200  200  200  200
GET  admin:view_on_site                       any,on          302  302  404  404  404  404  404  404  404
GET  admin:accounts_user_send_link            user            sign 302  403  403  403  403  403  403  200
GET  accounts:password_forgotten              -               200  200  200  200  200  200  200  200  200
GET  accounts:password_set                    MQ,none         200  200  200  200  200  200  200  200  200
GET  admin:accounts_user_changelist           -               sign 302  403  403  403  403  403  200  200
GET  admin:accounts_user_add                  -               sign 302  403  403  403  403  403  403  200
GET  admin:accounts_user_history              user            sign 302  403  403  403  403  403  200  200
GET  admin:accounts_user_delete               user            sign 302  403  403  403  403  403  403  403
GET  admin:accounts_user_change               user            sign 302  403  403  403  403  403  200  200
GET  admin:auth_group_changelist              -               sign 302  403  403  403  403  403  403  200
GET  admin:auth_group_add                     -               sign 302  403  403  403  403  403  403  403
GET  admin:auth_group_history                 group           sign 302  403  403  403  403  403  403  200
GET  admin:auth_group_delete                  group           sign 302  403  403  403  403  403  403  403
GET  admin:auth_group_change                  group           sign 302  403  403  403  403  403  403  200
GET  admin:articles_article_preview_text      -               sign 302  405  405  405  405  405  405  405
POST admin:articles_article_preview_text      -               sign 302  200  200  200  403  403  403  403
GET  admin:articles_article_preview           article,plain   sign 302  200  404  200  404  404  200  404
GET  admin:articles_article_changelist        -               sign 302  200  200  200  403  403  200  403
GET  admin:articles_article_add               -               sign 302  200  200  200  403  403  403  403
GET  admin:articles_article_history           article         sign 302  200  404  200  404  404  200  404
GET  admin:articles_article_delete            article         sign 302  403  404  403  404  404  403  404
GET  admin:articles_article_change            article         sign 302  200  404  200  404  404  200  404
GET  admin:articles_glossaryterm_approve      -               sign 302  403  403  403  200  200  403  403
POST admin:articles_glossaryterm_approve      -               sign 302  403  403  403  302  302  403  403
GET  admin:articles_glossaryterm_changelist   -               sign 302  200  200  200  200  200  200  403
GET  admin:articles_glossaryterm_add          -               sign 302  200  200  200  403  403  403  403
GET  admin:articles_glossaryterm_history      glossaryterm    sign 302  200  200  200  200  200  200  403
GET  admin:articles_glossaryterm_delete       glossaryterm    sign 302  403  403  403  403  403  403  403
GET  admin:articles_glossaryterm_change       glossaryterm    sign 302  200  200  200  200  200  200  403
GET  admin:articles_revision_changelist       -               sign 302  403  403  200  403  403  200  403
GET  admin:articles_revision_add              -               sign 302  403  403  403  403  403  403  403
GET  admin:articles_revision_history          revision        sign 302  403  403  200  403  403  200  403
GET  admin:articles_revision_delete           revision        sign 302  403  403  403  403  403  403  403
GET  admin:articles_revision_change           revision        sign 302  403  403  200  403  403  200  403
GET  admin:articles_publication_changelist    -               sign 302  403  403  200  403  403  200  403
GET  admin:articles_publication_add           -               sign 302  403  403  403  403  403  403  403
GET  admin:articles_publication_history       publication     sign 302  403  403  200  403  403  200  403
GET  admin:articles_publication_delete        publication     sign 302  403  403  403  403  403  403  403
GET  admin:articles_publication_change        publication     sign 302  403  403  200  403  403  200  403
GET  admin:articles_source_changelist         -               sign 302  200  200  200  200  200  200  403
GET  admin:articles_source_add                -               sign 302  200  200  200  403  403  403  403
GET  admin:articles_source_history            source          sign 302  200  200  200  200  200  200  403
GET  admin:articles_source_delete             source          sign 302  403  403  403  403  403  403  403
GET  admin:articles_source_change             source          sign 302  200  200  200  200  200  200  403
GET  admin:articles_source_duplicates         -               sign 302  403  403  200  403  403  403  403
GET  admin:articles_source_merge              source,source2  sign 302  403  403  200  403  403  403  403
POST admin:articles_source_merge              source,source2  sign 302  403  403  422  403  403  403  403
GET  admin:articles_sourceimport_changelist   -               sign 302  200  200  200  403  403  403  403
GET  admin:articles_sourceimport_add          -               sign 302  200  200  200  403  403  403  403
POST admin:articles_sourceimport_add          -               sign 302  422  422  422  403  403  403  403
GET  admin:articles_sourceimport_change       sourceimport    sign 302  200  200  200  403  403  403  403
GET  admin:articles_sourceimport_rejected     sourceimport    sign 302  200  200  200  403  403  403  403
GET  admin:articles_sourceimport_again        sourceimport    sign 302  405  405  405  405  405  405  405
POST admin:articles_sourceimport_again        sourceimport    sign 302  302  302  302  403  403  403  403
GET  admin:articles_source_look_up            source          sign 302  405  405  405  405  405  405  405
POST admin:articles_source_look_up            source          sign 302  302  302  302  403  403  403  403
GET  admin:articles_source_add_by_identifier  -               sign 302  200  200  200  403  403  403  403
POST admin:articles_source_add_by_identifier  -               sign 302  422  422  422  403  403  403  403
GET  admin:articles_source_found              look_up         sign 302  200  200  200  403  403  403  403
POST admin:articles_source_found              look_up         sign 302  302  302  302  403  403  403  403
GET  admin:articles_source_retractions        -               sign 302  200  200  200  403  403  403  403
POST admin:articles_source_retractions        -               sign 302  422  422  422  403  403  403  403
GET  admin:articles_topic_changelist          -               sign 302  200  200  200  200  200  200  200
GET  admin:articles_topic_add                 -               sign 302  403  403  200  403  403  403  200
GET  admin:articles_topic_history             topic_pk        sign 302  200  200  200  200  200  200  200
GET  admin:articles_topic_delete              topic_pk        sign 302  403  403  403  403  403  403  403
GET  admin:articles_topic_change              topic_pk        sign 302  200  200  200  200  200  200  200
GET  admin:articles_specialty_changelist      -               sign 302  403  403  403  403  403  403  200
GET  admin:articles_specialty_add             -               sign 302  403  403  403  403  403  403  200
GET  admin:articles_specialty_history         specialty       sign 302  403  403  403  403  403  403  200
GET  admin:articles_specialty_delete          specialty       sign 302  403  403  403  403  403  403  403
GET  admin:articles_specialty_change          specialty       sign 302  403  403  403  403  403  403  200
GET  admin:reviews_boardmember_simple_history boardmember,version sign 302  403  403  200  403  403  200  200
GET  admin:reviews_boardmember_changelist     -               sign 302  403  403  200  403  403  200  200
GET  admin:reviews_boardmember_add            -               sign 302  403  403  403  403  403  403  200
GET  admin:reviews_my_absence                 -               sign 302  403  403  403  200  200  403  403
GET  admin:reviews_boardmember_check_licence  boardmember     sign 302  403  403  200  403  403  403  200
GET  admin:reviews_boardmember_verify         boardmember     sign 302  403  403  200  403  403  403  200
GET  admin:reviews_boardmember_absence        boardmember     sign 302  403  403  200  403  403  403  200
GET  admin:reviews_boardmember_send_link      boardmember     sign 302  403  403  403  403  403  403  200
GET  admin:reviews_boardmember_hand_over      boardmember     sign 302  403  403  200  403  403  403  403
GET  admin:reviews_boardmember_reactivate     boardmember     sign 302  403  403  200  403  403  403  200
GET  admin:reviews_boardmember_deactivate     boardmember     sign 302  403  403  200  403  403  403  200
GET  admin:reviews_boardmember_void           boardmember     sign 302  403  403  200  403  403  403  403
POST admin:reviews_boardmember_check_licence  boardmember     sign 302  403  403  422  403  403  403  422
POST admin:reviews_boardmember_deactivate     boardmember     sign 302  403  403  422  403  403  403  422
POST admin:reviews_boardmember_void           boardmember     sign 302  403  403  422  403  403  403  403
POST admin:reviews_boardmember_add            -               sign 302  403  403  403  403  403  403  422
POST admin:reviews_editorialpolicy_adopt      -               sign 302  403  403  422  403  403  403  403
GET  admin:reviews_boardmember_history        boardmember     sign 302  403  403  200  403  403  200  200
GET  admin:reviews_boardmember_delete         boardmember     sign 302  403  403  403  403  403  403  403
GET  admin:reviews_boardmember_change         boardmember     sign 302  403  403  200  403  403  200  200
GET  admin:reviews_review_changelist          -               sign 302  403  403  200  403  403  200  403
GET  admin:reviews_review_change              review          sign 302  200  404  200  200  200  200  404
GET  admin:reviews_decision_changelist        -               sign 302  403  403  200  403  403  200  403
GET  admin:reviews_decision_change            decision        sign 302  403  403  200  403  403  200  403
GET  admin:reviews_event_changelist           -               sign 302  403  403  200  403  403  200  403
GET  admin:reviews_event_change               event           sign 302  403  403  200  403  403  200  403
GET  admin:reviews_waiver_changelist          -               sign 302  403  403  200  403  403  200  403
GET  admin:reviews_waiver_change              waiver          sign 302  403  403  200  403  403  200  403
GET  admin:reviews_disclosure_changelist      -               sign 302  403  403  200  403  403  200  403
GET  admin:reviews_disclosure_change          disclosure      sign 302  403  403  200  403  403  200  403
GET  admin:reviews_editorialpolicy_changelist -               sign 302  403  403  200  200  200  200  200
GET  admin:reviews_editorialpolicy_change     editorialpolicy sign 302  403  403  200  200  200  200  200
GET  admin:reviews_editorialpolicy_adopt      -               sign 302  403  403  200  403  403  403  403
GET  admin:reviews_assignment_changelist      -               sign 302  403  403  403  200  200  403  403
GET  admin:reviews_campaign_changelist        -               sign 302  403  403  200  403  403  200  403
GET  admin:reviews_campaign_add               -               sign 302  403  403  200  403  403  403  403
GET  admin:reviews_campaign_change            campaign        sign 302  403  403  200  403  403  200  403
GET  admin:reviews_campaign_sort              campaign        sign 302  405  405  405  405  405  405  405
POST admin:reviews_campaign_sort              campaign        sign 302  403  403  422  403  403  403  403
GET  admin:reviews_campaign_close             campaign        sign 302  405  405  405  405  405  405  405
POST admin:reviews_campaign_close             campaign        sign 302  403  403  302  403  403  403  403
GET  admin:reviews_campaign_again             campaign        sign 302  405  405  405  405  405  405  405
POST admin:reviews_campaign_again             campaign        sign 302  403  403  302  403  403  403  403
GET  admin:reviews_delivery_changelist        -               sign 302  403  403  200  403  403  200  200
GET  admin:reviews_delivery_change            delivery        sign 302  403  403  200  403  403  200  200
GET  admin:app_list                           articles        302  302  200  200  200  200  200  200  200
GET  reviews:keys                             -               200  200  200  200  200  200  200  200  200
GET  reviews:policy                           -               200  200  200  200  200  200  200  200  200
GET  reviews:policy_version                   1               200  200  200  200  200  200  200  200  200
GET  reviews:history                          slug            200  200  200  200  200  200  200  200  200
GET  reviews:revision                         slug,1          200  200  200  200  200  200  200  200  200
GET  reviews:assign                           review          sign 405  405  405  405  405  405  405  405
POST reviews:assign                           review          sign 404  403  404  422  403  403  403  404
GET  reviews:accept                           review          sign 405  405  405  405  405  405  405  405
POST reviews:accept                           review          sign 404  403  404  403  403  422  403  404
GET  reviews:decline                          review          sign 405  405  405  405  405  405  405  405
POST reviews:decline                          review          sign 404  403  404  403  422  403  403  404
GET  reviews:rule                             review          sign 405  405  405  405  405  405  405  405
POST reviews:rule                             review          sign 404  403  404  422  403  403  403  404
GET  reviews:release                          review          sign 405  405  405  405  405  405  405  405
POST reviews:release                          review          sign 404  403  404  422  403  403  403  404
GET  reviews:extend                           review          sign 405  405  405  405  405  405  405  405
POST reviews:extend                           review          sign 404  403  404  422  403  403  403  404
GET  reviews:approve                          review          sign 405  405  405  405  405  405  405  405
POST reviews:approve                          review          sign 404  403  404  403  422  403  403  404
GET  reviews:rescind                          review          sign 405  405  405  405  405  405  405  405
POST reviews:rescind                          review          sign 404  403  404  403  403  403  403  404
GET  reviews:request_changes                  review          sign 405  405  405  405  405  405  405  405
POST reviews:request_changes                  review          sign 404  403  404  403  422  403  403  404
GET  reviews:reject                           review          sign 405  405  405  405  405  405  405  405
POST reviews:reject                           review          sign 404  403  404  422  403  403  403  404
GET  reviews:recall                           review          sign 405  405  405  405  405  405  405  405
POST reviews:recall                           review          sign 404  422  404  422  403  403  403  404
GET  reviews:mark                             review          sign 405  405  405  405  405  405  405  405
POST reviews:mark                             review          sign 404  403  404  403  422  403  403  404
GET  reviews:unmark                           review          sign 405  405  405  405  405  405  405  405
POST reviews:unmark                           review          sign 404  403  404  403  422  403  403  404
GET  reviews:open_thread                      review          sign 405  405  405  405  405  405  405  405
POST reviews:open_thread                      review          sign 404  422  404  422  422  403  403  404
GET  reviews:comment                          review          sign 405  405  405  405  405  405  405  405
POST reviews:comment                          review          sign 404  422  404  422  422  403  403  404
GET  reviews:resolve                          review          sign 405  405  405  405  405  405  405  405
POST reviews:resolve                          review          sign 404  422  404  422  422  403  403  404
GET  reviews:concur                           review          sign 405  405  405  405  405  405  405  405
POST reviews:concur                           review          sign 404  403  404  403  422  403  403  404
GET  reviews:submit                           article         sign 404  200  404  200  404  404  403  404
POST reviews:submit                           article         sign 404  422  404  422  404  404  403  404
GET  reviews:correct                          article         sign 404  403  404  200  404  404  403  404
POST reviews:correct                          article         sign 404  403  404  422  404  404  403  404
GET  reviews:merge                            article         sign 404  403  404  200  404  404  403  404
POST reviews:merge                            article         sign 404  403  404  422  404  404  403  404
GET  reviews:rereview                         article         sign 404  403  404  200  404  404  403  404
POST reviews:rereview                         article         sign 404  403  404  422  404  404  403  404
GET  reviews:retract                          article         sign 404  403  404  200  404  404  403  404
POST reviews:retract                          article         sign 404  403  404  422  404  404  403  404
GET  reviews:waive                            article         sign 404  403  404  404  404  404  403  404
POST reviews:waive                            article         sign 404  403  404  404  404  404  403  404
GET  reviews:catalogue                        article         sign 404  403  404  200  404  404  403  404
POST reviews:catalogue                        article         sign 404  403  404  422  404  404  403  404
GET  reviews:record_update                    source          sign 403  403  403  200  403  403  403  403
POST reviews:record_update                    source          sign 403  403  403  422  403  403  403  403
GET  reviews:published_texts                  -               sign 403  403  403  200  200  200  200  403
GET  reviews:published_text                   publication     sign 403  403  403  200  200  200  200  403
GET  reviews:suspend                          publication     sign 403  403  403  200  200  200  403  403
POST reviews:suspend                          publication     sign 403  403  403  422  422  422  403  403
GET  reviews:retire                           publication     sign 403  403  403  200  403  403  403  403
POST reviews:retire                           publication     sign 403  403  403  422  403  403  403  403
GET  reviews:notice                           publication     sign 403  403  403  200  200  200  403  403
POST reviews:notice                           publication     sign 403  403  403  422  422  422  403  403
GET  reviews:lift                             suspension      sign 403  403  403  200  200  200  403  403
POST reviews:lift                             suspension      sign 403  403  403  422  422  422  403  403
GET  reviews:withdraw_lift                    suspension      sign 403  403  403  200  200  200  403  403
POST reviews:withdraw_lift                    suspension      sign 403  403  403  422  422  422  403  403
GET  reviews:sign_notice                      notice          sign 403  403  403  403  200  200  403  403
POST reviews:sign_notice                      notice          sign 403  403  403  403  422  422  403  403
GET  reviews:withdraw_notice                  notice          sign 403  403  403  200  403  403  403  403
POST reviews:withdraw_notice                  notice          sign 403  403  403  422  403  403  403  403
GET  reviews:lowerings                        -               sign 403  403  403  200  200  200  200  403
GET  reviews:confirm_lowering                 lowering        sign 404  404  404  200  200  200  403  404
POST reviews:confirm_lowering                 lowering        sign 404  404  404  422  422  422  403  404
GET  reviews:refuse_lowering                  lowering        sign 404  404  404  200  200  200  403  404
POST reviews:refuse_lowering                  lowering        sign 404  404  404  422  422  422  403  404
GET  reviews:withdraw_lowering                lowering        sign 404  404  404  403  403  403  403  404
POST reviews:withdraw_lowering                lowering        sign 404  404  404  403  403  403  403  404
GET  articles:home                            -               200  200  200  200  200  200  200  200  200
GET  articles:topic                           topic           200  200  200  200  200  200  200  200  200
GET  articles:detail                          slug            302  302  302  302  302  302  302  302  302
GET  articles:professional                    slug            200  200  200  200  200  200  200  200  200
GET  articles:plain                           slug            200  200  200  200  200  200  200  200  200
GET  articles:choose                          plain           302  302  302  302  302  302  302  302  302
GET  health                                   -               200  200  200  200  200  200  200  200  200
GET  articles:robots                          -               200  200  200  200  200  200  200  200  200
"""


def _rows():
    for line in TABLE.strip().splitlines():
        if line and not line.startswith("#"):
            method, name, parts, *outcomes = line.split()
            yield Row(method, name, tuple(part for part in parts.split(",") if part != "-"), tuple(outcomes))


ROWS = list(_rows())
