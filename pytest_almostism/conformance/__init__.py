"""The religion as executable specification: one module a chapter, one test a tenet.

`pytest --almostism` runs all of it. To make a chapter part of your own tests instead, write a
test module with `from pytest_almostism.conformance.<chapter> import *`.

The chapters keep these rules: plain functions only, which take fixtures but define none; no
parametrisation and no classes; loops by `subtests`; and each docstring is the tenet, in one
sentence.
"""
