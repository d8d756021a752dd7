"""Answers requests, one JSON object a line, until standard input ends.

A request names a method of `peer` and its arguments: {"call": "round", "arguments": {...}}. The answer is {"value": ...} or {"error": "..."}.
A process that lives as long as the measurement pays its start and its compilation once, and its rounds can take turns with those of others.
"""

import json
import sys
import traceback


def serve(peer):
    answers = sys.stdout
    # Libraries may print; answers alone go to standard output.
    sys.stdout = sys.stderr
    for line in sys.stdin:
        request = json.loads(line)
        try:
            answer = {"value": getattr(peer, request["call"])(**request["arguments"])}
        except Exception as error:  # the measurement says what went wrong, and ends
            traceback.print_exc()
            answer = {"error": f"{type(error).__name__}: {error}"}
        print(json.dumps(answer), file=answers, flush=True)
