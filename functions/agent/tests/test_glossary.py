"""The glossary: what other languages are searched for, and that only the search sees it."""

from __future__ import annotations

from importlib.resources import files
from types import SimpleNamespace
from typing import Any

import pytest

from fte.errors import Unavailable
from fte.knowledge.ranking import SearchResult
from fte.knowledge.search import texts_of
from fte_agent import glossary, lookup
from fte_agent.glossary import LANGUAGES, gloss
from fte_agent.lookup import embedded, look_up


def table(language: str) -> list[tuple[list[str], str]]:
    text = files(glossary).joinpath(f"{language}.tsv").read_text(encoding="utf-8")
    lines = [line.split("\t") for line in text.splitlines()]
    assert {len(line) for line in lines} == {2}
    return [(said.split("|"), english) for said, english in lines]


@pytest.mark.parametrize(
    ("language", "text", "english"),
    [
        ("de", "Wie kann ich ein Projekt archivieren?", "how can I a project archive?"),
        ("fr", "Où puis-je changer mon mot de passe ?", "where can I change my password ?"),
        ("es", "¿Cómo exporto las tareas?", "¿how to export the task?"),
        ("pt", "Não consigo anexar um ficheiro.", "cannot attach upload file a file."),
        ("it", "Come elimino un'attività?", "how to delete a task?"),
        ("nl", "Waar vind ik de facturen?", "where search I the invoice?"),
    ],
)
def test_a_question_becomes_english_words(language: str, text: str, english: str) -> None:
    assert gloss(text, language) == english


@pytest.mark.parametrize("language", ["en", "ru", "ja", "", "../de"])
def test_without_a_table_the_text_stays(language: str) -> None:
    text = "Wie  kann ich\nein Projekt archivieren?"
    assert gloss(text, language) == text


def test_what_no_table_has_stays_as_it_is() -> None:
    text = "Zapier, Müller-Lüdenscheidt <ann@acme.example> https://acme.example/a?b=1"
    assert gloss(text, "de") == text


@pytest.mark.parametrize(
    "written", ["zurücksetzen", "zuruecksetzen", "zurucksetzen", "zuru\u0308cksetzen", "ZURÜCKSETZEN"]
)
def test_umlauts_are_read_in_every_spelling(written: str) -> None:
    assert gloss(written, "de") == "reset"


@pytest.mark.parametrize("written", ["réinitialiser", "reinitialiser", "Réinitialisez"])
def test_accents_and_endings_make_no_difference(written: str) -> None:
    assert gloss(written, "fr") == "reset"


@pytest.mark.parametrize(
    ("language", "compound", "english"),
    [
        ("de", "Rechnungsadresse", "invoice address"),
        ("de", "Projektarchivierung", "project archive"),
        ("de", "Benachrichtigungseinstellungen", "notification settings"),
        ("nl", "projectsjabloon", "project template"),
        ("de", "Aufgabenlistenvorlage", "task list template"),
    ],
)
def test_compounds_are_taken_apart(language: str, compound: str, english: str) -> None:
    assert gloss(compound, language) == english


def test_romance_words_are_no_compounds() -> None:
    assert gloss("projetcompte", "fr") == "project"


def test_a_phrase_goes_before_its_words_and_ends_with_the_sentence() -> None:
    assert gloss("mot de passe", "fr") == "password"
    assert "password" not in gloss("un mot. de passe", "fr")


def test_punctuation_and_lines_stay() -> None:
    assert gloss("Projekt: Aufgabe!\n\nRechnung (neu)?", "de") == "project: task!\n\ninvoice (new)?"


def test_only_the_beginning_of_a_long_text_is_glossed() -> None:
    text = "projekt " * 2_000
    glossed = gloss(text, "de")
    assert glossed.startswith("project project")
    assert glossed.endswith("projekt projekt ")


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_a_table_says_everything_once(language: str) -> None:
    lines = table(language)
    said = [way for ways, _ in lines for way in ways]
    assert 300 <= len(lines) <= 400
    assert len(said) == len(set(said))
    assert all(way == way.strip().lower() and "*" not in way[:-1] for way in said)
    assert all(len(way.rstrip("*")) >= 3 for way in said if way.endswith("*"))


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_every_table_has_the_words_of_the_support_desk(language: str) -> None:
    english = " ".join(english for _, english in table(language)).lower().split()
    wanted = (
        "invite member guest password reset invoice refund plan upgrade downgrade cancel board task due reminder"
        " notification export import file attach calendar tracking label custom template dashboard report error slow"
        " delete restore archive language zone offline two-factor sso api webhook webinar owner permissions storage"
    )
    assert set(wanted.split()) <= set(english)


class Searches:
    """Stands for the search: keeps what was looked for."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.known: list[Any] = []

    async def __call__(self, pool: Any, embedder: Any, query: str, most: int, *, known: Any = ()) -> SearchResult:
        self.texts.append(query)
        self.known.append(known)
        return SearchResult((), ("semantic",), None)


class Numbers:
    """Stands for the embedding model: a text's vector is its number."""

    async def embed(self, texts: tuple[str, ...]) -> list[tuple[float, ...]]:
        return [(float(at),) for at, _ in enumerate(texts)]


class Away:
    """Stands for an embedding model that cannot be reached."""

    async def embed(self, texts: tuple[str, ...]) -> list[tuple[float, ...]]:
        raise Unavailable("away")


@pytest.fixture
def searches(monkeypatch: pytest.MonkeyPatch) -> Searches:
    found = Searches()
    monkeypatch.setattr(lookup, "search", found)
    return found


def asked_by(make_context: Any, text: str) -> Any:
    context = make_context(text)
    # The search is all that it needs them for.
    context.resources = SimpleNamespace(core=SimpleNamespace(pool=None), embedder=Numbers())
    return context


GERMAN = "Wie kann ich ein Projekt archivieren und wo finde ich es danach wieder?"


@pytest.mark.anyio
async def test_a_customers_text_is_searched_for_in_english(make_context: Any, searches: Searches) -> None:
    context = asked_by(make_context, GERMAN)
    known = await embedded(context)
    await look_up(context, context.query, 3, known)
    assert "how can I a project archive" in searches.texts[0]
    assert set(texts_of(searches.texts[0])) == set(known)
    assert context.question == GERMAN


@pytest.mark.anyio
async def test_each_of_several_questions_is_searched_for_in_english(make_context: Any, searches: Searches) -> None:
    context = asked_by(
        make_context, "Wie kann ich eine Rechnung exportieren? Wo finde ich die Einstellungen für das Board?"
    )
    await look_up(context, context.query, 3, {})
    assert len(searches.texts) == 3
    assert not any("Rechnung" in text or "Einstellungen" in text for text in searches.texts)
    assert "invoice export" in searches.texts[1]


@pytest.mark.anyio
async def test_a_models_own_words_are_searched_for_as_they_are(make_context: Any, searches: Searches) -> None:
    context = asked_by(make_context, GERMAN)
    await look_up(context, "an old plan: was it archived?", 3, {})
    assert searches.texts[0] == "an old plan: was it archived?"


@pytest.mark.anyio
async def test_the_vectors_that_the_search_needs_are_made_before_it(make_context: Any, searches: Searches) -> None:
    """A greeting is no part of what is searched for, so it is none of what is embedded."""
    context = asked_by(make_context, "Hello Support,\n\nhow can I archive a project?\n\nKind regards\nAnn")
    known = await embedded(context)
    await look_up(context, context.query, 3, known)
    assert searches.known == [known]
    assert known == {"Question\nhow can I archive a project?": (0.0,)}


@pytest.mark.anyio
async def test_without_the_embedding_model_there_are_no_vectors(make_context: Any) -> None:
    context = asked_by(make_context, "How can I archive a project?")
    context.resources.embedder = Away()
    assert await embedded(context) == {}
