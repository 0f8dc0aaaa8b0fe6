"""The evaluation of a campaign: what went in, whom it reached, what they took from it, and what changed.

``report`` gathers it as lines, each with its method and source; ``printing`` and ``spreadsheet`` make files of it.
"""

from campaigns.evaluation.lines import Line, Report, digest_of
from campaigns.evaluation.report import report_of

__all__ = ["Line", "Report", "digest_of", "report_of"]
