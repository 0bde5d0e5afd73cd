"""Person: who writes, decides and signs, whichever model `AUTH_USER_MODEL` names.

The apps import nothing of `cms`, where that model stands. A type checker resolves `_User` of django-stubs by the
setting, as it does for a foreign key; at run time only the base class of such models is known here. A parameter `by`
is the Person who acts; a parameter `user` may be AnyUser, who only asks what there is to see and to do.
"""

from typing import TYPE_CHECKING, TypeAlias, cast

from django.contrib.auth.base_user import AbstractBaseUser

__all__ = ["AnyUser", "Person", "signed_in"]

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser
    from django.contrib.auth.models import _User as Person

    # A person, or a visitor who is not signed in and has no permission.
    AnyUser: TypeAlias = Person | AnonymousUser
else:
    Person = AnyUser = AbstractBaseUser


def signed_in(user: AnyUser) -> Person:
    """Return who asks for a page that is not public: visitors were sent to sign in before."""
    return cast("Person", user)
