"""Codes and names that people type for places that are not members of the COW state system."""

from __future__ import annotations

#: Gleditsch-Ward number -> (abbreviation, name, years): on their list, never on COW's.
GW_ONLY: dict[int, tuple[str, str, str]] = {
    89: ("UPC", "United Provinces of Central America", "1823-1839"),
    99: ("GCL", "Great Colombia", "1821-1830"),
    563: ("TRA", "Transvaal", "1852-1910"),
    564: ("OFS", "Orange Free State", "1854-1910"),
    711: ("TBT", "Tibet", "1913-1950"),
    815: ("VNM", "Vietnam before the French protectorate", "1816-1893"),
}

#: ISO 3166-1 alpha-3 codes of places that were never members of the state system.
TERRITORIES: dict[str, str] = {
    "ABW": "Aruba", "AIA": "Anguilla", "ALA": "Åland Islands", "ASM": "American Samoa",
    "ATA": "Antarctica", "ATF": "French Southern Territories",
    "BES": "Bonaire, Sint Eustatius and Saba", "BLM": "Saint Barthélemy", "BMU": "Bermuda",
    "BVT": "Bouvet Island", "CCK": "Cocos Islands", "COK": "Cook Islands", "CUW": "Curaçao",
    "CXR": "Christmas Island", "CYM": "Cayman Islands", "ESH": "Western Sahara",
    "FLK": "Falkland Islands", "FRO": "Faroe Islands", "GGY": "Guernsey", "GIB": "Gibraltar",
    "GLP": "Guadeloupe", "GRL": "Greenland", "GUF": "French Guiana", "GUM": "Guam",
    "HKG": "Hong Kong", "HMD": "Heard and McDonald Islands", "IMN": "Isle of Man",
    "IOT": "British Indian Ocean Territory", "JEY": "Jersey", "MAC": "Macao",
    "MAF": "Saint Martin", "MNP": "Northern Mariana Islands", "MSR": "Montserrat",
    "MTQ": "Martinique", "MYT": "Mayotte", "NCL": "New Caledonia", "NFK": "Norfolk Island",
    "NIU": "Niue", "PCN": "Pitcairn", "PRI": "Puerto Rico", "PSE": "Palestine",
    "PYF": "French Polynesia", "REU": "Réunion", "SGS": "South Georgia", "SHN": "Saint Helena",
    "SJM": "Svalbard and Jan Mayen", "SPM": "Saint Pierre and Miquelon", "SXM": "Sint Maarten",
    "TCA": "Turks and Caicos Islands", "TKL": "Tokelau",
    "UMI": "United States Minor Outlying Islands", "VAT": "Holy See",
    "VGB": "British Virgin Islands", "VIR": "United States Virgin Islands",
    "WLF": "Wallis and Futuna",
}  # fmt: skip

#: Other names of polities that COW does not count: name -> what to know.
OTHERS: dict[str, str] = {
    "Abkhazia": "de facto apart from GEO (Georgia) since 1992",
    "South Ossetia": "de facto apart from GEO (Georgia) since 1992",
    "Transnistria": "de facto apart from MDA (Moldova) since 1991",
    "Nagorno-Karabakh": "de facto apart from AZE (Azerbaijan) 1991-2023",
    "Northern Cyprus": "de facto apart from CYP (Cyprus) since 1974",
    "Somaliland": "de facto apart from SOM (Somalia) since 1991",
    "Vatican": "the Papal States are PAP (COW 327), to 1860",
    "Manchukuo": "1932-1945, under JPN (Japan)",
    "Gran Colombia": "1821-1830, counted by Gleditsch and Ward as 99",
    "Brunswick": "in the German Confederation, then part of DEU (Germany)",
    "Hamburg": "in the German Confederation, then part of DEU (Germany)",
    "Nassau": "in the German Confederation, from 1866 part of DEU (Prussia)",
    "Oldenburg": "in the German Confederation, then part of DEU (Germany)",
    "Saxe-Weimar-Eisenach": "in the German Confederation, then part of DEU (Germany)",
    "Hejaz": "1916-1925, then part of SAU (Saudi Arabia)",
    "Danzig": "the Free City of 1920-1939",
    "Biafra": "1967-1970, part of NGA (Nigeria)",
    "Texas": "a republic 1836-1845",
    "Confederate States of America": "1861-1865, part of USA (United States)",
    "Hawaii": "a kingdom and republic to 1898",
    "Scotland": "part of GBR (United Kingdom)",
    "European Union": "an organization, not a state",
    "NATO": "an organization, not a state",
}
