"""Evidence for curated facts, imported rows, factors and forecasts, collected while assessing."""

from __future__ import annotations

from datetime import date

from foedus.assessment.covariates import Covariates
from foedus.evidence import EvidenceBook
from foedus.panel import BY_NAME
from foedus.register import Treaty, curated
from foedus.register.model import Basis
from foedus.register.vocabulary import BUILT_IN_SOURCES
from foedus.sources import Cache, catalogue

#: Factor source (as the factor registry names it) -> table of `foedus.sources`, array of the panel.
TABLE_OF: dict[str, tuple[str, str | None]] = {
    "ATOP provisions": ("atop_4_01_alliance", None),
    "members": ("atop_4_01_member", None),
    "register": ("atop_4_01_member", None),
    "COW majors": ("majors", "major"),
    "COW NMC": ("nmc", "cinc"),
    "UDS (extended)": ("democracy_state_year", "dem"),
    "COW IGO": ("igo_dyad_year", "igos"),
    "capitals": ("capitals", None),
    "COW contiguity": ("contiguity_direct", "contiguous"),
    "Thompson et al. rivalries": ("rivalry_tss", "rivalry"),
    "UNGA ideal points": ("un_ideal_points", "ideal"),
    "COW wars, then foedus": ("interstate_war", "at_war"),
    "CHISOLS": ("chisols", "coalition_change"),
    "GML disputes": ("gml_mid_directed_dyad_year", "mid"),
}


class Sourcing:
    """A book of evidence with the shapes of record that assessments need."""

    def __init__(self, as_of: date) -> None:
        self.book = EvidenceBook()
        self.as_of = as_of
        self.used: set[str] = set()

    def fact(self, treaty: Treaty, basis: Basis, locator: str) -> tuple[str, ...]:
        """One record for each source of a curated fact."""
        ids = []
        for ident in basis.sources:
            title, url = title_of(treaty, ident)
            ids.append(
                self.book.add(
                    title,
                    f"{treaty.id}: {locator}",
                    basis.status,  # type: ignore[arg-type]
                    as_of=treaty.checked_on,
                    url=url,
                    processing=basis.note or None,
                )
            )
            if ident.startswith("atop-"):
                self.used.add(ident)
        if not ids:
            ids.append(
                self.book.add(
                    "foedus register",
                    f"{treaty.id}: {locator}",
                    basis.status,  # type: ignore[arg-type]
                    as_of=treaty.checked_on,
                    processing=basis.note or "no source recorded",
                )
            )
        return tuple(ids)

    def atop(
        self, atop_id: int | None, locator: str, processing: str | None = None
    ) -> tuple[str, ...]:
        """A row of ATOP 4.01."""
        self.used.add("atop-4.01")
        return (
            self.book.add(
                "ATOP 4.01",
                f"alliance {atop_id}, {locator}",
                "verified",
                processing=processing,
                url="http://www.atopdata.org/",
            ),
        )

    def factor(self, cov: Covariates, name: str) -> tuple[str, ...]:
        """Where one covariate's value comes from and what was done to it."""
        meta = BY_NAME[name]
        file = curated().get(cov.alliance_id)
        if meta.source == "ATOP provisions" and file is not None:
            return self.fact(file, file.codes_basis, "provisions")
        table, array = TABLE_OF[meta.source]
        record = cov.sources.get(table, {})
        source = record.get("source") or table or meta.source
        self.used.add(source)
        covered = (
            f"; source covers {cov.spans[array][0]}-{cov.spans[array][1]}"
            if array in cov.spans
            else ""
        )
        return (
            self.book.add(
                f"{source_title(source)}",
                f"{cov.alliance_id}, {meta.name}, row {cov.row_year}, values to {cov.row_year - 1}",
                "derived",
                processing=f"{meta.label}, {meta.unit}; lagged one year, {cov.origin}{covered}",
            ),
        )

    def derived(self, source: str, locator: str, processing: str) -> tuple[str, ...]:
        """A figure that foedus computed."""
        return (self.book.add(source, locator, "derived", processing=processing),)


def title_of(treaty: Treaty, ident: str) -> tuple[str, str | None]:
    """Title and address of a source of a curated file, declared there or built in."""
    if ident in BUILT_IN_SOURCES and all(s.id != ident for s in treaty.sources):
        return BUILT_IN_SOURCES[ident], None
    source = treaty.source(ident)
    return source.title, source.url


def source_title(ident: str) -> str:
    """Title and version of a catalogued source, or the id itself."""
    found = catalogue().get(ident)
    return f"{found.title} {found.version}" if found else ident


def terms(used: set[str]) -> list[dict[str, str]]:
    """Terms and citation of every source that entered the assessment."""
    out = []
    for ident in sorted(used):
        found = catalogue().get(ident)
        if found:
            out.append(
                {
                    "id": found.id,
                    "title": found.title,
                    "version": found.version,
                    "terms": found.terms,
                    "citation": found.citation,
                }
            )
    return out


def has_atop(cache: Cache) -> bool:
    """Whether the user imported what assessing any alliance needs."""
    from foedus.panel import WORLD_TABLES

    return all(cache.has(t) for t in ("atop_4_01_alliance", "atop_4_01_member", *WORLD_TABLES))
