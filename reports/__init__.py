"""What is reported: records of runs, comparisons, and the forms that they are shown in."""
