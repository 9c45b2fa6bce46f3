"""The gateway with one more route, which hands what it gets to the echo service.

The route has the same guard, reading, bus and answer as any other; the service does nothing.
"""

import json

from flask import Response, g

from gateway.api import reading
from gateway.wsgi import app, rpc


@app.post("/api/v1/echo")
def echo() -> Response:
    answer = rpc.call("echo", "echo", reading.body(), g.context)
    return Response(json.dumps(answer), 201, content_type="application/json")
