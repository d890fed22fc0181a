"""What is said of obstacles, in both languages: in Python, for PyYAML or the memory to read a file may be what is missing."""

from collections.abc import Mapping

from report_engine.words.spoken import language

TEXTS: Mapping[str, Mapping[str, str]] = {
    "killed": {
        "sv": "Steget avbröts av systemet; minnet kan ha tagit slut: stäng andra program, eller kör `.venv/bin/snakemake --cores 1`.",
        "en": "The step was killed; the machine may have run out of memory: close other programs, or run `.venv/bin/snakemake --cores 1`.",
    },
    "program_killed": {
        "sv": "{name} avbröts av systemet. Datorn har inget minne kvar: stäng andra program, eller kör `.venv/bin/snakemake --cores 1`.",
        "en": "{name} was killed. The machine has no memory left: close other programs, or run `.venv/bin/snakemake --cores 1`.",
    },
    "no_memory": {
        "sv": "Datorn har inget minne kvar: stäng andra program, eller kör `.venv/bin/snakemake --cores 1`.",
        "en": "The machine has no memory left: close other programs, or run `.venv/bin/snakemake --cores 1`.",
    },
    "full": {
        "sv": "Disken är full: {path} kan inte skrivas. Gör plats på den och kör kommandot igen.",
        "en": "The disk is full: {path} can't be written. Make room on it and run the command again.",
    },
    "share": {
        "sv": "Din del av disken är slut: {path} kan inte skrivas. Ta bort något och kör kommandot igen.",
        "en": "Your share of the disk is used up: {path} can't be written. Remove something and run the command again.",
    },
    "too_large": {
        "sv": "{path} har blivit större än disken tillåter: flytta projektet till en annan disk.",
        "en": "{path} has become larger than the disk allows: move the project to another disk.",
    },
    "denied": {
        "sv": "{path} kan inte läsas eller skrivas: {why}. Se efter vem som äger den (`ls -ld`) och gör den till din, eller ta bort det som skyddar den.",
        "en": "{path} can't be read or written: {why}. See whose it is (`ls -ld`) and make it yours, or remove what protects it.",
    },
    "read_only": {
        "sv": "{path} kan inte skrivas: disken är skrivskyddad. Flytta projektet till en disk som går att skriva på.",
        "en": "{path} can't be written: the disk is read-only. Move the project to a disk that can be written to.",
    },
    "long_path": {
        "sv": "Sökvägen {path} är för lång för systemet: flytta projektet till en mapp närmare roten.",
        "en": "The path {path} is too long for this system: move the project to a folder nearer the root.",
    },
    "file_in_the_way": {
        "sv": "{path} är en fil, och rapporten behöver en mapp där: flytta undan den och kör kommandot igen.",
        "en": "{path} is a file, and the report needs a folder there: move it away and run the command again.",
    },
    "folder_in_the_way": {
        "sv": "{path} är en mapp, och rapporten behöver en fil där: flytta undan den och kör kommandot igen.",
        "en": "{path} is a folder, and the report needs a file there: move it away and run the command again.",
    },
    "loop": {
        "sv": "{path} är en länk som leder tillbaka till sig själv: ta bort den och kör kommandot igen.",
        "en": "{path} is a link that leads back to itself: remove it and run the command again.",
    },
    "in_use": {
        "sv": "{path} används: stäng programmet som använder den, och kör kommandot igen.",
        "en": "{path} is in use: close the program that uses it, and run the command again.",
    },
    "disk_fails": {
        "sv": "Disken fungerar inte vid {path}: rädda det du behöver från den, och flytta projektet till en annan disk.",
        "en": "The disk fails at {path}: save what you need from it, and move the project to another disk.",
    },
    "gone": {
        "sv": "{path} kan inte nås: {why}. Anslut disken som den ligger på, och kör kommandot igen.",
        "en": "{path} can't be reached: {why}. Connect the drive that it lies on, and run the command again.",
    },
    "many": {
        "sv": "Systemet vägrar mer av det som ett bygge behöver: {why}. Stäng andra program, eller höj gränsen (`ulimit -a`).",
        "en": "The system refuses more of what a build needs: {why}. Close other programs, or raise the limit (`ulimit -a`).",
    },
    "own_missing": {
        "sv": "{path} saknas: lägg tillbaka den (`git checkout -- {path}`) och kör kommandot igen.",
        "en": "{path} is missing: put it back (`git checkout -- {path}`) and run the command again.",
    },
    "font_missing": {
        "sv": "Typsnittet {path} saknas: lägg tillbaka det (`git checkout -- {path}`) och kör kommandot igen.",
        "en": "The font {path} is missing: put it back (`git checkout -- {path}`) and run the command again.",
    },
    "font_damaged": {
        "sv": "Typsnittet {path} är skadat: lägg tillbaka det (`git checkout -- {path}`) och kör kommandot igen.",
        "en": "The font {path} is damaged: put it back (`git checkout -- {path}`) and run the command again.",
    },
    "no_socket": {
        "sv": "Det finns ingen tillfällig mapp för en socket: ingen går att skriva i, eller så har de längre sökväg än {bytes} byte. Sätt TMPDIR till en mapp med kort sökväg som går att skriva i.",
        "en": "There is no temporary folder for a socket: each can't be written to, or has a path of more than {bytes} bytes. Set TMPDIR to a folder with a short path that can be written to.",
    },
    "package": {
        "sv": "Paketet {name} saknas i miljön: ta bort mappen .venv och kör `make report`, som installerar allt på nytt.",
        "en": "The package {name} is missing from the environment: remove the folder .venv and run `make report`, which installs everything anew.",
    },
    "pythonpath": {
        "sv": "PYTHONPATH är satt ({given}), och moduler där kan ta de egnas plats: kör `unset PYTHONPATH`, eller `bin/report build`, som bortser från den.",
        "en": "PYTHONPATH is set ({given}), and modules there may take the place of the report's own: run `unset PYTHONPATH`, or `bin/report build`, which leaves it out.",
    },
    "pythonpath_left_out": {
        "sv": "Bortser från PYTHONPATH ({given}): rapporten läser in sina egna paket.",
        "en": "PYTHONPATH ({given}) is left out: the report loads its own packages.",
    },
    "foreign_module": {
        "sv": "{path} skulle läsas in i stället för modulen {name} som rapporten behöver: kalla den något annat.",
        "en": "{path} would be loaded in place of the module {name} that the report needs: call it something else.",
    },
    "unexpected": {
        "sv": "Något gick fel som inte borde kunna göra det: {error}",
        "en": "Something went wrong that should not: {error}",
    },
    "unexpected_log": {
        "sv": "Något gick fel som inte borde kunna göra det: {error} ({log} har resten)",
        "en": "Something went wrong that should not: {error} ({log} has the rest)",
    },
    "a_file": {"sv": "en fil", "en": "a file"},
    "project_folder": {"sv": "Projektets mapp", "en": "The project's folder"},
}  # fmt: skip


def say(key: str, /, **values: object) -> str:
    """Say a text in the language asked for."""
    return TEXTS[key][language()].format(**values)
