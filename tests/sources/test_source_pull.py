"""Downloads against a real HTTP server on loopback that cuts off, lies and serves wrong bytes."""

from __future__ import annotations

import hashlib
import io
import threading
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from foedus.errors import CacheError, ChecksumError, DownloadError, MissingDataError
from foedus.sources import Cache, catalogue, pull
from foedus.sources.describe import Download, Source
from foedus.sources.download import Fetched, Manners, fetch

BODY = b"ccode1,ccode2,year,dyadigos\n" + b"".join(b"2,%d,1900,3\n" % i for i in range(20, 9000))
SHA = hashlib.sha256(BODY).hexdigest()
QUICK = Manners(attempts=4, backoff=0.01, longest_wait=0.05, timeout=2.0, chunk=4096)


@dataclass
class Wire:
    """What the server does for each path, and what it was asked."""

    url: str = ""
    asked: list[tuple[str, str | None]] = field(default_factory=list)
    faults: dict[str, list[str]] = field(default_factory=dict)
    body: bytes = BODY
    etag: str | None = '"one"'

    def count(self, path: str) -> int:
        return sum(1 for asked, _ in self.asked if asked == path)


@pytest.fixture
def wire() -> Iterator[Wire]:
    state = Wire()

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, format: str, *args: object) -> None:
            pass

        def do_GET(self) -> None:
            wanted = self.headers.get("Range")
            state.asked.append((self.path, wanted))
            queue = state.faults.get(self.path, [])
            fault = queue.pop(0) if len(queue) > 1 else (queue[0] if queue else "")
            if fault.isdigit():
                self.send_response(int(fault))
                self.send_header("Content-Length", "0")
                self.end_headers()
                return
            body = state.body if fault != "wrong" else state.body[::-1]
            if fault == "page":
                body = b"<!DOCTYPE html><html>Please log in</html>"
            start = 0
            same = self.headers.get("If-Range") in (None, state.etag)
            if wanted and fault not in {"no-range", "other-range"} and same:
                start = int(wanted.removeprefix("bytes=").rstrip("-"))
            if wanted and (start or fault == "other-range"):
                shown = 7 if fault == "other-range" else start
                self.send_response(206)
                self.send_header("Content-Range", f"bytes {shown}-{len(body) - 1}/{len(body)}")
            else:
                self.send_response(200)
            rest = body[start:]
            claimed = len(rest) + (1000 if fault == "claims-more" else 0)
            claimed -= 1000 if fault == "claims-less" else 0
            if fault != "no-length":
                self.send_header("Content-Length", str(claimed))
            if state.etag:
                self.send_header("ETag", state.etag)
            self.end_headers()
            self.wfile.write(rest[: len(rest) // 2] if fault == "cut" else rest[:claimed])
            self.close_connection = True

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    state.url = f"http://127.0.0.1:{server.server_address[1]}"
    yield state
    server.shutdown()
    server.server_close()
    thread.join()


def get(
    wire: Wire, folder: Path, *, sha: str | None = SHA, mirrors: tuple[str, ...] = ()
) -> Fetched:
    folder.mkdir(exist_ok=True)
    item = Download(f"{wire.url}/data", "data.csv", sha, tuple(f"{wire.url}{m}" for m in mirrors))
    return fetch(item, folder, manners=QUICK)


def left_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_file_arrives_whole_under_its_name(wire: Wire, tmp_path: Path) -> None:
    got = get(wire, tmp_path / "d")
    assert got.path.read_bytes() == BODY
    assert (got.sha256, got.size, got.resumed) == (SHA, len(BODY), False)
    assert left_in(tmp_path / "d") == ["data.csv"]


def test_a_transfer_cut_off_is_resumed_where_it_stopped(wire: Wire, tmp_path: Path) -> None:
    wire.faults["/data"] = ["cut", "cut", ""]
    got = get(wire, tmp_path / "d")
    assert got.resumed
    assert got.path.read_bytes() == BODY
    first, *later = [asked for _, asked in wire.asked]
    assert first is None
    starts = [int((asked or "").removeprefix("bytes=").rstrip("-")) for asked in later]
    # Whole chunks that came are kept, the rest of the broken one is not.
    half = len(BODY) // 2
    assert half - QUICK.chunk < starts[0] <= half < starts[1] < len(BODY)


def test_a_transfer_that_fails_today_is_resumed_tomorrow(wire: Wire, tmp_path: Path) -> None:
    wire.faults["/data"] = ["cut", "404"]
    with pytest.raises(DownloadError, match="it answered 404"):
        get(wire, tmp_path / "d")
    assert left_in(tmp_path / "d") == [".data.csv.part", ".data.csv.part.json"]
    wire.faults["/data"] = [""]
    got = get(wire, tmp_path / "d")
    assert got.resumed
    assert got.path.read_bytes() == BODY


def test_a_server_that_ignores_ranges_is_read_from_the_start(wire: Wire, tmp_path: Path) -> None:
    wire.faults["/data"] = ["cut", "no-range"]
    got = get(wire, tmp_path / "d")
    assert not got.resumed
    assert got.path.read_bytes() == BODY


def test_an_answer_with_another_range_is_not_glued_on(wire: Wire, tmp_path: Path) -> None:
    wire.faults["/data"] = ["cut", "other-range", ""]
    assert get(wire, tmp_path / "d", sha=None).path.read_bytes() == BODY


def test_a_new_edition_between_two_attempts_is_read_from_the_start(
    wire: Wire, tmp_path: Path
) -> None:
    wire.faults["/data"] = ["cut", "404"]
    with pytest.raises(DownloadError):
        get(wire, tmp_path / "d", sha=None)
    wire.faults, wire.etag, wire.body = {}, '"two"', BODY.replace(b"1900", b"1950")
    assert get(wire, tmp_path / "d", sha=None).path.read_bytes() == wire.body


def test_without_etag_or_checksum_nothing_is_resumed(wire: Wire, tmp_path: Path) -> None:
    wire.etag, wire.faults["/data"] = None, ["cut", ""]
    assert not get(wire, tmp_path / "d", sha=None).resumed
    assert [asked for _, asked in wire.asked] == [None, None]


def test_two_editions_glued_together_are_noticed_by_the_checksum_and_fetched_anew(
    wire: Wire, tmp_path: Path
) -> None:
    wire.etag, wire.faults["/data"] = None, ["cut", "404"]
    wire.body = BODY.replace(b"1900", b"1850")
    with pytest.raises(DownloadError):
        get(wire, tmp_path / "d")
    wire.body, wire.faults = BODY, {}
    assert get(wire, tmp_path / "d").path.read_bytes() == BODY


def test_a_length_greater_than_the_file_is_an_error_after_all_attempts(
    wire: Wire, tmp_path: Path
) -> None:
    wire.faults["/data"] = ["claims-more"]
    with pytest.raises(DownloadError, match=r"of \d+ bytes, after 4 attempts"):
        get(wire, tmp_path / "d", sha=None)
    assert "data.csv" not in left_in(tmp_path / "d")


def test_a_length_smaller_than_the_file_is_found_by_the_checksum(
    wire: Wire, tmp_path: Path
) -> None:
    wire.faults["/data"] = ["claims-less"]
    with pytest.raises(ChecksumError):
        get(wire, tmp_path / "d")


def test_no_length_at_all_is_fine_when_the_checksum_agrees(wire: Wire, tmp_path: Path) -> None:
    wire.faults["/data"] = ["no-length"]
    assert get(wire, tmp_path / "d").size == len(BODY)


def test_wrong_bytes_say_what_was_expected_and_leave_nothing(wire: Wire, tmp_path: Path) -> None:
    wire.faults["/data"] = ["wrong"]
    with pytest.raises(ChecksumError) as caught:
        get(wire, tmp_path / "d")
    line = str(caught.value)
    for part in ("SHA-256", wire.url, SHA, hashlib.sha256(BODY[::-1]).hexdigest(), "deleted"):
        assert part in line
    assert "new edition" in (caught.value.hint or "")
    assert left_in(tmp_path / "d") == []


def test_a_mirror_is_tried_when_the_publisher_has_no_such_file(wire: Wire, tmp_path: Path) -> None:
    wire.faults["/data"] = ["404"]
    got = get(wire, tmp_path / "d", mirrors=("/mirror",))
    assert got.url.endswith("/mirror")
    assert wire.count("/data") == 1


def test_a_mirror_with_wrong_bytes_is_passed_over_too(wire: Wire, tmp_path: Path) -> None:
    wire.faults = {"/data": ["404"], "/one": ["wrong"]}
    assert get(wire, tmp_path / "d", mirrors=("/one", "/two")).url.endswith("/two")


def test_a_busy_server_is_asked_again(wire: Wire, tmp_path: Path) -> None:
    wire.faults["/data"] = ["503", "429", ""]
    assert get(wire, tmp_path / "d").size == len(BODY)
    assert wire.count("/data") == 3


def test_a_log_in_page_is_not_taken_for_data(wire: Wire, tmp_path: Path) -> None:
    wire.faults["/data"] = ["page"]
    with pytest.raises(DownloadError, match="a web page instead of the file"):
        get(wire, tmp_path / "d", sha=None)


def test_a_server_that_is_not_there_is_a_download_error(tmp_path: Path) -> None:
    nobody = Download("http://127.0.0.1:9/data", "data.csv")
    with pytest.raises(DownloadError, match="no answer"):
        fetch(nobody, tmp_path, manners=QUICK)


def test_a_folder_that_cannot_be_written_is_a_cache_error(wire: Wire, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(CacheError, match="Not a directory"):
        fetch(Download(f"{wire.url}/data", "data.csv"), tmp_path / "file", manners=QUICK)


def test_progress_ends_at_the_size_of_the_file(wire: Wire, tmp_path: Path) -> None:
    seen: list[tuple[int, int | None]] = []
    wire.faults["/data"] = ["cut", ""]
    item = Download(f"{wire.url}/data", "data.csv", SHA)
    fetch(item, tmp_path, manners=QUICK, meter=lambda done, total: seen.append((done, total)))
    assert seen[-1] == (len(BODY), len(BODY))
    assert [done for done, _ in seen] == sorted(done for done, _ in seen)


# --- pull: fetched, unpacked, imported -----------------------------------------------------------


@pytest.fixture
def igo(wire: Wire, monkeypatch: pytest.MonkeyPatch) -> Source:
    """A catalogue of one source that lives on the local server."""
    from dataclasses import replace

    source = replace(
        catalogue()["cow-igo"], downloads=(Download(f"{wire.url}/data", "igo.csv", SHA),)
    )
    everything = {ident: replace(known, downloads=()) for ident, known in catalogue().items()}
    sources = everything | {source.id: source}
    monkeypatch.setattr("foedus.sources.describe._catalogue", lambda: sources)
    return source


def test_what_is_pulled_is_imported(wire: Wire, igo: Source) -> None:
    report = pull(["cow-igo"], manners=QUICK)
    assert [line.table for line in report.pulled[0].imported.sources] == ["igo_dyad_year"]
    cache = Cache()
    assert cache.load("igo_dyad_year").height == BODY.count(b"\n") - 1
    assert cache.provenance("igo_dyad_year").sha256 == SHA
    again = pull([], manners=QUICK)
    assert (again.pulled, again.present) == ((), ("cow-igo",))
    assert wire.count("/data") == 1
    pull(["cow-igo"], manners=QUICK, refresh=True)
    assert wire.count("/data") == 2


def test_an_archive_is_unpacked_before_it_is_imported(wire: Wire, igo: Source) -> None:
    inner, outer = io.BytesIO(), io.BytesIO()
    with zipfile.ZipFile(inner, "w") as bundle:
        bundle.writestr("deep/data.csv", BODY)
    with zipfile.ZipFile(outer, "w") as bundle:
        bundle.writestr("inner.zip", inner.getvalue())
        bundle.writestr("../outside.txt", "no")
        bundle.writestr("Codebook.txt", "words")
    wire.body = outer.getvalue()
    object.__setattr__(igo, "downloads", (Download(f"{wire.url}/data", "igo.zip"),))
    report = pull(["cow-igo"], manners=QUICK)
    assert Cache().provenance("igo_dyad_year").file == "inner/deep/data.csv"
    assert {item.path for item in report.pulled[0].imported.unrecognised} == {
        "Codebook.txt",
        "outside.txt",
    }
    folder = Cache().root / "downloads" / "cow-igo"
    assert left_in(folder) == [".lock", "igo.zip"]
    assert not (folder.parent / "outside.txt").exists()


def test_a_source_that_fails_is_reported_and_imports_nothing(wire: Wire, igo: Source) -> None:
    wire.faults["/data"] = ["wrong"]
    report = pull(["cow-igo"], manners=QUICK)
    ((ident, problem),) = report.failed
    assert (ident, type(problem)) == ("cow-igo", ChecksumError)
    assert not Cache().has("igo_dyad_year")


def test_a_file_without_a_known_table_is_reported(wire: Wire, igo: Source) -> None:
    wire.body = b"a,b,c\n1,2,3\n"
    object.__setattr__(igo, "downloads", (Download(f"{wire.url}/data", "igo.csv"),))
    ((_, problem),) = pull(["cow-igo"], manners=QUICK).failed
    assert "holds no table foedus reads" in str(problem)


def test_a_source_to_be_fetched_by_hand_says_what_and_where(igo: Source) -> None:
    with pytest.raises(MissingDataError) as caught:
        pull(["sipri-register"])
    assert "https://www.sipri.org/databases/armstransfers" in str(caught.value)
    assert "export the trade register" in str(caught.value)
    with pytest.raises(MissingDataError, match="did you mean cow-igo"):
        pull(["cow-igos"])


def test_formal_alliances_of_cow_are_never_fetched() -> None:
    source = catalogue()["cow-alliances"]
    assert source.downloads == ()
    assert "never fetched" in source.terms
    with pytest.raises(MissingDataError, match="not fetched automatically"):
        pull(["cow-alliances"])
    addresses = [item.url for known in catalogue().values() for item in known.downloads]
    assert not any("alliance" in url.lower() or "version4.1" in url for url in addresses)


def test_the_catalogue_states_terms_citation_and_address_of_every_source() -> None:
    for source in catalogue().values():
        assert source.terms
        assert source.citation
        assert source.homepage.startswith("http")
        assert source.span[0] <= source.span[1]
        assert source.downloads or source.manual, source.id
        for file in source.files:
            assert file.table in source.tables
            assert file.sha256 is None or len(file.sha256) == 64


def test_the_written_catalogue_has_every_source_with_its_terms_and_addresses() -> None:
    page = Path(__file__).resolve().parents[2] / "docs" / "data-catalogue.md"
    written = page.read_text("utf-8")
    for source in catalogue().values():
        assert f"### {source.id}: {source.title} {source.version}" in written
        for fact in (source.terms, source.citation, source.homepage, *source.tables):
            assert fact in written, (source.id, fact)
        for item in source.downloads:
            assert item.url in written
