"""Yields the relations of a page: who is where, holds which post, founded, makes, backs what."""
