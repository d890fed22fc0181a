"""What Word and PowerPoint need: reference documents and slides."""
