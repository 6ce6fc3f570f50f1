# A service that lets in whoever shows a good Adyton access token.
#   pip install "fastapi>=0.115" "pyjwt[crypto]>=2.15" uvicorn
#   ADYTON=http://localhost:3000 uvicorn main:app --port 8000
import os
from typing import Annotated

import jwt
from fastapi import Depends, FastAPI, HTTPException
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

# Exactly Adyton's BASE_URL: tokens name it as their issuer and as the audience they are meant for.
ADYTON = os.environ.get("ADYTON", "http://localhost:3000")

# Kept for five minutes, and fetched anew when a token names a key that is not among them: that is how a new signing
# key becomes known. At most every five seconds, however many keys people make up.
keys = jwt.PyJWKClient(f"{ADYTON}/.well-known/jwks.json", timeout=5, cooldown_duration=5)
bearer = HTTPBearer(auto_error=False)


def refusal(status: int, detail: str, challenge: str = "") -> HTTPException:
    return HTTPException(status, detail, {"WWW-Authenticate": f'Bearer realm="service"{challenge}'})


# Not `async`: fetching the keys waits, and FastAPI gives plain functions a thread of their own for that.
def access_token(sent: Annotated[HTTPAuthorizationCredentials | None, Depends(bearer)]) -> dict:
    if sent is None:
        raise refusal(401, "Send an access token.")
    token = sent.credentials
    try:
        # PyJWT does not look at `typ` by itself. It is part of what is signed, so it may be read first.
        if jwt.get_unverified_header(token).get("typ") != "at+jwt":
            raise jwt.InvalidTokenError("not an access token")
        return jwt.decode(
            token,
            keys.get_signing_key_from_jwt(token),
            algorithms=["EdDSA", "ES256"],
            issuer=ADYTON,
            audience=ADYTON,
            options={"require": ["exp", "iss", "aud", "sub", "scope"]},
        )
    except jwt.PyJWKClientConnectionError:
        raise HTTPException(503, "Try again.", {"Retry-After": "5"})
    except jwt.PyJWTError:
        raise refusal(401, "This token is not good, or no longer.", ', error="invalid_token"')


def require_scope(scope: str):
    def check(token: Annotated[dict, Depends(access_token)]) -> dict:
        if scope not in token["scope"].split():
            raise refusal(403, f"This needs {scope}.", f', error="insufficient_scope", scope="{scope}"')
        return token

    return check


app = FastAPI()


@app.get("/hello")
def hello(token: Annotated[dict, Depends(require_scope("predict"))]) -> dict:
    return {"user": token["sub"], "role": token["role"]}
