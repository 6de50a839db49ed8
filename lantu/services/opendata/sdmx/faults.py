"""What is wrong with a question, as the SDMX standard numbers it."""


class Fault(Exception):
    """A question that cannot be answered: HTTP status, SDMX number, title, and what to do."""

    def __init__(self, status: int, number: int, title: str, detail: str) -> None:
        super().__init__(detail)
        self.status, self.number, self.title, self.detail = status, number, title, detail


def not_found(detail: str) -> Fault:
    """There is nothing of that name, or nothing that fits."""
    return Fault(404, 100, "No results found", detail)


def syntax(detail: str) -> Fault:
    """The address cannot be read."""
    return Fault(400, 140, "Syntax error", detail)


def not_acceptable(detail: str) -> Fault:
    """None of the wanted forms is offered."""
    return Fault(406, 406, "Not acceptable", detail)


def not_implemented(detail: str) -> Fault:
    """The standard knows it, this service does not."""
    return Fault(501, 501, "Not implemented", detail)
