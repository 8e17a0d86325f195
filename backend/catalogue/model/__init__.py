"""What a procedure means, without files, database or web: definition, answers, fee, deadline."""

from backend.catalogue.model.answers import PaperGiven, PaperWanted
from backend.catalogue.model.definition import Definition
from backend.catalogue.model.fees import Quote, QuoteLine
from backend.catalogue.model.people import Address, Answer, Answers, Applicant, People, Person
from backend.catalogue.model.procedure import Procedure
from backend.catalogue.model.visits import Visit

__all__ = [
    "Address",
    "Answer",
    "Answers",
    "Applicant",
    "Definition",
    "PaperGiven",
    "PaperWanted",
    "People",
    "Person",
    "Procedure",
    "Quote",
    "QuoteLine",
    "Visit",
]
