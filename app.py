"""The application, for granian and flask; `python app.py` serves it on this machine with the development server."""

from dreamtree import content, create_app

app = create_app()
content.preload()

if __name__ == "__main__":
    app.run(host="127.0.0.1", port=8000)
