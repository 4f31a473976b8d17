"""Words to avoid in what an agent says: the seven things of training text 001, promises, liability, apologies."""

from complaint_desk.rules.avoid.check import Audience, Authority, Checker, Found, checker_of, find
from complaint_desk.rules.avoid.own_words import with_own_words
from complaint_desk.rules.avoid.sentences import language_of

__all__ = ["Audience", "Authority", "Checker", "Found", "checker_of", "find", "language_of", "with_own_words"]
