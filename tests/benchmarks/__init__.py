"""`make bench`: the main pages at three sizes, beside a constant and a bare view.

All figures are from one run on one machine. Read them as ratios.
"""
