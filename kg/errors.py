"""The errors a user can cause, one base and one child per kind of mistake.

Every message names the file or place, what was found there, and what to do.
"""


class KgError(Exception):
    """Base of all errors that are told to the user without a traceback."""


class InputError(KgError):
    """A path, file or text that cannot be read as asked."""


class KnowledgeError(KgError):
    """A data file (word list, ontology, weights) that says something it may not."""


class CorrectionError(KgError):
    """A line of a corrections file that cannot be applied."""


class OutputError(KgError):
    """A place that cannot be written."""


class GoldError(KgError):
    """A gold file that does not follow the form ``kg evaluate`` expects."""
