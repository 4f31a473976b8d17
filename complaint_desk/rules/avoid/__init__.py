"""Words to avoid: the seven things of training text 001, and promises, liability and apologies, in the agent's own words."""

from complaint_desk.rules.avoid.check import Audience, Authority, Checker, Found, checker_of, find

__all__ = ["Audience", "Authority", "Checker", "Found", "checker_of", "find"]
