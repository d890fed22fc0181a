"""From chapters and results to a checked, published report."""
