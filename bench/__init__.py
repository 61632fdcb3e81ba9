"""What is measured, each beside a peer or a floor in the same run; never a test."""
