"""Questions, questionnaires, the waves that ask them, and the answers."""

from surveys.models.answers import ComeBackCode, Draft, Response
from surveys.models.codes import SingleUseCode
from surveys.models.collecting import Collector, Margin, Tally
from surveys.models.exports import Export
from surveys.models.fieldwork import Wave
from surveys.models.instruments import Instrument
from surveys.models.marks import MarkDecision, RaisedLimit
from surveys.models.pages import SurveyIndexPage, SurveyPage
from surveys.models.papers import PaperBatch, PaperEntry
from surveys.models.questionnaires import Condition, Item, Questionnaire, Section
from surveys.models.questions import Option, Question, Wording
from surveys.models.recall import Recall
from surveys.models.results import Breakdown, ResultSet
from surveys.models.revisions import Revision
from surveys.models.signing import SignOff
from surveys.models.surveys import Survey
from surveys.models.texts import Text
from surveys.models.translations import QuestionnaireTranslation, SurveyTranslation, WordingTranslation

__all__ = [
    "Breakdown",
    "Collector",
    "ComeBackCode",
    "Condition",
    "Draft",
    "Export",
    "Instrument",
    "Item",
    "Margin",
    "MarkDecision",
    "Option",
    "PaperBatch",
    "PaperEntry",
    "Question",
    "Questionnaire",
    "QuestionnaireTranslation",
    "RaisedLimit",
    "Recall",
    "Response",
    "ResultSet",
    "Revision",
    "Section",
    "SignOff",
    "SingleUseCode",
    "Survey",
    "SurveyIndexPage",
    "SurveyPage",
    "SurveyTranslation",
    "Tally",
    "Text",
    "Wave",
    "Wording",
    "WordingTranslation",
]
