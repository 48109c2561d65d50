"""Runs one command of a client program and prints its result as JSON. See ../scenario.ts for the commands."""

import json
import os
import sys

# Addresses, credentials and names.
config = json.loads(os.environ["FOREIGN_CLIENT"])


def run(commands, describe_error):
    """Runs the command that the arguments name. `describe_error` returns the type of an error, as users tell it apart."""
    name, *args = sys.argv[1:]
    if name not in commands:
        result = {"unsupported": True}
    else:
        try:
            result = {"value": commands[name](*args)}
        except Exception as error:
            result = {"error": {"type": describe_error(error), "message": str(error)}}
    print(json.dumps(result))
