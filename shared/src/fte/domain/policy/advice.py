"""No reply gives advice on anything but the product: not on health, money, politics or life, and no programs."""

from __future__ import annotations

from typing import Final

from fte.domain.policy.rules import Rule, rule, words

_MEDICINES: Final = words(
    """
    ibuprofen paracetamol aspirin acetaminophen antibiotics? painkillers? antidepressants? insulin vaccines? melatonin
    opioids? pills? dosage diagnos(?:is|ed|e) symptoms? prescriptions? therapist doctor physician psychiatrist
"""
)
_SECURITIES: Final = words(
    """
    shares? stocks? bonds? funds? etfs? bitcoins? btc ethereum cryptocurrenc(?:y|ies) crypto options futures gold
"""
)

ADVICE: Final[tuple[Rule, ...]] = (
    rule(
        "advice-medicine",
        "advice",
        rf"\b{_MEDICINES}\b|\b\d{{1,4}} ?mg\b|\b(?:have|has|got|caught) (?:the |a |an "
        rf")?(?:flu|cold|fever|"
        r"covid|cancer|infection|virus|depression|migraine)\b",
    ),
    rule(
        "advice-money",
        "advice",
        rf"\b(?:buy|sell|hold|short|invest in|trade|money in(?:to)?|savings in(?:to)?)(?: \w{{1,14}}){{0,3}} "
        rf"{_SECURITIES}\b|"
        r"\b(?:bitcoin|stock market|investment advice|tax (?:advice|return|deductible))\b|\binvest (?:now|your|in)\b",
        unless=r"\b(?:no|not|cannot|never)\b",
    ),
    rule(
        "advice-politics",
        "advice",
        r"\b(?:vote for|election|president|prime minister|democrats?|republicans?|political party|god|religion|"
        r"the bible|the quran)\b",
    ),
    rule(
        "advice-life",
        "advice",
        r"\byou should (?:leave|divorce|marry|quit|fire|report) (?:your|him|her)\b|\b(?:horoscope|recipe|"
        r"once upon a time|knock knock|roses are red)\b|\bcapital of [a-z]{3,20}\b",
    ),
    rule(
        "advice-program",
        "advice",
        r"\bimport (?:os|sys|requests|subprocess|random)\b|\bdef \w{1,30}\(|\bconsole\.log\b|#include\b|"
        r"\bpublic static void\b|\brm -rf\b|\bpowershell\b|\bfunction \w{1,30}\(|\bpython (?:script|program|code)\b|"
        r"\bos\.system\b",
    ),
    rule(
        "advice-taxes",
        "advice",
        r"\b(?:deduct|write off|claim|declare)\b[^.!?\n]{0,40}\btax(?:es)?\b|\btax[ -]deductible\b|\bagainst (?:your "
        r")?tax(?:es)?\b",
        unless=r"\b(?:not|cannot|no)\b",
    ),
    rule(
        "advice-chat",
        "advice",
        r"\bhere(?:'s| is) (?:a|an|another|one|your) (?:\w{1,9} )?(?:joke|poem|story|song|riddle|haiku|recipe|"
        r"limerick)\b|\bwhy did "
        r"the chicken\b|\bweather (?:in|is|will|today|tomorrow|forecast|there)\b|\b(?:bake|cook) (?:a|the|some)\b|"
        r"\b\d{1,6} (?:plus"
        r"|minus|times|divided by) \d{1,6} (?:is|are|equals|makes)\b|\bthe translation is:? [\"'\u00ab]|\bbreak up "
        r"with\b|"
        r"\b(?:flour|eggs) and (?:eggs|sugar|flour)\b",
        unless=r"\b(?:not|cannot)\b",
    ),
    rule(
        "advice-code",
        "advice",
        r"\bfor \w{1,9} in range\(|\bprint\(|\binto bash\b|\bsudo \w|\bapt(?:-get)? install\b|\bhere(?:'s| is) (?:a|"
        r"the|some) (?:"
        r"\w{1,9} )?(?:script|function|program|code|sql|macro)\b",
    ),
)
