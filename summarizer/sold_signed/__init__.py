"""What a deal's people said, held against the SOW that they signed; pure, and without an engine."""
