"""What is checked: scenarios, rules, promises, deviations, and the tests that run them."""
