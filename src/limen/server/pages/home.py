"""Draw the first page, and what its reader has asked and uploaded before."""

from __future__ import annotations

import asyncio
from typing import NamedTuple

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from limen.server.access.permissions import owner_of
from limen.server.jobs.job_files import JobRequest
from limen.server.pages.view.templates import page
from limen.server.service.saved_questions import ADDRESS, TEXT, SavedQuestion
from limen.server.state import State, state_of

router = APIRouter()

#: Kinds offered in the box; the API accepts every schema.
KINDS = {
    "Thing": "any party",
    "Person": "a person",
    "Organization": "an organisation",
    "Company": "a company",
    "Vessel": "a vessel",
    "Airplane": "an aircraft",
    "CryptoWallet": "a wallet",
    ADDRESS: "an address",
    TEXT: "a text to read",
}


@router.get("/")
async def home(request: Request) -> HTMLResponse:
    """Draw the first page."""
    return page(request, "home.html", kinds=KINDS, form={}, error=None)


#: Questions and files of one owner that are listed.
_LISTED = 200
_LONGEST = 120


class OwnQuestion(NamedTuple):
    """Represents a question that was asked before: its name, and what it is about in short."""

    name: str
    about: str
    question: SavedQuestion


@router.get("/mine")
async def mine(request: Request) -> HTMLResponse:
    """Draw the questions and files of whoever asks, the last ones first."""
    questions, files = await asyncio.to_thread(_own, state_of(request), owner_of(request))
    return page(
        request, "mine.html", questions=questions, files=files, kinds=KINDS, most=_LISTED,
        days=state_of(request).settings.keep_days,
    )  # fmt: skip


def _own(state: State, owner: str) -> tuple[list[OwnQuestion], list[tuple[str, JobRequest]]]:
    saved = state.questions.of_owner(owner, _LISTED)
    questions = [OwnQuestion(name, _about(each), each) for name, each in saved]
    return questions, state.jobs.of_owner(owner, _LISTED)


def _about(question: SavedQuestion) -> str:
    """Return what a question is about: a name, a number, an address, the start of a text."""
    values = [text for each in question.party["properties"].values() for text in each]
    named = question.party["properties"].get("name") or values
    text = " ".join(str(named[0]).split()) if named else "—"
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
