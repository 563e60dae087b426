"""What is asked and whether it was answered: kept without who asked, if an operator wants it, and added up."""
