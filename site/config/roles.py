"""Who may do what: one table, laid after every migrate."""


def lay_roles_after_migrate(**_: object) -> None:
    """Lay the roles."""
