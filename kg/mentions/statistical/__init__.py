"""The statistical name model: a character-level conditional random field, evaluated with numpy alone."""
