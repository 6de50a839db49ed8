"""The records of this service."""

from lantu.services.enterprises.models.figures import Figure, FirmYear, Parcel
from lantu.services.enterprises.models.rounds import Objection, Result, Round, Ruling, Run

__all__ = ["Figure", "FirmYear", "Objection", "Parcel", "Result", "Round", "Ruling", "Run"]
