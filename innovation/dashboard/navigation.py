from innovation.accounts.page_access import SIGNED_IN
from innovation.web import navigation

navigation.register("Home", "dashboard:home", SIGNED_IN, order=10)
