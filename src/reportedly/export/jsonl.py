"""JSON lines: exactly the codebook's claim, one a line, in the field order of `reportedly.records`."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from reportedly.records import Reading

_ESCAPED = {code: f"\\u{code:04x}" for code in (*range(0x7F, 0xA0), *range(0x2028, 0x202F), *range(0x2066, 0x206A))}


def lines(reading: Reading, *, statements: bool = False, explain: bool = False) -> Iterator[str]:
    """One claim a line, in the order of the text, each ending in a line feed.

    Args:
        reading: what to print.
        statements: also the statements that are about no incident (``event`` and ``factuality`` null).
        explain: add a last key ``reasons``: the field, its value, the rule and the words behind each.
    """
    chosen = reading.claims + (reading.statements if statements else ())
    for claim in sorted(chosen, key=lambda claim: claim.sentence.start):
        encoded = msgspec.json.encode(claim)
        if explain:
            reasons = msgspec.json.encode(reading.reasons.get(claim.claim_id, ()))
            encoded = encoded[:-1] + b',"reasons":' + reasons + b"}"
        # The same JSON value, with nothing in it that a terminal or a line reader would act on.
        yield encoded.decode().translate(_ESCAPED) + "\n"
