"""Who asks: login by OpenID Connect, sessions, bearer tokens, and the guard before every route."""
