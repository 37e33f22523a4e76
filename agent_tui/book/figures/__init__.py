"""What is read from folds and shown: calls, days, ledgers, and the charts of the board."""
