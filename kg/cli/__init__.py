"""The command line: ``kg build``, ``kg stats``, ``kg view`` and the rest, one module per command.

A command parses, calls one function and prints: results to standard output, the rest to standard error.
"""

from __future__ import annotations

import sys

import typer

from kg.cli import benchmark, build, evaluate, explain, export, push, query, serve, stats, train, validate, view
from kg.cli.console import say
from kg.errors import KgError

EPILOG = (
    "Exit status: 0 done; 1 the data fails a check; 2 bad input or wrong use.  "
    "Example: kg build articles/ -o output && kg view output"
)

app = typer.Typer(
    name="kg",
    help="Chinese news and policy pages in, a knowledge graph of Shanghai's innovation ecosystem out.",
    epilog=EPILOG,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
for module in (build, stats, view, explain, query, export, validate, push, serve, evaluate, train, benchmark):
    module.register(app)


def main() -> None:
    """Run the command line; errors of the user's are told in one line and end with status 2."""
    try:
        app()
    except KgError as error:
        say(f"kg: {error}")
        sys.exit(2)
    except BrokenPipeError:
        sys.exit(0)
    except KeyboardInterrupt:
        say("kg: stopped")
        sys.exit(130)
