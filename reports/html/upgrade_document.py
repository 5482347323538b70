"""What `compare` and `gate` say, as one page without a script: an artefact of a CI job."""

from __future__ import annotations

from ..upgrade.exit_status import UpgradeResult


def render_document(result: UpgradeResult) -> str:
    """The page: what it comes to, what is noted, and each upgrade with both runs side by side."""
    from markupsafe import Markup  # here and below: not every form needs it

    from .site import ENVIRONMENT, add_symbols, digest_text, read_asset
    from .upgrade_view import view_upgrade

    css = read_asset("report.css")
    page = ENVIRONMENT.get_template("document.html").render(
        css_text=Markup(css),
        css_digest=digest_text(css),
        meaning=result.meaning,
        remarks=(*result.remarks, *(f"matches nothing any more: {one}" for one in result.unused)),
        upgrades=[(one.old.library, view_upgrade(one)) for one in result.comparisons],
        linked=False,
    )
    return add_symbols(page, page)
