"""Numbers about named things: Doc and mentions → observations.

The component ``kg_observations`` reads ``doc._.kg_mentions`` and sets ``doc._.kg_observations``. The road:
:mod:`~kg.observations.quantities` finds numbers with units, :mod:`~kg.observations.measures` what they measure,
:mod:`~kg.observations.subjects` whose they are, :mod:`~kg.observations.times` and :mod:`~kg.observations.targets`
when they held and whether they are only aimed at.
"""

from kg.observations.components import make_observations, observe

__all__ = ["make_observations", "observe"]
