"""What is told: records of runs, comparisons, and the forms they are shown in."""
