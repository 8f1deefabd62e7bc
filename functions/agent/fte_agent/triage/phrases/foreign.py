# ruff: noqa: RUF001 (letters of other alphabets are meant)
"""Triggers in languages that neither the encoder nor the glossary reads: a word or two that leave no doubt.

Parts of words, in small letters: most of these languages bend their words or write no spaces.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

FOREIGN: Final[Mapping[str, tuple[str, ...]]] = {
    "SECURITY_ESCALATION": (
        "被盗", "被黑", "盗号", "乗っ取", "不正アクセス", "ハッキング", "해킹", "도용", "اختراق", "взлом",
        "украл", "włama", "shakowa", "hacka", "kapra", "hacke", "hackn", "napadl", "ele geçir", "hesabım çalın",
        "हैक",
    ),
    "LEGAL_ESCALATION": (
        "律师", "起诉", "法律", "弁護士", "訴訟", "法的", "변호사", "소송", "محام", "دعوى", "адвокат", "юрист",
        "в суд", "prawnik", "adwokat", "pozew", "advokat", "jurist", "stämm", "avukat", "dava aç", "právník",
        "žalob", "वकील",
    ),
    "REFUND_REQUEST": (
        "退款", "退钱", "退費", "返金", "払い戻し", "환불", "استرداد أموال", "استرداد المبلغ", "استرداد",
        "возврат ден", "верните ден", "вернуть ден", "zwrot pien", "zwrotu pien", "zwróc", "återbetal",
        "pengarna tillbaka", "pengene tilbage", "refunder", "para iade", "iade ist", "paramı geri",
        "vrácení pen", "vraťte", "रिफंड", "पैसे वापस",
    ),
    "SALES_ESCALATION": (
        "价格", "报价", "多少钱", "折扣", "価格", "料金", "見積", "割引", "가격", "견적", "할인", "سعر",
        "عرض أسعار", "خصم", "сколько стоит", "цена", "скидк", "ile kosztuje", "cennik", "wycen", "rabat",
        "vad kostar", "offert", "hvad koster", "tilbud", "fiyat", "indirim", "ne kadar tutar", "kolik stojí",
        "cenov", "slev", "कीमत",
    ),
    "HUMAN_REQUESTED": (
        "人工", "真人", "客服人员", "担当者", "人間と", "オペレーター", "상담원", "사람과", "موظف", "شخص حقيقي",
        "с человеком", "оператор", "живым человек", "z człowiekiem", "z konsultant", "z pracownikiem",
        "med en människa", "prata med någon", "tale med et menneske", "en rigtig person", "gerçek bir insan",
        "temsilci", "biriyle görüş", "s člověkem", "s operátorem", "इंसान से",
    ),
}  # fmt: skip
