"""A handful of concepts, readable at a glance."""

from corpus.glossary import Concept

CALL_CENTER = Concept(
    "call-center",
    "customer-service",
    {
        "en": ("call center", "call centre", "hotline"),
        "pl": ("call center", "infolinia"),
        "lt": ("skambučių centras",),
        "de": ("Callcenter", "Call-Center"),
        "fr": ("centre d'appels",),
        "uk": ("кол-центр",),
        "zh": ("呼叫中心",),
    },
    "service.toml",
    second_topics=("occupations",),
)
AGENT = Concept(
    "call-center-agent", "occupations", {"en": ("call center agent",), "pl": ("konsultant",)}, "occupations.toml"
)
EMPLOYEE = Concept("employee", "workplace", {"lt": ("darbuotojas",), "en": ("employee",)}, "workplace.toml")
IT = Concept("it", "occupations", {"en": ("IT", "information technology"), "pl": ("IT",)}, "occupations.toml")
PAY = Concept("salary", "pay", {"en": ("salary", "PAYE"), "lt": ("alga",), "uk": ("зарплата",)}, "pay.toml")
CONCEPTS = (CALL_CENTER, AGENT, EMPLOYEE, IT, PAY)
