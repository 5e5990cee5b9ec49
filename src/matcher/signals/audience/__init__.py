"""Audience: whom creators reach, as records say or as is expected, and how that fits whom a brief is for."""

from matcher.signals.audience.cells import PRIOR_PEOPLE, UNSAID_SAMPLE, AudienceCells
from matcher.signals.audience.dependence import JOINT_FACET, JointTables, joint_tables
from matcher.signals.audience.overlap import audience_overlap, share_in
from matcher.signals.audience.prior import prior_shares, topic_priors
from matcher.signals.audience.records import merge_records
from matcher.signals.audience.strength import prior_strengths

__all__ = [
    "JOINT_FACET",
    "PRIOR_PEOPLE",
    "UNSAID_SAMPLE",
    "AudienceCells",
    "JointTables",
    "audience_overlap",
    "joint_tables",
    "merge_records",
    "prior_shares",
    "prior_strengths",
    "share_in",
    "topic_priors",
]
