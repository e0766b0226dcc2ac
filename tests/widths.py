"""Widths of a terminal on which whole sittings are held; in a fast run on that of an ordinary one."""

from __future__ import annotations

import pytest

WIDTHS = [pytest.param(40, marks=pytest.mark.slow), 80, pytest.param(200, marks=pytest.mark.slow)]
