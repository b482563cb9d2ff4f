"""Every skill of a person, and an own word renamed or deleted everywhere at once."""

from flask import Blueprint, Response, abort, request

from dreamtree import db, web
from dreamtree.accounts import sessions
from dreamtree.accounts.models import User
from dreamtree.saving import own_skills
from dreamtree.values import Item
from dreamtree.workbook import my_skills
from dreamtree.workbook.my_skills import PATH

bp = Blueprint("my_skills", __name__)


@bp.get(PATH)
def every_skill() -> Response:
    """All skills of every kind, with the way back from what was `changed` a moment ago; or one own word (`skill`)."""
    user, skill_id = sessions.require_person(), request.args.get("skill", "")
    with db.reading():
        if skill_id:
            return web.page("workbook/my_skill.html", page=my_skills.my_skill(user, _own_skill_or_404(user, skill_id)))
        page = my_skills.my_skills(user, request.args.get("changed", ""))
    return web.page("workbook/my_skills.html", page=page)


@bp.post(f"{PATH}/<skill_id>")
def rename_skill(skill_id: str) -> Response:
    """The new name stands in every answer; where a skill is called so already, both are one."""
    user, typed = sessions.require_person(), request.form.get("skill", "")
    skill, name = _own_skill_or_404(user, skill_id), my_skills.as_name(typed)
    if error := my_skills.problem_with(name):
        return web.page("workbook/my_skill.html", 422, page=my_skills.my_skill(user, skill, typed, error))
    return web.redirect_to(f"{PATH}?changed={own_skills.rename(user, skill, name)}")


@bp.post(f"{PATH}/<skill_id>/delete")
def delete_skill(skill_id: str) -> Response:
    """It is in no answer any more."""
    user = sessions.require_person()
    return web.redirect_to(f"{PATH}?changed={own_skills.delete(user, _own_skill_or_404(user, skill_id))}")


@bp.post(PATH)
def undo_change() -> Response:
    """Every answer says again what it said before, where nothing was written since."""
    user = sessions.require_person()
    if not own_skills.undo(user, request.form.get("changed", "")):
        abort(404)
    return web.redirect_to(PATH)


def _own_skill_or_404(user: User, skill_id: str) -> Item:
    return own_skills.own_skill(user, skill_id) or abort(404)
