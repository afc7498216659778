from innovation.accounts.policy import may
from innovation.accounts.roles import Verb
from innovation.web import navigation

navigation.register("Reports", "reporting:reports", may(Verb.MAKE_REPORTS), order=80)
navigation.register("Workings", "reporting:workings", may(Verb.READ_WORKINGS), order=95)
