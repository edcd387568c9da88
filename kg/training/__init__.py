"""How the statistical parts are made: annotated articles in, weights and figures out."""
