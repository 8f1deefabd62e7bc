"""What two or more functions of the TechCorp Customer Success FTE need."""
