"""Two chapters of the suite as tests of this project: plain `pytest` runs them, too."""

from pytest_almostism.conformance.creed import *
from pytest_almostism.conformance.vanishing import *
