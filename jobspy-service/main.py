"""Starts the service: `python jobspy-service/main.py`. Its settings come from the environment."""

from jobspy_service.server import serve

if __name__ == "__main__":
    serve()
