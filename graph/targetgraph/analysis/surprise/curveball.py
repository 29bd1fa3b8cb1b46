"""Random binary matrices with the same row and column totals.

The method is the curveball algorithm of G. Strona, D. Nappo, F. Boccacci, S. Fattorini and J. San-Miguel-Ayanz, A fast and
unbiased procedure to randomize ecological binary matrices with fixed row and column totals, Nature Communications 5, 4114
(2014): two rows pool what only one of them has, and share it out again at random, each keeping its number. That all matrices
with the given totals become equally likely was proved by C. J. Carstens, Physical Review E 91, 042812 (2015). Here all rows
trade at once, in random pairs (global trades: C. J. Carstens and others, Parallel and I/O-efficient randomisation of massive
networks using global curveball trades, ESA 2018), which keeps the same equilibrium and lets the arrays do the work.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

import numpy as np

from targetgraph.analysis.columnar import Array


def trade(matrix: Array, random: np.random.Generator) -> Array:
    """One global trade: every row is paired with another (one may be left out), and each pair trades once.

    Parameters
    ----------
    matrix : bool, shape (rows, columns); it stays as it is.
    random : source of chance.

    Returns
    -------
    bool array of the same shape, with the same totals of rows and of columns.
    """
    rows = len(matrix)
    half = rows // 2
    if not half:
        return matrix.copy()
    order = random.permutation(rows)
    first, second = order[:half], order[half : 2 * half]
    left, right = matrix[first], matrix[second]
    differs = left ^ right
    keeps = (left & differs).sum(axis=1)
    # What differs gets a random key; the lowest within a pair go to the first row, as many as it had of them.
    keys = np.where(differs, random.random(differs.shape), 2.0)
    last = np.sort(keys, axis=1)[np.arange(half), keeps - 1]
    taken = (keys <= last[:, None]) & (keeps > 0)[:, None]
    both = left & right
    traded = matrix.copy()
    traded[first] = both | taken
    traded[second] = both | (differs & ~taken)
    return traded


def chain(matrix: Array, random: np.random.Generator, thinning: int) -> Iterator[Array]:
    """Random matrices without end, each ``thinning`` global trades after the one before."""
    while True:
        for _ in range(thinning):
            matrix = trade(matrix, random)
        yield matrix


def around(matrix: Array, random: np.random.Generator, draws: int, before: int, thinning: int) -> Iterator[Array]:
    """Random matrices among which the given one is as likely to be anywhere as they are.

    The given matrix is put at a place of a chain of ``draws + 1`` that is itself random; the rest is run forwards and backwards
    from it (which is the same, trades being as likely one way as the other). If it is itself a random matrix with these totals,
    its rank among all of them is exactly uniform, however slowly the chain mixes, and no burn-in is needed (J. Besag and
    P. Clifford, Generalized Monte Carlo significance tests, Biometrika 76, 1989).

    Parameters
    ----------
    draws : how many to make.
    before : how many of them come before the given matrix; to be drawn from 0 to ``draws``. Matrices that are counted together
        must share it.
    thinning : global trades between neighbours.
    """
    for length in (before, draws - before):
        yield from islice(chain(matrix, random, thinning), length)
