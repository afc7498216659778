from innovation.accounts.page_access import permission_required
from innovation.accounts.roles import Permission
from innovation.registers.definitions import REGISTERS
from innovation.web import navigation

for _register in REGISTERS:
    navigation.register(
        _register.title,
        f"registers:{_register.name}",
        permission_required(Permission.MANAGE_REGISTERS),
        order=_register.order,
    )
