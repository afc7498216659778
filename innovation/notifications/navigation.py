from innovation.accounts.policy import may
from innovation.accounts.roles import Verb
from innovation.web import navigation

navigation.register(
    "Letters", "notifications:outbox", may(Verb.READ_WORKINGS), order=90
)
