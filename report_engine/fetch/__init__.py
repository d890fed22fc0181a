"""``report fetch``: official statistics brought up to date from Kolada and SCB, and nothing replaced unseen."""
