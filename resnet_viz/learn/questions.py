"""The right answers to the questions of the lessons, by id: each group of lessons has a module of its own."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from resnet_viz.learn import questions_architecture, questions_family, questions_shortcuts
from resnet_viz.learn.question import Question

QUESTIONS: Mapping[str, Question] = MappingProxyType(
    {**questions_family.QUESTIONS, **questions_architecture.QUESTIONS, **questions_shortcuts.QUESTIONS}
)
"""Merged from `questions_<group>.QUESTIONS`."""
