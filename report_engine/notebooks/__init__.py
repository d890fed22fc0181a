"""What executes the data-quality notebook, and what a notebook asks for."""
