"""DreamTree: a career workbook that remembers."""

from dreamtree.config import Settings
from dreamtree.web import Application


def create_app(settings: Settings | None = None) -> Application:
    """Build the application from `settings`, or from the environment; raises `WrongSettings`."""
    from dreamtree import content, db
    from dreamtree.accounts import sessions
    from dreamtree.accounts.views import bp as accounts
    from dreamtree.archive.views import bp as archive
    from dreamtree.cli import register as register_commands
    from dreamtree.cli.probes import probed
    from dreamtree.home.views import bp as home
    from dreamtree.resume.views import bp as resume
    from dreamtree.workbook.views import bp as workbook
    from dreamtree.workbook.views.my_skills import bp as my_skills

    settings = settings or Settings.from_environment()
    settings.data_directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    app = Application(settings)
    db.open_database(settings.database_url)
    for blueprint in (accounts, archive, home, my_skills, resume, workbook):
        app.register_blueprint(blueprint)

    @app.before_request
    def read_a_changed_book() -> None:
        if revision := sessions.content_revision():
            content.book(revision)

    register_commands(app)
    app.wsgi_app = probed(app.wsgi_app)  # type: ignore[method-assign]
    return app
