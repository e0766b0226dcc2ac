"""Measurements that are not tests: start-up time, and what scripted learners gain by the practice."""
