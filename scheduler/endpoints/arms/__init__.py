"""The totals of an arm: counts with exact intervals, survival over time, and dose intensity by cycle."""
