"""The machine: everything that another study keeps. It knows no dataset, section, actor or municipality by name."""
