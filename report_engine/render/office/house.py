"""The colours and typefaces that Word's and PowerPoint's files share."""

INK, MUTED, LINE, ACCENT, BAND = "1D2B33", "55646C", "DDE2E2", "0B5563", "EEF3F2"
SERIF, SANS = "Cambria", "Calibri"  # every Word has them, LibreOffice has fonts of the same widths
