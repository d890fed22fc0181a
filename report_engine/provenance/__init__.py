"""What a result rests on, as digests of content."""
