"""Why parts of the background can't be told from some data."""

from report_engine.words.editions import Text

NO_TOTAL: Text = {
    "sv": "Inget år har nettokostnad för alla studiens kommuner.",
    "en": "No year has the net cost of every municipality studied.",
}
NO_BASE_YEAR: Text = {
    "sv": "Ingen serie har ett värde för basåret.",
    "en": "No series has a value for the base year.",
}
NO_INHABITANTS: Text = {
    "sv": "Inget år har både kostnad och folkmängd för alla studiens kommuner.",
    "en": "No year has both cost and population of every municipality studied.",
}
NO_PARTICIPANTS: Text = {
    "sv": "Inget år har både kostnad och deltagare för alla studiens kommuner.",
    "en": "No year has both cost and participants of every municipality studied.",
}
NO_RATIO: Text = {
    "sv": "Ingen kommun har en nettokostnad för både åtgärder och ekonomiskt bistånd.",
    "en": "No municipality has a net cost of both measures and social assistance.",
}
ONE_YEAR: Text = {
    "sv": "Färre än två år har kostnader och ett slutligt prisindex.",
    "en": "Fewer than two years have costs and a final price index.",
}
ONE_YEAR_OF_PARTICIPANTS: Text = {
    "sv": "Färre än två år har uppgift om deltagare i alla studiens kommuner.",
    "en": "Fewer than two years have participants of every municipality studied.",
}
ONE_YEAR_OF_INHABITANTS: Text = {
    "sv": "Bara ett år har både kostnad och folkmängd för alla studiens kommuner.",
    "en": "Only one year has both cost and population of every municipality studied.",
}
NONE_STUDIED: Text = {
    "sv": "Ingen av studiens kommuner har en nettokostnad för både åtgärder och ekonomiskt bistånd.",
    "en": "None of the municipalities studied has a net cost of both measures and social assistance.",
}
