"""What the answering side adds to the navigation."""
