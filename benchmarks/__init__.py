"""Measurements that are not tests: speed beside yardsticks, and what scripted learners gain by the practice."""
