"""``reportedly train``: a head of one's own, from data that one may use."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from reportedly.cli.output import complain
from reportedly.errors import ReportedlyError

EXAMPLES = """Examples:

`reportedly train --corpus corpus --texts CORPORA --uds uds_factuality_train.jsonl -o my-head` · what ships with reportedly, made anew

`reportedly train --brat polnear/train -o my-head` · attributions in brat's stand-off format: `text/NAME.txt` and `attributions/NAME.ann`

`reportedly train --corpus my-passages --network HEAD -o my-head` · the network of a head as it is, and of your own passages which words name an act at all: minutes

`REPORTEDLY_HEAD=my-head reportedly read report.html` · read with it

A training that was cut off goes on where it was when the same command is given again. It is seeded: the same data and options give the same head
on the same machine. It needs packages that reading does not: `pip install torch` and then what `requirements/train.lock` lists. Two cores take
some forty minutes for what ships, ten for the 300 reports alone; leave the machine alone meanwhile, for a second training beside it makes both crawl.

A tenth of the texts, chosen by their names, is held back and scored at the end; the scores stand in `head.json` beside the weights.

Exit status: 0; 1 where a package is missing or there is nothing to train on; 2 where an option is wrong."""


def train(
    out: Annotated[Path, typer.Option("--output-dir", "-o", help="The folder of the new head.")],
    corpus: Annotated[
        Path | None,
        typer.Option(exists=True, file_okay=False, help="Standoff annotation, in the form of the project's `corpus`."),
    ] = None,
    texts: Annotated[
        Path | None,
        typer.Option(exists=True, file_okay=False, help="The corpora with the texts that it marks and does not hold."),
    ] = None,
    brat: Annotated[
        list[Path] | None,
        typer.Option(exists=True, file_okay=False, help="A folder with `text` and `attributions`; may be repeated."),
    ] = None,
    uds: Annotated[
        Path | None, typer.Option(exists=True, dir_okay=False, help="A file of UDS factuality: did it happen?")
    ] = None,
    network: Annotated[
        Path | None,
        typer.Option(
            exists=True,
            file_okay=False,
            help="Keep the network of this head, and train only which words name an act at all, and what kind: minutes.",
        ),
    ] = None,
    epochs: Annotated[int, typer.Option(min=1, max=100, help="How often each annotated text is seen.")] = 10,
    seed: Annotated[int, typer.Option(help="What is random begins here.")] = 0,
    part: Annotated[
        float, typer.Option(min=0.01, max=1, help="Train on so much of the texts, for a learning curve.")
    ] = 1.0,
    reports_only: Annotated[
        bool, typer.Option("--reports-only", help="Leave out the corpus' short passages, for a learning curve.")
    ] = False,
) -> None:
    """Trains the part of the reader that is learned: who says what, by which words, and how far it got."""
    try:
        from reportedly.learning.build import Plan, Sources, build
        from reportedly.learning.train import Recipe
    except ModuleNotFoundError as error:
        complain(
            f"training needs the package {error.name}, which reading does not: pip install torch, then "
            "pip install --no-deps --require-hashes -r requirements/train.lock"
        )
        raise typer.Exit(1) from error
    sources = Sources(corpus, texts, tuple(brat or ()), uds, part, passages=not reports_only)
    try:
        build(sources, out, Plan(epochs=epochs, recipe=Recipe(seed=seed), network=network), complain)
    except ReportedlyError as error:
        complain(str(error))
        raise typer.Exit(1) from error
