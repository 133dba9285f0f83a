"""Starts a debate on a running service and prints it as it is spoken; needs nothing but Python.

rejoinder serve &
python examples/client.py examples/politburo/thread.txt
"""

import json
import os
import sys
import time
import urllib.error
import urllib.request

BASE = os.environ.get("REJOINDER_URL", "http://127.0.0.1:8000")
KEY = os.environ.get("REJOINDER_KEY")  # needed where other machines can reach the service


def request(method, path, body=None, **headers):
    if KEY:
        headers["Authorization"] = f"Bearer {KEY}"
    data = json.dumps(body).encode() if isinstance(body, dict) else body
    headers.setdefault("Content-Type", "application/json" if isinstance(body, dict) else "application/octet-stream")
    return urllib.request.urlopen(urllib.request.Request(BASE + path, data, headers, method=method), timeout=60)


def events(debate_id):
    """Every event of a debate, each once, through any loss of the connection."""
    last = 0
    while True:
        path = f"/v1/debates/{debate_id}/events?until_end=true"
        try:
            seq = None
            headers = {"Accept": "text/event-stream", "Last-Event-ID": str(last)}
            for line in request("GET", path, **headers):
                if line.startswith(b"id: "):
                    seq = int(line[4:])
                elif line.startswith(b"data: ") and seq is not None:
                    yield json.loads(line[6:])
                    last, seq = seq, None
            return
        except (OSError, urllib.error.URLError):
            time.sleep(1)


thread = json.load(request("POST", "/v1/threads?name=thread", open(sys.argv[1], "rb").read()))["thread"]
debate = json.load(request("POST", "/v1/debates", {"thread": thread["id"], "rounds": 1}))
for event in events(debate["id"]):
    if event["type"] == "turn":
        print(f"{event['speaker_name']} (simulated): {event['text']}\n")
    elif event["type"] == "debate_ended":
        print(f"The debate ended: {event['reason']}.")
